import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productAnalysisSchema } from '#core/project/schema.ts';
import { createWorkerPool } from '#engine/jobs/worker-pool.ts';
import { renderTestScene } from './analysis/test-scene.ts';
import { decodeMask, decodeRaster, encodeRaster } from './codec.ts';
import { cutOutProduct, type CutOutProductRequest, type CutOutProductResult } from './cut-out-product.ts';
import { ingestPhoto } from './ingest-photo.ts';
import { writeTestModel } from './onnx/test-model.ts';

const SCENE = { shape: 'can', cameraElevationDeg: 18, shadowDeg: 20, lightElevationDeg: 50, penumbra: 6, noise: 1 } as const;
let folder = '';
let uprightPng: Buffer;
let plain: CutOutProductResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-cutout-'));
  uprightPng = await encodeRaster(renderTestScene(SCENE).photo);
  plain = await cutOut({});
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function cutOut(request: Partial<CutOutProductRequest>): Promise<CutOutProductResult> {
  return cutOutProduct({ uprightPng, provider: 'auto', signal: new AbortController().signal, report: () => undefined, ...request });
}

async function overlap(maskPng: Uint8Array): Promise<number> {
  const [mask, truth] = [await decodeMask(maskPng), renderTestScene(SCENE).mask];
  let [both, either] = [0, 0];
  for (let at = 0; at < truth.data.length; at++) {
    both += Math.min(mask.data[at] ?? 0, truth.data[at] ?? 0);
    either += Math.max(mask.data[at] ?? 0, truth.data[at] ?? 0);
  }
  return both / either;
}

/** Red minus green and blue: the can is red, its floor grey. */
async function redModel(name = 'red.onnx'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, writeTestModel({ weights: [40, -20, -20], bias: -6, hasSigmoid: true, size: 160 }));
  await writeFile(path.replace('.onnx', '.json'), '{"mean":[0,0,0],"std":[1,1,1]}');
  return path;
}

describe('cutOutProduct', () => {
  it('cuts out with the embedded link, measures and lifts the shadow', async () => {
    const result = plain;
    expect([result.method, result.width, result.height, result.fallback]).toEqual(['embedded', 384, 320, []]);
    expect(await overlap(result.maskPng)).toBeGreaterThan(0.95);
    productAnalysisSchema.parse(result.analysis);
    expect(result.analysis.light.confidence).toBeGreaterThan(0.5);
    const [mask, shadow] = [await sharp(result.maskPng).metadata(), await sharp(result.shadowPng).metadata()];
    for (const metadata of [mask, shadow]) expect([metadata.format, metadata.channels, metadata.depth, metadata.width, metadata.height]).toEqual(['png', 1, 'uchar', 384, 320]);
    expect((await sharp(result.cutoutPng).metadata()).channels).toBe(4);
  });

  it('gives the same bytes every time, and asks only the link that is named', async () => {
    expect(await cutOut({ provider: 'embedded', onnxModelPath: await redModel() })).toEqual(plain);
  });

  it('keeps the photo\'s own pixels inside the product', async () => {
    const [cutout, photo] = [await decodeRaster(plain.cutoutPng), await decodeRaster(uprightPng)];
    let changed = 0;
    for (let at = 0; at < photo.data.length; at += 4) if (cutout.data[at + 3] === 255 && [0, 1, 2].some((channel) => cutout.data[at + channel] !== photo.data[at + channel])) changed++;
    expect(changed).toBe(0);
  });

  it('prefers alpha in the file, then a model, and says who gave up', async () => {
    const { photo, mask } = renderTestScene(SCENE);
    const cut = { ...photo, data: photo.data.map((value, at) => (at % 4 === 3 ? (mask.data[at >> 2] ?? 0) : value)) };
    const byAlpha = await cutOut({ uprightPng: await encodeRaster(cut), onnxModelPath: await redModel() });
    expect([byAlpha.method, await overlap(byAlpha.maskPng), byAlpha.shadowPng]).toEqual(['alpha', 1, undefined]);
    const byModel = await cutOut({ onnxModelPath: await redModel() });
    expect([byModel.method, byModel.notes, byModel.fallback]).toEqual(['onnx', ['model "red.onnx"'], []]);
    expect(await overlap(byModel.maskPng)).toBeGreaterThan(0.95);
    await writeFile(join(folder, 'broken.onnx'), 'no model');
    const afterModel = await cutOut({ onnxModelPath: join(folder, 'broken.onnx') });
    expect(afterModel.method).toBe('embedded');
    expect(afterModel.fallback).toEqual([{ from: 'onnx', to: 'embedded', reason: expect.stringMatching(/^model "broken\.onnx": the model file cannot be loaded/) as string }]);
  });

  it('uses the whole photo when nothing can be cut out of it, and records it', async () => {
    const empty = await sharp({ create: { width: 200, height: 160, channels: 3, background: '#b0b0b0' } }).png().toBuffer();
    const result = await cutOut({ uprightPng: empty });
    expect(result.method).toBe('original');
    expect(result.fallback).toEqual([{ from: 'embedded', to: 'original', reason: expect.stringMatching(/product/) as string }]);
    expect((await decodeMask(result.maskPng)).data.every((alpha) => alpha === 255)).toBe(true);
    expect(result.analysis.bounds).toEqual({ x: 0, y: 0, width: 200, height: 160 });
    expect(result.shadowPng).toBeUndefined();
  });

  it('does not go on from a link that was named', async () => {
    await expect(cutOut({ provider: 'alpha' })).rejects.toMatchObject({ code: 'PROVIDER_REJECTED', message: expect.stringMatching(/no transparent background/) as string });
    await expect(cutOut({ provider: 'onnx' })).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  it('stops when canceled', async () => {
    await expect(cutOut({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('runs in a worker thread, model and all, on a photo from the repository', async () => {
    const photo = await ingestPhoto(join(import.meta.dirname, '../../resources/samples/soda-can.jpg'));
    const uprightPath = join(folder, 'upright.png');
    await writeFile(uprightPath, await sharp(photo.png).resize(560).png().toBuffer());
    await writeFile(join(folder, 'blind.onnx'), writeTestModel({ weights: [0, 0, 0], bias: -9, hasSigmoid: true, size: 64 }));
    const pool = createWorkerPool({ threads: 1 });
    const progress: number[] = [];
    try {
      const task = { module: new URL('./tasks/cut-out.ts', import.meta.url).href, payload: { uprightPath, provider: 'auto', onnxModelPath: join(folder, 'blind.onnx') } };
      const result = await pool.run<CutOutProductResult>(task, { onProgress: (share) => progress.push(share) });
      expect(result.method).toBe('embedded');
      expect(result.fallback[0]?.reason).toMatch(/found no product/);
      const { bounds } = productAnalysisSchema.parse(result.analysis);
      expect(bounds.height / bounds.width).toBeGreaterThan(1.7);
      expect(result.shadowPng).toBeDefined();
      expect(progress).toEqual([...progress].sort((one, other) => one - other));
    } finally {
      await pool.close();
    }
  });
});
