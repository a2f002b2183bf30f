import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFontFace } from './font-face.ts';
import { bundledFontFile, bundledFonts } from './fonts.ts';

const face = (family: string) => readFontFace(bundledFontFile(family, 400) ?? '');
const code = (letter: string): number => letter.codePointAt(0) ?? 0;

describe('readFontFace', () => {
  it('reads family, coverage and widths of every bundled font', () => {
    for (const font of bundledFonts()) expect(readFontFace(font.path)?.family).toBe(font.family);
    const inter = face('Inter');
    for (const letter of 'Aaé€Жω') expect(inter?.covers(code(letter))).toBe(true);
    for (const letter of 'שطก真') expect(inter?.covers(code(letter))).toBe(false);
    expect(inter?.advanceEm(code('M'))).toBeGreaterThan(2.5 * (inter?.advanceEm(code('i')) ?? 1));
    expect(inter?.advanceEm(code('真'))).toBe(0);
    expect([face('Noto Sans Arabic')?.covers(code('ط')), face('Noto Sans Hebrew')?.covers(code('ש')), face('Noto Color Emoji')?.covers(code('🍊'))]).toEqual([true, true, true]);
  });

  it('takes what is broken for absent', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-font-'));
    const whole = await readFile(bundledFontFile('Outfit', 400) ?? '');
    for (const [name, bytes] of Object.entries({ empty: Buffer.alloc(0), text: Buffer.from('not a font'), cut: whole.subarray(0, 700) })) {
      await writeFile(path.join(folder, name), bytes);
      expect(readFontFace(path.join(folder, name))).toBeUndefined();
    }
    expect(readFontFace(path.join(folder, 'missing'))).toBeUndefined();
    await rm(folder, { recursive: true });
  });
});
