import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import type { MusicRequest } from '#engine/providers/types.ts';
import { patchWorkflow } from '#workflows/patch-workflow.ts';
import { musicPrompt } from './music-prompt.ts';
import { createComfyMusicProvider, cutMusic, musicValues } from './music-provider.ts';
import { openGeneratorBench } from './testing/generator-bench.ts';
import type { GeneratorBench } from './testing/generator-bench.ts';
import { makeMedia, samplesOf } from './testing/media.ts';
import { viewOf } from './testing/view-of.ts';

const never = new AbortController().signal;
const request = (more: Partial<MusicRequest> = {}): MusicRequest => ({ soundtrack: { mood: 'calm', tempoBpm: 84.4, seed: 11 }, durationSeconds: 6, cutsSeconds: [], ...more });
const loudness = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

describe('what is asked for', () => {
  test.each(['ace15-music', 'ace15-xl-music'])('%s takes it, for every mood and length', async (id) => {
    const { workflows } = await viewOf();
    const found = workflows.find(({ workflow }) => workflow.manifest.id === id)?.workflow;
    if (!found) throw new Error(`no workflow ${id}`);
    const { graph, manifest } = found;
    for (const mood of ['calm', 'upbeat', 'elegant', 'bold'] as const) {
      for (const durationSeconds of [1, 15.03, 600]) {
        const values = musicValues(manifest, request({ durationSeconds, soundtrack: { mood, tempoBpm: 84.4, seed: 11 } }));
        expect(() => patchWorkflow({ graph, manifest, values, jobId: 'job' })).not.toThrow();
        expect(values).toMatchObject({ seed: 11, bpm: 84, lyrics: '[instrumental]', prompt: musicPrompt({ mood, tempoBpm: 84.4, seed: 11 }) });
      }
    }
    expect(musicValues(manifest, request({ durationSeconds: 15.03 }))).toMatchObject({ seconds: 17, key: 'A minor' });
    expect(musicValues(manifest, request({ generation: { prompt: 'harp', workflow: { unavailable: '' } } }))).toMatchObject({ prompt: 'harp' });
  });
});

describe('the cut', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'adgen-music-'))));
  afterEach(async () => await rm(folder, { recursive: true, force: true }));

  test.each([['longer', 4, 3.2, 48_000], ['shorter, at another rate', 1, 3.21, 44_100], ['a little shorter', 2, 2.01, 48_000]])('of a piece that is %s is exact, and fades', async (_, hasSeconds, seconds, rate) => {
    const piece = join(folder, 'piece.flac');
    const output = join(folder, 'music.wav');
    await makeMedia(`sine=frequency=440:sample_rate=${rate}:duration=${hasSeconds},volume=12dB`, piece, ['-ac', '1']);
    await cutMusic(piece, output, seconds, { ffmpegPath: (await locateFfmpeg()).path, signal: never });
    expect((await probeMedia(output)).audio).toMatchObject({ codec: 'pcm_s16le', sampleRate: 48_000, channels: 2 });
    const samples = await samplesOf(output);
    expect(samples).toHaveLength(Math.round(seconds * 48_000));
    const [early, end] = [loudness(samples.subarray(0, 4800)), loudness(samples.subarray(-480))];
    expect(early).toBeGreaterThan(3000);
    expect(end).toBeLessThan(early / 50);
    // Also where a piece begins again there is sound.
    const middle = Array.from({ length: Math.floor((seconds / 2) * 10) }, (__, tenth) => loudness(samples.subarray(tenth * 4800, tenth * 4800 + 4800)));
    expect(Math.min(...middle)).toBeGreaterThan(early / 2);
  });
});

describe('on a server', () => {
  let bench: GeneratorBench;
  beforeEach(async () => void (bench = await openGeneratorBench()));
  afterEach(async () => await bench.close());

  test('music is made, cut and recorded', async () => {
    const generator = await bench.generator();
    const workflow = await generator.choose('music', [], never);
    const { call, notes, progress, records } = bench.call('music');
    const asset = await createComfyMusicProvider(generator).makeMusic(request({ durationSeconds: 2.5, generation: { prompt: 'harp', workflow } }), call);
    expect(await samplesOf(bench.store.pathOf(asset))).toHaveLength(120_000);
    expect(records).toEqual([expect.objectContaining({ workflow: 'ace15-music', models: ['ace15-turbo-aio'], inputs: expect.objectContaining({ prompt: 'harp', seconds: 5 }) })]);
    expect([notes[0], progress.at(-1)]).toEqual(['ACE-Step 1.5 turbo: music', 0.9]);
  });

  test('a choice that could not be made is told by the attempt', async () => {
    const generator = await bench.generator();
    const provider = createComfyMusicProvider(generator);
    const attempt = provider.makeMusic(request({ generation: { prompt: '', workflow: { unavailable: 'No music model is there.' } } }), bench.call('music').call);
    await expect(attempt).rejects.toMatchObject({ code: 'PROVIDER_REJECTED', message: 'No music model is there.' });
    expect(bench.server.started()).toEqual([]);
  });
});
