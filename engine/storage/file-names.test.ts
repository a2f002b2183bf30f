import { describe, expect, test } from 'vitest';
import { safeFileName, splitExtension } from './file-names.ts';

describe('safeFileName', () => {
  test.each([
    ['Fizzo', 'Fizzo'],
    ['Blood orange soda, 330 ml.png', 'Blood_orange_soda,_330_ml.png'],
    ['../../etc/passwd', 'etc_passwd'],
    ['-rf.mp4', 'rf.mp4'],
    ['a"b\'c\nd\u0000e.jpg', 'a_b_c_d_e.jpg'],
    ['CON.png', 'CON_.png'],
    ['   ', 'untitled'],
    ['...', 'untitled'],
    ['朝の珈琲.png', '朝の珈琲.png'],
    ['عصير برتقال', 'عصير_برتقال'],
    ['$(reboot)`x`|y', '(reboot)_x_y'],
  ])('%j → %j', (text, expected) => {
    expect(safeFileName(text)).toBe(expected);
  });

  test('a long name is cut between characters and keeps its extension', () => {
    const name = safeFileName(`${'👩‍👩‍👧'.repeat(40)}.png`);
    expect(name.endsWith('👧.png')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
  });

  test('is idempotent', () => {
    for (const text of ['a  b.png', '.hidden', 'x'.repeat(500), 'aux', 'ünï cödé?.mp4']) expect(safeFileName(safeFileName(text))).toBe(safeFileName(text));
  });
});

test('splitExtension takes the last extension only', () => {
  expect(splitExtension('a.tar.gz')).toEqual(['a.tar', '.gz']);
  expect(splitExtension('.gitignore')).toEqual(['.gitignore', '']);
});
