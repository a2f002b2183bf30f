import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { GenerationRecord } from '#engine/jobs/types.ts';
import { makeMedia } from '#engine/providers/comfyui/testing/media.ts';
import { testRequest } from '#engine/providers/embedded/sets/testing/requests.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import type { BackdropRequest, GeneratorCall, MusicRequest } from '../types.ts';
import { createReplicateProviders } from './providers.ts';
import type { ReplicateOptions } from './run-prediction.ts';
import { KEY, playReplicate } from './testing/replicate-server.ts';
import type { PlayedReplicate } from './testing/replicate-server.ts';

let folder: string;
let store: ArtifactStore;
let played: PlayedReplicate;
let records: GenerationRecord[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-replicate-'));
  store = openArtifactStore(folder);
  played = await playReplicate();
  records = [];
});
afterEach(async () => {
  await played.close();
  await rm(folder, { recursive: true, force: true });
});

const ffmpegPath = async (): Promise<string> => (await locateFfmpeg()).path;
const providers = (options: Partial<ReplicateOptions> = {}) => createReplicateProviders({ key: KEY, baseUrl: played.baseUrl, pollMs: 5, ...options }, { ffmpegPath, tempPath: (extension) => store.tempPath(extension) });

function callWith(signal: AbortSignal = new AbortController().signal): GeneratorCall {
  return {
    signal, stepKey: 'key-of-the-step', report() {}, preview() {}, record: (record) => void records.push(record), pathOf: (asset) => store.pathOf(asset),
    putBytes: (bytes, name, mime) => store.putBytes(bytes, name, mime), putFile: (path, name, mime, { isKept = false } = {}) => store.putFile(path, name, mime, { move: !isKept }),
  };
}

const words = { positive: 'an empty studio', negative: '' };
const backdropRequest = (): BackdropRequest => ({ ...testRequest({ set: 'cyclorama', ratio: '9:16' }), generation: { prompts: { clip: words, still: words }, workflow: { unavailable: 'none' }, wanted: [], usesCloud: true } });
const musicRequest: MusicRequest = { soundtrack: { mood: 'upbeat', tempoBpm: 112, seed: 7 }, durationSeconds: 3.5, cutsSeconds: [1], generation: { prompt: 'indie pop', workflow: { unavailable: 'none' }, usesCloud: true } };
const picture = (): Promise<Buffer> => sharp({ create: { width: 768, height: 1344, channels: 3, background: '#336699' } }).png().toBuffer();

describe('a backdrop from Replicate', () => {
  test('is asked for in the scene\'s words and shape, waited for, looked at and stored; its price is written down', async () => {
    played.file = await picture();
    const manifest = await providers().backdrop.makeBackdrop(backdropRequest(), callWith());
    expect(manifest).toMatchObject({ kind: 'layers', ambient: expect.stringMatching(/^#/) });
    expect(await sharp(store.pathOf(manifest.layers[0]!.picture)).metadata()).toMatchObject({ format: 'png' });
    expect(played.requests).toEqual(['POST /v1/models/black-forest-labs/flux-schnell/predictions', 'GET /v1/predictions/p1', 'GET /v1/predictions/p1', 'GET /file']);
    expect(played.created[0]?.input).toMatchObject({ prompt: 'an empty studio', aspect_ratio: '9:16', output_format: 'png', num_outputs: 1, seed: backdropRequest().scene.seed });
    expect(played.headersOfFiles[0]?.authorization).toBeUndefined();
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    expect(records).toMatchObject([{ workflow: 'replicate:black-forest-labs/flux-schnell', gpuSeconds: 2.5, costUsd: 0.003 }]);
  });

  test('is never bought by a step that may not spend anything', async () => {
    const { generation: _generation, ...request } = backdropRequest();
    await expect(providers().backdrop.makeBackdrop(request, callWith())).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(played.requests).toEqual([]);
  });

  test('that comes cut or as something else is refused', async () => {
    const whole = await picture();
    for (const file of [whole.subarray(0, whole.length / 2), Buffer.from('<html>no</html>')]) {
      played.file = file;
      await expect(providers().backdrop.makeBackdrop(backdropRequest(), callWith())).rejects.toThrow();
    }
  });

  test.each([['http://replicate.example/file'], ['file:///etc/passwd'], ['data:image/png;base64,AAAA'], [42], [[]]])('at %j is not fetched', async (output) => {
    played.output = output;
    await expect(providers().backdrop.makeBackdrop(backdropRequest(), callWith())).rejects.toMatchObject({ code: 'PROVIDER_REJECTED' });
    expect(played.requests.at(-1)).not.toBe('GET /file');
  });
});

describe('music from Replicate', () => {
  test('is cut to the film\'s length, 48 kHz stereo', async () => {
    const path = join(folder, 'long.flac');
    await makeMedia('sine=frequency=330:duration=6', path);
    played.file = await readFile(path);
    played.output = `${played.baseUrl.replace('/v1', '')}/file`;
    const asset = await providers().music.makeMusic(musicRequest, callWith());
    expect(played.created[0]?.input).toEqual({ prompt: 'indie pop', duration: 6, steps: 8, cfg_scale: 1, seed: 7 });
    expect((await probeMedia(store.pathOf(asset), { ffmpegPath: await ffmpegPath() })).durationSeconds).toBeCloseTo(3.5, 2);
    expect(records).toMatchObject([{ costUsd: 0.2 }]);
  });
});

describe('what goes wrong', () => {
  const failing = async (options?: Partial<ReplicateOptions>): Promise<unknown> => await providers(options).backdrop.makeBackdrop(backdropRequest(), callWith()).catch((error: unknown) => error);

  test('a wrong key is said without the key', async () => {
    const error = await failing({ key: 'r8_another_key_entirely' });
    expect(error).toMatchObject({ code: 'PROVIDER_REJECTED', isTransient: false, message: expect.stringContaining('refused the key') });
    expect(JSON.stringify(error) + String(error)).not.toContain('another_key');
  });

  test.each([[402, 'no credit left', false], [404, 'no longer has the model', false], [422, 'refused the request', false], [429, 'slow down', true], [503, 'internal problem (503)', true]])('status %d: %s', async (status, words_, isTransient) => {
    played.failNext.create = status;
    expect(await failing()).toMatchObject({ isTransient, message: expect.stringContaining(words_) });
  });

  test('a prediction that fails says why, and costs nothing here', async () => {
    played.states = ['failed'];
    played.error = 'NSFW content detected';
    expect(await failing()).toMatchObject({ code: 'PROVIDER_REJECTED', message: expect.stringContaining('NSFW content detected') });
    expect(records).toEqual([]);
  });

  test('one that never ends is canceled there', async () => {
    played.states = ['processing'];
    expect(await failing({ timeoutMs: 150 })).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('was canceled there') });
    expect(played.requests.at(-1)).toBe('POST /v1/predictions/p1/cancel');
  });

  test('nobody there is told as such', async () => {
    await played.close();
    expect(await failing()).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isTransient: true, message: expect.stringContaining('cannot be reached') });
  });

  test('a look that fails is tried again with the same prediction: nothing is bought twice', async () => {
    played.file = await picture();
    played.failNext.get = [404];
    const { backdrop } = providers();
    await expect(backdrop.makeBackdrop(backdropRequest(), callWith())).rejects.toThrow();
    await backdrop.makeBackdrop(backdropRequest(), callWith());
    expect(played.created).toHaveLength(1);
  });

  test('a cancel reaches the server, is no failure, and leaves nothing', async () => {
    played.states = ['processing'];
    const leaving = new AbortController();
    const making = providers().backdrop.makeBackdrop(backdropRequest(), callWith(leaving.signal)).catch((error: unknown) => error);
    await vi.waitFor(() => expect(played.requests.length).toBeGreaterThan(2));
    leaving.abort();
    expect(await making).toMatchObject({ name: 'AbortError' });
    expect(played.requests.at(-1)).toBe('POST /v1/predictions/p1/cancel');
    expect(existsSync(join(folder, 'tmp')) ? readdirSync(join(folder, 'tmp')) : []).toEqual([]);
  });
});
