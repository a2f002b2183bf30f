import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { probeMedia } from '../probe/probe-media.ts';
import { encodeSegment, yuvFrameBytes } from './encode-segment.ts';
import { joinRendition } from './join-rendition.ts';

const SIZE = { width: 128, height: 96 };
const FPS = { num: 30, den: 1 };

/** A picture that says its own number: luma is the index, and a bar moves so that x264 has something to predict. */
function drawNumbered(from: number): (index: number) => Uint8Array {
  const frame = new Uint8Array(yuvFrameBytes(SIZE)).fill(128);
  return (index) => {
    const luma = 40 + ((from + index) % 64) * 3;
    frame.fill(luma, 0, SIZE.width * SIZE.height);
    for (let y = 0; y < SIZE.height; y++) frame[y * SIZE.width + ((from + index) % 16)] = 235;
    return frame;
  };
}

/** Decodes all frames: their times in ticks and their mean luma in the middle. */
async function decode(file: string): Promise<{ times: number[]; lumas: number[] }> {
  const times: number[] = [];
  const chunks: Buffer[] = [];
  const log = await runFfmpeg({
    inputs: [{ path: file, options: ['-copyts'] }], outputOptions: ['-map', '0:v', '-f', 'framecrc'], output: 'pipe',
    read: async (stdout) => {
      for await (const line of createInterface({ input: stdout })) if (line.startsWith('0,')) times.push(Number(line.split(',')[2]));
    },
  });
  expect(log).toMatchObject({ exitCode: 0, stderrTail: '' });
  await runFfmpeg({
    inputs: [{ path: file }], outputOptions: ['-map', '0:v', '-vf', 'crop=8:8:64:48,extractplanes=y', '-f', 'rawvideo'], output: 'pipe',
    read: async (stdout) => {
      for await (const chunk of stdout) chunks.push(chunk as Buffer);
    },
  });
  const bytes = Buffer.concat(chunks);
  return { times, lumas: Array.from({ length: bytes.length / 64 }, (_, i) => bytes.subarray(i * 64, i * 64 + 64).reduce((sum, value) => sum + value, 0) / 64) };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-encode-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function segment(name: string, from: number, frameCount: number): Promise<{ path: string; frameCount: number }> {
  const file = path.join(folder, name);
  await encodeSegment({ size: SIZE, fps: FPS, frameCount, drawFrame: drawNumbered(from), outputPath: file });
  return { path: file, frameCount };
}

describe('a segment', () => {
  test('has exactly its frames, H.264 High, BT.709, constant rate', async () => {
    const { path: file } = await segment('one.mp4', 0, 47);
    const probe = await probeMedia(file);
    expect(probe.isFaststart).toBe(true);
    expect(probe.video).toMatchObject({
      codec: 'h264', profile: 'High', pixFmt: 'yuv420p', width: 128, height: 96, fps: FPS, frames: 47, isConstantRate: true, startSeconds: 0,
      color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' },
    });
  });

  test('has the same bytes each time, and no time or version of the container in them', async () => {
    const a = await segment('a.mp4', 3, 20);
    const b = await segment('b.mp4', 3, 20);
    const bytes = await readFile(a.path);
    expect(bytes.equals(await readFile(b.path))).toBe(true);
    expect(bytes.includes('Lavf')).toBe(false);
  });

  test('with one frame works, and a frame of the wrong size does not', async () => {
    expect((await probeMedia((await segment('single.mp4', 0, 1)).path)).video?.frames).toBe(1);
    const wrong = encodeSegment({ size: SIZE, fps: FPS, frameCount: 2, drawFrame: () => new Uint8Array(5), outputPath: path.join(folder, 'wrong.mp4') });
    await expect(wrong).rejects.toThrow('frame 0 has 5 bytes');
  });

  test('reports progress and stops when canceled, leaving no file', async () => {
    const canceler = new AbortController();
    const seen: number[] = [];
    const running = encodeSegment({
      size: SIZE, fps: FPS, frameCount: 1e6, drawFrame: drawNumbered(0), outputPath: path.join(folder, 'never.mp4'), signal: canceler.signal,
      onProgress: (frames) => {
        seen.push(frames);
        if (frames === 30) canceler.abort();
      },
    });
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
    expect((await readdir(folder)).filter((name) => name.includes('never') || name.startsWith('.adgen'))).toEqual([]);
  });
});

describe('a joined rendition', () => {
  let segments: { path: string; frameCount: number }[];
  let audio: string;
  beforeAll(async () => {
    segments = [await segment('s1.mp4', 0, 31), await segment('s2.mp4', 31, 7), await segment('s3.mp4', 38, 1), await segment('s4.mp4', 39, 22)];
    audio = path.join(folder, 'sound.m4a');
    await runFfmpeg({ inputs: [{ lavfi: `sine=frequency=440:sample_rate=48000:duration=${61 / 30}` }], outputOptions: ['-ac', '2', '-c:a', 'aac', '-b:a', '192k'], output: { path: audio } });
  });

  test('has every frame once, in order, evenly timed from 0, and no seam', async () => {
    const output = path.join(folder, 'joined.mp4');
    const joined = await joinRendition({ segments, audioPath: audio, fps: FPS, outputPath: output });
    expect(joined).toMatchObject({ frameCount: 61 });
    const { times, lumas } = await decode(output);
    expect(times).toEqual(Array.from({ length: 61 }, (_, i) => i * (times[1] as number)));
    lumas.forEach((luma, i) => expect(Math.abs(luma - (40 + (i % 64) * 3)), `frame ${i}`).toBeLessThan(2));
  });

  test('keeps its tags, starts fast, and picture and sound end within a frame', async () => {
    const output = path.join(folder, 'joined.mp4');
    await joinRendition({ segments, audioPath: audio, fps: FPS, outputPath: output });
    const probe = await probeMedia(output);
    expect(probe.isFaststart).toBe(true);
    expect(probe.video).toMatchObject({ frames: 61, fps: FPS, isConstantRate: true, color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' } });
    expect(probe.audio).toMatchObject({ codec: 'aac', profile: 'LC', sampleRate: 48000, channels: 2 });
    expect(Math.abs((probe.audio?.durationSeconds ?? 0) - 61 / 30)).toBeLessThan(1 / 30);
  });

  test('is the same bytes each time, also from a folder whose name would break a list', async () => {
    const awkward = path.join(folder, `it's\na 'folder'`);
    await mkdir(awkward);
    const one = path.join(folder, 'same1.mp4');
    await joinRendition({ segments, audioPath: audio, fps: FPS, outputPath: one });
    const moved = [{ path: path.join(awkward, 's1.mp4'), frameCount: 31 }, ...segments.slice(1)];
    await encodeSegment({ size: SIZE, fps: FPS, frameCount: 31, drawFrame: drawNumbered(0), outputPath: (moved[0] as { path: string }).path });
    const two = path.join(awkward, 'same2.mp4');
    await joinRendition({ segments: moved, audioPath: audio, fps: FPS, outputPath: two });
    expect((await readFile(one)).equals(await readFile(two))).toBe(true);
  });

  test('cuts sound that is too long, and refuses sound that is too short', async () => {
    const output = path.join(folder, 'long.mp4');
    const long = await joinRendition({ segments: segments.slice(0, 1), audioPath: audio, fps: FPS, outputPath: output });
    expect(Math.abs((long.audioSeconds ?? 0) - 31 / 30)).toBeLessThan(1 / 30);
    const short = joinRendition({ segments: [...segments, ...segments], audioPath: audio, fps: FPS, outputPath: output });
    await expect(short).rejects.toThrow(expect.objectContaining({ code: 'TOOL_FAILED', message: expect.stringContaining('the sound ends 2034 ms early') }));
  });

  test('without sound is a silent film', async () => {
    const output = path.join(folder, 'silent.mp4');
    expect(await joinRendition({ segments, fps: FPS, outputPath: output })).toMatchObject({ frameCount: 61, audioSeconds: undefined });
    expect((await probeMedia(output)).audio).toBeUndefined();
  });
});
