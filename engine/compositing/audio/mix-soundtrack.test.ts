import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWav } from '#engine/providers/embedded/synth/wav.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { probeMedia } from '../probe/probe-media.ts';
import { measureLoudness } from './measure-loudness.ts';
import { mixSoundtrack } from './mix-soundtrack.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);
const soundtrack = { musicGainDb: 0, duckingDb: 9, loudnessLufs: -14, truePeakDbtp: -1 };
let made = 0;
const mix = async (request: Partial<Parameters<typeof mixSoundtrack>[0]> & { durationSeconds: number }) => {
  const outputPath = at(`mix ${made++}.m4a`);
  return { ...(await mixSoundtrack({ soundtrack, outputPath, ...request })), path: outputPath };
};

async function make(name: string, source: string, options: string[] = []): Promise<string> {
  assertSucceeded(await runFfmpeg({ inputs: [{ lavfi: source }], outputOptions: options, output: { path: at(name) } }), `making ${name}`);
  return at(name);
}

/** Left channel of a file, decoded. */
async function decode(file: string): Promise<Float32Array> {
  const chunks: Buffer[] = [];
  const result = await runFfmpeg({
    inputs: [{ path: file }], outputOptions: ['-map', '0:a:0', '-af', 'pan=mono|c0=c0', '-f', 'f32le'], output: 'pipe',
    read: async (stdout) => { for await (const chunk of stdout) chunks.push(chunk as Buffer); },
  });
  assertSucceeded(result, 'decoding');
  const bytes = Buffer.concat(chunks);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function levelDb(samples: Float32Array, fromSeconds: number, toSeconds: number): number {
  const part = samples.subarray(Math.round(fromSeconds * 48_000), Math.round(toSeconds * 48_000));
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length + 1e-12);
}

beforeAll(async () => { folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-mix-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

const SOURCES: [string, string, string[], number][] = [
  ['quiet stereo.wav', 'anoisesrc=c=pink:a=0.003:d=6:seed=1,aformat=channel_layouts=stereo', [], 6],
  ['mono 22 kHz.mp3', 'anoisesrc=c=pink:a=0.4:d=9:seed=2,aformat=channel_layouts=mono', ['-ar', '22050'], 6],
  ['five one.flac', 'sine=frequency=300:duration=6,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0', [], 5],
  ["short ' %d.m4a", 'anoisesrc=c=pink:a=0.3:d=2.5:seed=3', [], 8],
  ['beats.wav', 'anoisesrc=c=brown:a=0.9:d=6:seed=4,tremolo=f=2:d=0.95', [], 6],
  ['clipped.wav', 'anoisesrc=c=white:a=1:d=4:seed=5,volume=20dB', [], 4],
  ['sting.wav', 'sine=frequency=440:duration=1,afade=t=out:st=0.2:d=0.8', [], 1],
];

describe('mixSoundtrack', () => {
  it.each(SOURCES)('%s reaches its loudness under the true peak, at its exact length', async (name, source, options, durationSeconds) => {
    const result = await mix({ musicPath: await make(name, source, options), durationSeconds });
    const heard = await measureLoudness(result.path);
    expect(Math.abs((heard.lufs ?? 0) + 14)).toBeLessThanOrEqual(0.5);
    expect(heard.truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(result).toMatchObject({ lufs: heard.lufs, truePeakDbtp: heard.truePeakDbtp });
    const probe = await probeMedia(result.path);
    expect(probe.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
    expect(Math.abs((probe.audio?.durationSeconds ?? 0) - durationSeconds)).toBeLessThan(0.001);
    expect(probe.isFaststart).toBe(true);
  });

  it('gives the same bytes twice, and leaves nothing beside its output', async () => {
    const musicPath = await make('same.wav', 'anoisesrc=c=pink:a=0.2:d=3:seed=6');
    const [first, second] = [await mix({ musicPath, durationSeconds: 7 }), await mix({ musicPath, durationSeconds: 7 })];
    expect(await readFile(first.path)).toEqual(await readFile(second.path));
    expect((await readdir(folder)).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  it('repeats a short piece without a gap or a click', async () => {
    const musicPath = await make('loop.wav', 'sine=frequency=400:duration=2.3');
    const samples = await decode((await mix({ musicPath, durationSeconds: 9 })).path);
    const middle = Array.from({ length: 65 }, (_, i) => levelDb(samples, 0.5 + i * 0.1, 0.6 + i * 0.1));
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(3.5);
    let jump = 0;
    for (let i = 24_000; i < 48_000 * 7; i++) jump = Math.max(jump, Math.abs((samples[i] as number) - (samples[i - 1] as number)));
    expect(jump).toBeLessThan(0.03);
  });

  it('fades a long piece out', async () => {
    const samples = await decode((await mix({ musicPath: await make('long.wav', 'sine=frequency=220:duration=20'), durationSeconds: 5 })).path);
    expect(levelDb(samples, 4.95, 5)).toBeLessThan(levelDb(samples, 2, 3) - 18);
  });

  it.each([6, 12])('ducks the music by about %d dB under the voice', async (duckingDb) => {
    const musicPath = await make('bed.wav', 'sine=frequency=1000:duration=8');
    // Speech-like: bursts of low noise of very different strength, between 2 s and 5 s.
    const voicePath = await make('voice.wav', "anoisesrc=c=pink:a=0.7:d=8:seed=7,lowpass=f=350,lowpass=f=350,volume='if(between(t,2,5),0.25+0.75*abs(sin(5*t)),0)':eval=frame");
    const result = await mix({ musicPath, voicePath, durationSeconds: 8, soundtrack: { ...soundtrack, duckingDb } });
    assertSucceeded(await runFfmpeg({ inputs: [{ path: result.path }], outputOptions: ['-af', 'bandpass=f=1000:width_type=q:w=12,bandpass=f=1000:width_type=q:w=12'], output: { path: at('music-only.wav') } }), 'filtering');
    const samples = await decode(at('music-only.wav'));
    const depth = levelDb(samples, 0.5, 1.5) - levelDb(samples, 2.6, 4.8);
    expect(Math.abs(depth - duckingDb)).toBeLessThan(2.5);
    expect(Math.abs(levelDb(samples, 7, 7.4) - levelDb(samples, 0.5, 1.5))).toBeLessThan(1.5);
  });

  it('makes silence of nothing and of silent music, and says so', async () => {
    for (const musicPath of [undefined, await make('silent.wav', 'anullsrc=r=48000:cl=stereo:d=3')]) {
      const result = await mix({ musicPath, durationSeconds: 3 });
      expect(result).toMatchObject({ lufs: null, truePeakDbtp: null });
      expect((await probeMedia(result.path)).audio?.durationSeconds).toBeCloseTo(3, 3);
    }
  });

  it('refuses what is no sound, and playlists in disguise, without litter', async () => {
    await make('secret.wav', 'sine=duration=1');
    await writeFile(at('playlist.mp3'), `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:1,\n${at('secret.wav')}\n#EXT-X-ENDLIST\n`);
    await writeFile(at('list.wav'), `ffconcat version 1.0\nfile secret.wav\n`);
    await writeFile(at('text.mp3'), 'not music');
    await writeFile(at('empty.wav'), '');
    await writeFile(at('header.wav'), encodeWav([new Float32Array(0), new Float32Array(0)], 48_000));
    for (const name of ['playlist.mp3', 'list.wav', 'text.mp3', 'empty.wav', 'header.wav', 'missing.wav']) {
      await expect(mix({ musicPath: at(name), durationSeconds: 2 })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(name) });
    }
    expect((await readdir(folder)).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  it('stops when it is canceled', async () => {
    const musicPath = await make('cancel.wav', 'sine=duration=3');
    await expect(mix({ musicPath, durationSeconds: 3, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
