import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '#engine/compositing/raster.ts';
import { findOnnxModel } from './find-model.ts';
import { readModelSettings } from './model-settings.ts';
import { onnxLink } from './onnx-link.ts';
import { runModel } from './run-model.ts';
import { writeTestModel } from './test-model.ts';

/** Red minus green and blue: a red disc on a grey ground becomes a mask. Input is normalised with mean 0, deviation 1. */
const RED_RULE = { weights: [24, -12, -12], bias: -8.5 } as const;
const PLAIN = { mean: [0, 0, 0], std: [1, 1, 1], activation: 'auto' } as const;
const signal = new AbortController().signal;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-onnx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A red disc with a soft edge on light grey. */
function discPhoto(width = 240, height = 180): Raster {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alpha = Math.min(1, Math.max(0, 50.5 - Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2)));
      const mix = (front: number): number => Math.round(alpha * front + (1 - alpha) * 200);
      data.set([mix(210), mix(30), mix(30), 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

async function saveModel(name: string, model: Parameters<typeof writeTestModel>[0], sidecar?: unknown): Promise<string> {
  const path = join(folder, `${name}.onnx`);
  await writeFile(path, writeTestModel(model));
  if (sidecar !== undefined) await writeFile(join(folder, `${name}.json`), typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar));
  return path;
}

describe('runModel', () => {
  it('feeds normalised planes in channel order and reads the mask back', async () => {
    const path = await saveModel('linear', { weights: [1, 0.1, 0.01], bias: 0, hasSigmoid: false, size: 'n' });
    const photo = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).map((_, index) => [204, 102, 51, 255][index % 4] ?? 0) };
    const mask = await runModel(path, photo, { ...PLAIN, size: 32, mean: [0.1, 0, 0], std: [2, 1, 1] });
    expect([mask.width, mask.height]).toEqual([32, 32]);
    expect(mask.data[500]).toBeCloseTo((0.8 - 0.1) / 2 + 0.04 + 0.002, 5);
  });

  it('takes the size from the model, and a sigmoid where values leave 0..1', async () => {
    const logits = await runModel(await saveModel('logits', { ...RED_RULE, hasSigmoid: false, size: 48 }), discPhoto(), { ...PLAIN, size: 999 });
    const inside = await runModel(await saveModel('inside', { ...RED_RULE, hasSigmoid: true, size: 48 }), discPhoto(), { ...PLAIN, size: 999 });
    expect([logits.width, logits.height]).toEqual([48, 48]);
    expect(Math.max(...logits.data.map((value, index) => Math.abs(value - (inside.data[index] ?? 9))))).toBeLessThan(1e-4);
  });
});

describe('onnxLink', () => {
  it('cuts out with a real model, following the edge at full size', async () => {
    const path = await saveModel('red', { ...RED_RULE, hasSigmoid: true, size: 96 }, { mean: [0, 0, 0], std: [1, 1, 1] });
    const photo = discPhoto(480, 360);
    const result = await onnxLink(photo, path, signal);
    if (!result.isDone) throw new Error(result.reason);
    let error = 0;
    for (let pixel = 0; pixel < result.mask.data.length; pixel++) {
      const truth = 255 * Math.min(1, Math.max(0, 50.5 - Math.hypot((pixel % 480) + 0.5 - 240, Math.floor(pixel / 480) + 0.5 - 180)));
      error += Math.abs((result.mask.data[pixel] ?? 0) - truth);
    }
    expect(error / (255 * Math.PI * 50 ** 2)).toBeLessThan(0.02);
    const edge = result.mask.data.findIndex((alpha) => alpha > 60 && alpha < 200);
    expect(result.cutout.data[edge * 4] ?? 0).toBeGreaterThan(180);
    expect(result.cutout.data[edge * 4 + 1] ?? 255).toBeLessThan(90);
    expect(result.method).toBe('onnx');
  });

  it('says why it gives up', async () => {
    const reasonOf = async (path: string): Promise<string> => {
      const result = await onnxLink(discPhoto(), path, signal);
      return result.isDone ? 'done' : result.reason;
    };
    await writeFile(join(folder, 'broken.onnx'), 'not a model');
    expect(await reasonOf(join(folder, 'broken.onnx'))).toMatch(/^model "broken\.onnx": the model file cannot be loaded: /);
    expect(await reasonOf(join(folder, 'missing.onnx'))).toMatch(/the model file cannot be loaded/);
    expect(await reasonOf(await saveModel('four', { ...RED_RULE, hasSigmoid: true, size: 32, channels: 4 }))).toMatch(/input of shape \[1, 4, 32, 32\], not \[1, 3/);
    expect(await reasonOf(await saveModel('blind', { weights: [0, 0, 0], bias: -9, hasSigmoid: true, size: 32 }))).toMatch(/found no product/);
    expect(await reasonOf(await saveModel('named', { ...RED_RULE, hasSigmoid: true, size: 32 }, { output: 'alpha' }))).toMatch(/no output called "alpha" \(it has mask\)/);
    expect(await reasonOf(await saveModel('sidecar', { ...RED_RULE, hasSigmoid: true, size: 32 }, '{oops'))).toMatch(/its settings file is not valid/);
  });

  it('gives up when the runtime is not installed, and stops when canceled', async () => {
    const path = await saveModel('unused', { ...RED_RULE, hasSigmoid: true, size: 32 });
    const absent = runModel(path, discPhoto(), { ...PLAIN, size: 32 }, () => Promise.reject(new Error('ERR_MODULE_NOT_FOUND')));
    await expect(absent).rejects.toThrow(/onnxruntime-node is not installed/);
    await expect(onnxLink(discPhoto(), path, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe('model files', () => {
  it('finds the first model of the data folder', async () => {
    expect(await findOnnxModel(folder)).toBeUndefined();
    await mkdir(join(folder, 'models', 'cutout'), { recursive: true });
    for (const name of ['b.onnx', 'a.ONNX', 'a.json']) await writeFile(join(folder, 'models', 'cutout', name), '');
    expect(await findOnnxModel(folder)).toBe(join(folder, 'models', 'cutout', 'a.ONNX'));
  });

  it('guesses the normalisation from the name', async () => {
    expect((await readModelSettings('/none/isnet-general-use.onnx')).mean).toEqual([0.5, 0.5, 0.5]);
    expect((await readModelSettings('/none/rmbg-1.4.onnx')).std).toEqual([1, 1, 1]);
    expect((await readModelSettings('/none/BiRefNet.onnx')).mean).toEqual([0.485, 0.456, 0.406]);
    expect((await readModelSettings('/none/rmbg-2.0.onnx')).size).toBe(1024);
  });
});
