import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { sampleFacts, sampleProject } from '#core/composition/testing/sample-film.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import type { Film } from '#core/composition/film.ts';
import { createWorkerPool } from '#engine/jobs/worker-pool.ts';
import type { WorkerPool } from '#engine/jobs/worker-pool.ts';
import type { StepOutput } from '#engine/jobs/types.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { drawWithFallback, FILM_WAYS, MEASURING_WAYS } from './draw-with-fallback.ts';
import type { Services } from './services.ts';
import { createStillHandler, stillStep } from './steps/still-step.ts';

let folder: string;
let store: ArtifactStore;
let pool: WorkerPool;
let services: Services;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-fallback-'));
  store = openArtifactStore(folder);
  pool = createWorkerPool({ threads: 1, dataDir: folder });
  const ffmpegPath = async (): Promise<string> => (await locateFfmpeg()).path;
  services = { dataDir: folder, store, pool, renderPool: pool, viewPool: pool, providers: { plan: [], backdrop: [], music: [] }, ffmpegPath, films: new Map() };
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(background: string, size: number): Promise<AssetRef> {
  const png = await sharp({ create: { width: size, height: size, channels: 4, background } }).png().toBuffer();
  return store.putBytes(png, 'picture.png', 'image/png');
}

/** A file that is in the store and yet no picture, as after damage of the disk. */
const putBroken = (what: string): Promise<AssetRef> => store.putBytes(new TextEncoder().encode(`not a picture of ${what}`), 'picture.png', 'image/png');

async function makeFilm(change: { contact?: AssetRef; cutout?: AssetRef; layer?: AssetRef }): Promise<Film> {
  const project = sampleProject();
  const facts = sampleFacts(project);
  const layer = change.layer ?? (await put('#204060', 64));
  const backdrops = Object.fromEntries(Object.entries(facts.backdrops).map(([id, manifest]) => [id, { ...manifest, layers: manifest.layers.map((one) => ({ ...one, picture: layer })) }]));
  const words = await put('#ffffff80', 200);
  const part = change.contact ?? (await put('#00000080', 50));
  const cutout = change.cutout ?? (await put('#c03030', 1000));
  return {
    ratio: '1:1', scenes: project.scenes, products: project.products.map((product) => ({ ...product, cutout })), grain: 0, facts: { ...facts, backdrops },
    parts: { product_1: { contact: part, wrap: part } }, captions: Object.fromEntries(Object.keys(facts.captions).map((key) => [key, words])),
  };
}

async function drawStill(film: Film): Promise<StepOutput> {
  const step = stillStep(film, 50, services);
  return createStillHandler(services)({ runId: 'r', step, attempt: 1, isLastAttempt: false, signal: new AbortController().signal, input: () => ({ artifacts: {}, data: null }), report: () => undefined, preview: () => undefined });
}

/** How red the reddest pixel halfway down is: only the product is. */
async function rednessOf({ artifacts }: StepOutput): Promise<number> {
  const { data, info } = await sharp(store.pathOf(artifacts['still']!)).raw().toBuffer({ resolveWithObject: true });
  const row = Math.floor(info.height / 2) * info.width;
  return Math.max(...Array.from({ length: info.width }, (_, x) => (data[(row + x) * info.channels] ?? 0) - (data[(row + x) * info.channels + 2] ?? 0)));
}

describe('a picture with a broken part', () => {
  it('is drawn as planned when nothing is broken', async () => {
    const output = await drawStill(await makeFilm({}));
    expect(output.fallback).toBeUndefined();
    expect(await rednessOf(output)).toBeGreaterThan(40);
  });

  it('loses its shadows, and nothing else, when a shadow is broken', async () => {
    const output = await drawStill(await makeFilm({ contact: await putBroken('a shadow') }));
    expect(output.fallback).toMatchObject([{ from: 'full composition', to: 'composition without shadows', reason: expect.stringMatching(/unsupported image format/) }]);
    expect(await rednessOf(output)).toBeGreaterThan(40);
  });

  it('is its backdrop alone when the product is broken', async () => {
    const output = await drawStill(await makeFilm({ cutout: await putBroken('a product') }));
    expect(output.fallback?.map(({ to }) => to)).toEqual(['composition without shadows', 'backdrop alone']);
    expect(await rednessOf(output)).toBeLessThan(0);
  });

  it('fails with the first error when not even the backdrop can be drawn', async () => {
    await expect(drawStill(await makeFilm({ layer: await putBroken('a wall') }))).rejects.toThrow(/unsupported image format/);
  });
});

describe('drawWithFallback', () => {
  const film = { facts: { products: {}, backdrops: {}, captions: {} }, scenes: [] } as unknown as Film;
  const drawing = { signal: new AbortController().signal, isLastAttempt: false };
  const failing = (error: Error) => {
    let calls = 0;
    const result = drawWithFallback(film, FILM_WAYS, drawing, async () => {
      calls += 1;
      throw error;
    });
    return result.catch((thrown: unknown) => ({ thrown, calls }));
  };

  it.each(['DISK_FULL', 'READ_ONLY', 'MISSING_TOOL'] as const)('does not draw a simpler film after %s', async (code) => {
    const error = new AdgenError(code, 'x');
    expect(await failing(error)).toEqual({ thrown: error, calls: 1 });
  });

  it('leaves a transient error to the queue until the last attempt', async () => {
    const error = new AdgenError('TOOL_FAILED', 'killed', { isTransient: true });
    expect(await failing(error)).toEqual({ thrown: error, calls: 1 });
    let calls = 0;
    const { fallback } = await drawWithFallback(film, MEASURING_WAYS, { ...drawing, isLastAttempt: true }, async () => {
      if (++calls === 1) throw error;
    });
    expect(fallback).toEqual([{ from: 'full composition', to: 'composition without shadows', reason: 'killed', name: 'TOOL_FAILED' }]);
  });

  it('stops at a cancel', async () => {
    const controller = new AbortController();
    const canceled = drawWithFallback(film, FILM_WAYS, { signal: controller.signal, isLastAttempt: true }, async () => {
      controller.abort();
      throw Object.assign(new Error('canceled'), { name: 'AbortError' });
    });
    await expect(canceled).rejects.toMatchObject({ name: 'AbortError' });
  });
});
