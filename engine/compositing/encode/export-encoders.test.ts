import { expect, test } from 'vitest';
import { compileExportOptions, EXPORT_ENCODERS } from './export-encoders.ts';
import { parsePsnr } from './probe-encoders.ts';
import { compileVideoOptions, FINAL_ENCODE } from './settings.ts';

const RATE = { num: 30_000, den: 1001 };

test('software without a floor is the master’s own encode', () => {
  expect(compileExportOptions('libx264', RATE)).toEqual(compileVideoOptions(FINAL_ENCODE, RATE));
});

test('a number of bits takes the place of a quality, and is filled up', () => {
  const options = compileExportOptions('libx264', RATE, 24_000_000).join(' ');
  expect(options).toContain('-b:v 24000000 -minrate 24000000 -maxrate 24000000 -bufsize 24000000');
  expect(options).toContain('nal-hrd=cbr:filler=1');
  expect(options).not.toContain('-crf');
});

test.each(EXPORT_ENCODERS.map(({ id }) => id))('%s is asked for BT.709 in an MP4 that plays at once', (id) => {
  for (const bits of [undefined, 8_000_000]) {
    const options = compileExportOptions(id, RATE, bits);
    expect(options).toEqual(expect.arrayContaining(['-c:v', id, '-colorspace', 'bt709', '+faststart+write_colr', '-video_track_timescale', String(30_000 * 512)]));
    expect(options.includes('-minrate')).toBe(bits !== undefined);
  }
});

test('an encoder that nobody knows is a mistake of ours', () => {
  expect(() => compileExportOptions('h264_magic', RATE)).toThrow(/no encoder/);
});

test('reads what ffmpeg says about a comparison', () => {
  expect(parsePsnr(['[Parsed_psnr_0 @ 0x1] PSNR y:41.20 u:44 v:44 average:42.13 min:40.1 max:inf'])).toBe(42.13);
  expect(parsePsnr(['PSNR y:inf u:inf v:inf average:inf min:inf max:inf'])).toBe(Infinity);
  expect(parsePsnr(['frame=30'])).toBeUndefined();
});
