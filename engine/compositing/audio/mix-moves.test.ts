/** What an editor moves is heard where it was put. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measurePeaks } from '../../media/peaks.ts';
import { locateFfmpeg } from '../ffmpeg/locate-ffmpeg.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { compileAudioGraph } from './audio-graph.ts';
import { mixSoundtrack } from './mix-soundtrack.ts';
import type { MixMoves } from './mix-soundtrack.ts';

let folder: string;
let ffmpegPath: string;
/** Silence for two seconds, then a tone for six. */
let music: string;
/** A tone of one second. */
let voice: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-moves-'));
  ffmpegPath = (await locateFfmpeg()).path;
  const make = async (name: string, source: string): Promise<string> => {
    await runFfmpeg({ ffmpegPath, inputs: [{ lavfi: source }], outputOptions: ['-ac', '2', '-ar', '48000'], output: { path: join(folder, name) } });
    return join(folder, name);
  };
  music = await make('music.wav', "aevalsrc='if(gte(t,2),0.3*sin(2*PI*330*t),0)':d=8");
  voice = await make('voice.wav', 'sine=frequency=700:duration=1');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Loudest sample of each tenth of a second of a mix of four seconds. */
async function hear(sources: { musicPath?: string; voicePath?: string }, moves: MixMoves): Promise<number[]> {
  const outputPath = join(folder, 'mix.m4a');
  await mixSoundtrack({ ...sources, durationSeconds: 4, soundtrack: { musicGainDb: 0, duckingDb: 0, loudnessLufs: -20, truePeakDbtp: -1, ...moves }, outputPath, ffmpegPath });
  const peaks = (await measurePeaks(outputPath, { ffmpegPath, limitSeconds: 10 }))?.peaks ?? new Float32Array();
  return Array.from({ length: 40 }, (_, tenth) => Math.max(...peaks.subarray(tenth * 10, tenth * 10 + 10)));
}

test('music without moves begins with its beginning; trimmed, with what follows', async () => {
  const plain = await hear({ musicPath: music }, {});
  expect(Math.max(...plain.slice(0, 19))).toBeLessThan(0.01);
  expect(Math.min(...plain.slice(21, 25))).toBeGreaterThan(0.05);
  const trimmed = await hear({ musicPath: music }, { musicTrimSeconds: 2 });
  expect(Math.min(...trimmed.slice(1, 20))).toBeGreaterThan(0.05);
});

test('a voice begins when it is told to', async () => {
  const heard = await hear({ voicePath: voice }, { voiceStartSeconds: 1.5 });
  expect(Math.max(...heard.slice(0, 14))).toBeLessThan(0.01);
  expect(Math.min(...heard.slice(16, 24))).toBeGreaterThan(0.05);
  expect(Math.max(...heard.slice(27))).toBeLessThan(0.01);
});

test('a voice is trimmed, and one that begins after the end is not heard', async () => {
  const heard = await hear({ voicePath: voice }, { voiceTrimSeconds: 0.5 });
  expect(Math.min(...heard.slice(1, 4))).toBeGreaterThan(0.05);
  expect(Math.max(...heard.slice(7))).toBeLessThan(0.01);
  expect(Math.max(...(await hear({ voicePath: voice }, { voiceStartSeconds: 9 })))).toBe(0);
});

test('the mix fades in and out', async () => {
  const heard = await hear({ musicPath: music }, { musicTrimSeconds: 2, fadeInSeconds: 1, fadeOutSeconds: 1 });
  expect(heard[0]).toBeLessThan((heard[15] ?? 0) / 3);
  expect(heard[39]).toBeLessThan((heard[15] ?? 0) / 3);
});

test('a graph without moves says nothing of them', () => {
  const graph = compileAudioGraph({ durationSeconds: 2, music: { gainDb: 1, isLooped: false, fadeOutSeconds: 0 }, voice: { gainDb: 0, duckingDb: 0 }, gainDb: 0, ceilingDbtp: -1 });
  expect(graph).not.toMatch(/adelay|start_sample|afade/);
});
