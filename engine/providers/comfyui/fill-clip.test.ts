import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { fillClip, fillGraph, isTooShort } from './fill-clip.ts';
import { brightnessOfFrames, makeMedia } from './testing/media.ts';

const never = new AbortController().signal;

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'adgen-fill-'))));
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** Every frame a little brighter than the one before. */
async function makeRamp(frames: number, fps: number): Promise<string> {
  const path = join(folder, `ramp-${frames}.mp4`);
  await makeMedia(`nullsrc=size=32x32:rate=${fps},geq=lum='40+12*N':cb=128:cr=128`, path, ['-frames:v', String(frames), '-c:v', 'libx264', '-crf', '4', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']);
  return path;
}

describe('a clip is too short', () => {
  test.each([[49, 24, 2, false], [48, 24, 2, false], [47, 24, 2, false], [46, 24, 2, true], [1, 24, 2, true], [33, 16, 2, false]])('%d frames at %d for %d s: %s', (frames, fps, seconds, isShort) => {
    expect(isTooShort({ frames, fps, seconds })).toBe(isShort);
  });
});

describe('the graph', () => {
  test.each([
    ['there and back once', { frames: 10, fps: 24, seconds: 0.7 }, '[0:v:0]split[f][b];[b]trim=start_frame=1:end_frame=9,reverse,setpts=PTS-STARTPTS[r];[f][r]concat=n=2:v=1:a=0,loop=loop=0:size=18:start=0,setpts=N/(24*TB)[out]'],
    ['again and again', { frames: 10, fps: 24, seconds: 5 }, '[0:v:0]split[f][b];[b]trim=start_frame=1:end_frame=9,reverse,setpts=PTS-STARTPTS[r];[f][r]concat=n=2:v=1:a=0,loop=loop=6:size=18:start=0,setpts=N/(24*TB)[out]'],
    ['two frames have no way back', { frames: 2, fps: 24, seconds: 1 }, '[0:v:0]split[f][b];[b]nullsink;[f]null,loop=loop=12:size=2:start=0,setpts=N/(24*TB)[out]'],
    ['one frame stands', { frames: 1, fps: 24, seconds: 1 }, '[0:v:0]split[f][b];[b]nullsink;[f]null,loop=loop=24:size=1:start=0,setpts=N/(24*TB)[out]'],
  ])('%s', (_, clip, graph) => expect(fillGraph(clip)).toBe(graph));
});

describe('the clip', () => {
  test.each([[10, 24, 2], [2, 24, 1], [1, 24, 1], [7, 30_000 / 1001, 1.5]])('of %d frames at %d is at least %d s long, and no frame jumps', async (frames, fps, seconds) => {
    const path = await makeRamp(frames, fps);
    const { path: ffmpegPath } = await locateFfmpeg();
    const before = await brightnessOfFrames(path);
    expect(before).toHaveLength(frames);
    const output = join(folder, 'filled.mp4');
    await fillClip({ path, output, frames, fps, seconds, ffmpegPath, signal: never });
    const after = await brightnessOfFrames(output);
    const expected = after.map((_, index) => before[fold(index, frames)] ?? 0);
    expect(after.every((value, index) => Math.abs(value - (expected[index] ?? 0)) <= 3)).toBe(true);
    const { video } = await probeMedia(output);
    expect([after.length, video?.frames, video?.isConstantRate]).toEqual([Math.ceil(seconds * fps) + 1, after.length, true]);
    expect((video?.fps.num ?? 0) / (video?.fps.den ?? 1)).toBeCloseTo(fps, 3);
    expect(isTooShort({ frames: after.length, fps, seconds })).toBe(false);
  });

  test('a cancel leaves no file', async () => {
    const path = await makeRamp(4, 24);
    const ending = new AbortController();
    ending.abort();
    const { path: ffmpegPath } = await locateFfmpeg();
    await expect(fillClip({ path, output: join(folder, 'x.mp4'), frames: 4, fps: 24, seconds: 2, ffmpegPath, signal: ending.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(join(folder, 'x.mp4'))).toBe(false);
  });
});

/** Which frame of the clip is shown as number `index`, forth and back. */
function fold(index: number, frames: number): number {
  if (frames < 3) return index % frames;
  const place = index % (2 * frames - 2);
  return place < frames ? place : 2 * frames - 2 - place;
}
