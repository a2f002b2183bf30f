import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { openClip } from './clip-reader.ts';
import { compileClipGraph } from './compile-clip-graph.ts';

const SIZE = { width: 90, height: 160 };
const BASE = { size: SIZE, fps: { num: 30, den: 1 }, fit: 'cover' as const, focus: { x: 0.5, y: 0.5 }, frameCount: 1000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-clip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function makeClip(name: string, source: string, options: string[]): Promise<string> {
  const file = path.join(folder, name);
  expect(await runFfmpeg({ inputs: [{ lavfi: source }], outputOptions: options, output: { path: file } })).toMatchObject({ exitCode: 0 });
  return file;
}

/** Y, U, V in the middle of the frame. */
function middle(frame: Uint8Array): number[] {
  const at = (80 * SIZE.width) + 45;
  const chroma = SIZE.width * SIZE.height + 40 * 45 + 22;
  return [frame[at], frame[chroma], frame[chroma + 45 * 80]] as number[];
}

const LOSSLESS = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0'];

describe('the clip graph', () => {
  test('is numbers only, time first, then one scale', () => {
    expect(compileClipGraph({ ...BASE, size: { width: 1080, height: 1920 }, startFrame: 12, matrix: 'bt709', clipHeight: 1080 })).toBe(
      'setpts=PTS-STARTPTS,fps=30/1,trim=start_frame=12,setpts=PTS-STARTPTS,' +
        "scale=w='max(1080,ceil(1920*dar/2)*2)':h='max(1920,ceil(1080/dar/2)*2)':in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv:flags=lanczos+accurate_rnd+full_chroma_int," +
        "crop=1080:1920:'clip(iw*0.5000-ow/2,0,iw-ow)':'clip(ih*0.5000-oh/2,0,ih-oh)',setsar=1,format=yuv420p");
  });

  test('takes untagged video as players do', () => {
    const graph = (clipHeight: number) => compileClipGraph({ ...BASE, startFrame: 0, matrix: 'unknown', clipHeight });
    expect(graph(1080)).toContain('in_color_matrix=bt709:');
    expect(graph(576)).toContain('in_color_matrix=smpte170m:');
  });
});

describe('a clip', () => {
  test('comes at the project\'s rate and holds its last frame when it is over', async () => {
    // Luma grows by 4 a frame at 15 fps: each value is there twice at 30.
    const clip = await makeClip('ramp.mp4', "nullsrc=s=160x90:r=15:d=0.6,format=gray,geq=lum='40+N*4',format=yuv420p", LOSSLESS);
    const reader = await openClip({ ...BASE, path: clip });
    const lumas: number[] = [];
    for (let i = 0; i < 24; i++) lumas.push(middle(await reader.nextFrame())[0] as number);
    await reader.close();
    const first = lumas[0] as number;
    expect(lumas.slice(0, 6).map((luma) => luma - first)).toEqual([0, 0, 4, 4, 7, 7]);
    expect(new Set(lumas.slice(18)).size).toBe(1);
  });

  test('starts at any frame with the very pixels that reading on would give', async () => {
    const clip = await makeClip('test.webm', 'testsrc2=s=160x90:r=24:d=1', ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime']);
    const whole = await openClip({ ...BASE, path: clip });
    const frames: Buffer[] = [];
    for (let i = 0; i < 14; i++) frames.push(Buffer.from(await whole.nextFrame()));
    await whole.close();
    const late = await openClip({ ...BASE, path: clip, startFrame: 11 });
    expect(Buffer.from(await late.nextFrame()).equals(frames[11] as Buffer)).toBe(true);
    expect(Buffer.from(await late.nextFrame()).equals(frames[12] as Buffer)).toBe(true);
    await late.close();
  });

  test('begins again when it is asked to loop', async () => {
    const clip = await makeClip('short.mp4', "nullsrc=s=160x90:r=30:d=0.2,format=gray,geq=lum='40+N*20',format=yuv420p", LOSSLESS);
    const reader = await openClip({ ...BASE, path: clip, whenShort: 'loop' });
    const lumas: number[] = [];
    for (let i = 0; i < 12; i++) lumas.push(middle(await reader.nextFrame())[0] as number);
    await reader.close();
    expect(lumas.slice(6)).toEqual(lumas.slice(0, 6));
  });

  test('is cropped round its focus', async () => {
    const clip = await makeClip('halves.mp4', 'color=red:s=160x90:r=30:d=0.2,drawbox=x=80:w=80:h=90:color=blue:t=fill', [...LOSSLESS, '-pix_fmt', 'yuv444p']);
    const left = await openClip({ ...BASE, path: clip, focus: { x: 0, y: 0.5 } });
    const right = await openClip({ ...BASE, path: clip, focus: { x: 1, y: 0.5 } });
    const [, , leftV] = middle(await left.nextFrame());
    const [, , rightV] = middle(await right.nextFrame());
    await Promise.all([left.close(), right.close()]);
    expect(leftV).toBeGreaterThan(200);
    expect(rightV).toBeLessThan(130);
  });

  test.each([
    ['BT.601', ['-vf', 'scale=out_color_matrix=smpte170m:out_range=tv,format=yuv420p', '-colorspace', 'smpte170m', '-color_range', 'tv']],
    ['BT.709 full range', ['-vf', 'scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p', '-colorspace', 'bt709', '-color_range', 'pc']],
    ['BT.709', ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', '-colorspace', 'bt709', '-color_range', 'tv']],
  ])('in %s comes as BT.709 limited', async (name, tags) => {
    const clip = await makeClip(`${name}.mp4`, 'color=0xe03020:s=160x90:r=30:d=0.2,format=gbrp', [...LOSSLESS, ...tags]);
    const reader = await openClip({ ...BASE, path: clip });
    // 0xe03020 in BT.709 limited: 16 + 219 Y', 128 + 224 Cb', 128 + 224 Cr'.
    const [y, u, v] = middle(await reader.nextFrame()) as [number, number, number];
    await reader.close();
    expect(Math.abs(y - 88), `y ${y}`).toBeLessThanOrEqual(2);
    expect(Math.abs(u - 103), `u ${u}`).toBeLessThanOrEqual(2);
    expect(Math.abs(v - 206), `v ${v}`).toBeLessThanOrEqual(2);
  });

  test('that is no video is told so', async () => {
    const file = path.join(folder, 'text.mp4');
    await writeFile(file, 'hello');
    await expect(openClip({ ...BASE, path: file })).rejects.toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  test('can be canceled while it waits', async () => {
    const clip = await makeClip('long.mp4', 'testsrc2=s=160x90:r=30:d=2', LOSSLESS);
    const canceler = new AbortController();
    const reader = await openClip({ ...BASE, path: clip, signal: canceler.signal });
    await reader.nextFrame();
    canceler.abort();
    await expect((async () => { for (let i = 0; i < 100; i++) await reader.nextFrame(); })()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await reader.close();
  });
});
