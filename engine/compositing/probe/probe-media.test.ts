import { execFile } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { probeMedia } from './probe-media.ts';
import { readMp4 } from './read-mp4.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-probe-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function make(name: string, options: string[], rate = '30'): Promise<string> {
  const file = path.join(folder, name);
  const inputs = [{ lavfi: `testsrc2=size=96x64:rate=${rate}:duration=2` }, { lavfi: 'sine=frequency=440:sample_rate=48000:duration=2' }];
  expect(await runFfmpeg({ inputs, outputOptions: options, output: { path: file } })).toMatchObject({ exitCode: 0 });
  return file;
}

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-pix_fmt', 'yuv420p'];
const AAC = ['-c:a', 'aac', '-b:a', '128k', '-ac', '2'];

describe('probing', () => {
  test('an MP4 tells all of it', async () => {
    const file = await make('all.mp4', [...X264, ...AAC, '-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-movflags', '+faststart+write_colr']);
    const probe = await probeMedia(file);
    expect(probe).toMatchObject({ isFaststart: true });
    expect(probe.video).toMatchObject({ codec: 'h264', width: 96, height: 64, fps: { num: 30, den: 1 }, frames: 60, isConstantRate: true, color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' } });
    expect(probe.audio).toMatchObject({ codec: 'aac', profile: 'LC', sampleRate: 48000, channels: 2 });
    expect(probe.audio?.durationSeconds).toBeCloseTo(2, 2);
  });

  test.each([['slow.mp4', [...X264, ...AAC], false], ['matroska.mkv', [...X264, ...AAC], undefined]])('%s', async (name, options, isFaststart) => {
    const probe = await probeMedia(await make(name, options, '24000/1001'));
    expect(probe.isFaststart).toBe(isFaststart);
    expect(probe.video).toMatchObject({ fps: { num: 24000, den: 1001 }, frames: 48, isConstantRate: true });
  });

  test('frames that are not evenly spaced are no constant rate', async () => {
    const file = await make('holes.mkv', [...X264, '-an', '-vf', "select='not(eq(mod(n,7),3))'"]);
    expect((await probeMedia(file)).video).toMatchObject({ isConstantRate: false, frames: 51 });
  });

  test('agrees with ffprobe where there is one', async () => {
    const file = await make('both.mp4', [...X264, ...AAC]);
    const args = ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_type,nb_read_frames,r_frame_rate,duration', '-of', 'json', file];
    const reference = await promisify(execFile)('ffprobe', args).catch(() => undefined);
    const [video, audio] = reference ? (JSON.parse(reference.stdout) as { streams: Record<string, string>[] }).streams : [{ nb_read_frames: '60', r_frame_rate: '30/1' }, { duration: '2' }];
    const probe = await probeMedia(file);
    expect(probe.video?.frames).toBe(Number(video?.nb_read_frames));
    expect(`${probe.video?.fps.num}/${probe.video?.fps.den}`).toBe(video?.r_frame_rate);
    expect(probe.audio?.durationSeconds).toBeCloseTo(Number(audio?.duration), 2);
  });

  test('what is no medium is told so, with its name', async () => {
    const text = path.join(folder, 'notes.mp4');
    await writeFile(text, 'not a film');
    await expect(probeMedia(text)).rejects.toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining('notes.mp4') }));
    await expect(probeMedia(path.join(folder, 'gone.mp4'))).rejects.toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    const half = await make('half.mp4', [...X264, ...AAC]);
    await truncate(half, 3000);
    await expect(probeMedia(half)).rejects.toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    expect(await readMp4(half)).toBeUndefined();
  });
});
