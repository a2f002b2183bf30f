import { describe, expect, test } from 'vitest';
import { createPacketParser } from './parse-packet-lines.ts';
import { parseMoov } from './parse-moov.ts';
import { parseAudioLine, parseInputLines, parseVideoLine } from './parse-stream-lines.ts';

describe('stream lines', () => {
  test.each([
    // ffmpeg 4.4, 5.1, 7.1 and what phones and cameras deliver.
    ['    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 1080x1920 [SAR 1:1 DAR 9:16], 1023 kb/s, 30 fps, 30 tbr, 15360 tbn, 60 tbc (default)',
      { codec: 'h264', profile: 'High', pixFmt: 'yuv420p', width: 1080, height: 1920, fps: 30, color: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', range: 'tv' } }],
    ['  Stream #0:0[0x1](eng): Video: hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67, progressive), 3840x2160, 51432 kb/s, 59.94 fps, 59.94 tbr, 600 tbn (default)',
      { codec: 'hevc', profile: 'Main 10', pixFmt: 'yuv420p10le', width: 3840, height: 2160, fps: 59.94, color: { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67', range: 'tv' } }],
    ['  Stream #0:0: Video: vp8, yuv420p(progressive), 320x240, SAR 1:1 DAR 4:3, 23.98 fps, 23.98 tbr, 1k tbn',
      { codec: 'vp8', profile: undefined, pixFmt: 'yuv420p', width: 320, height: 240, fps: 23.98, color: { matrix: 'unknown', primaries: 'unknown', transfer: 'unknown', range: 'unknown' } }],
    ['  Stream #0:0: Video: mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 640x480, 25 fps, 25 tbr, 25 tbn',
      { codec: 'mjpeg', profile: 'Baseline', pixFmt: 'yuvj420p', width: 640, height: 480, fps: 25, color: { matrix: 'bt470bg', primaries: 'unknown', transfer: 'unknown', range: 'pc' } }],
  ])('%s', (line, expected) => {
    expect(parseVideoLine(line)).toEqual(expected);
  });

  test('of sound', () => {
    expect(parseAudioLine('  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 191 kb/s (default)')).toEqual({ codec: 'aac', profile: 'LC', sampleRate: 48000, channels: 2, bitrate: 191000 });
    expect(parseAudioLine('  Stream #0:0: Audio: pcm_s16le ([1][0][0][0] / 0x0001), 44100 Hz, 1 channels, s16, 705 kb/s')).toMatchObject({ codec: 'pcm_s16le', sampleRate: 44100, channels: 1 });
  });

  test('the input ends where the output begins', () => {
    const lines = ["Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/x.mp4':", '  Duration: 00:01:02.50, start: 0.000000, bitrate: 1 kb/s', 'Output #0, framecrc, to pipe:', '  Stream #0:0: Video: h264, yuv420p, 2x2'];
    expect(parseInputLines(lines)).toEqual({ container: 'mov,mp4,m4a,3gp,3g2,mj2', durationSeconds: 62.5, video: undefined, audio: undefined });
  });
});

describe('packet lines', () => {
  function summarize(tick: string, times: readonly number[], duration: number) {
    const parser = createPacketParser();
    parser.push(`#tb 0: ${tick}`);
    parser.push('#media_type 0: video');
    for (const time of times) parser.push(`0, ${time}, ${time}, ${duration}, 100, 0x1, F=0x0`);
    return parser.summary('video');
  }

  test('count, time and rate frames, in whatever order they come', () => {
    expect(summarize('1/15360', [0, 1536, 512, 1024], 512)).toEqual({ packets: 4, startSeconds: 0, endSeconds: 2048 / 15360, sizeBytes: 400, isConstantRate: true, rate: { num: 30, den: 1 } });
  });

  test('milliseconds still give the exact rate', () => {
    const times = Array.from({ length: 200 }, (_, i) => Math.round((i * 1001) / 30));
    expect(summarize('1/1000', times, 33)).toMatchObject({ isConstantRate: true, rate: { num: 30000, den: 1001 } });
  });

  test('a hole or a double is no constant rate', () => {
    expect(summarize('1/15360', [0, 512, 1536, 2048], 512)?.isConstantRate).toBe(false);
    expect(summarize('1/15360', [0, 512, 512, 1024], 512)?.isConstantRate).toBe(false);
  });
});

test('a box that claims more than it holds is refused before anything is allocated', () => {
  const box = (type: string, ...body: number[][]): number[] => {
    const bytes = body.flat();
    const size = bytes.length + 8;
    return [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255, ...[...type].map((c) => c.charCodeAt(0)), ...bytes];
  };
  const word = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const table = box('stbl', box('stsd', word(0), word(1), box('avc1', Array.from({ length: 78 }, () => 0))), box('stts', word(0), word(0x7fffffff)));
  const track = box('trak', box('mdia', box('mdhd', word(0), word(0), word(0), word(1000), word(10), word(0)), box('hdlr', word(0), word(0), [...'vide'].map((c) => c.charCodeAt(0))), box('minf', table)));
  const moov = new Uint8Array([box('mvhd', word(0), word(0), word(0), word(1000), word(10)), track].flat());
  expect(() => parseMoov(new DataView(moov.buffer))).toThrow('reaches outside');
  expect(parseMoov(new DataView(new ArrayBuffer(3)))).toBeUndefined();
});
