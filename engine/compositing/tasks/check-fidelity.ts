/** Worker task: measures whether the product in a finished video is the product of the photo. */
import { readFile } from 'node:fs/promises';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { decodeRaster } from '#engine/cutout/codec.ts';
import { measureFidelity } from '../fidelity/measure-fidelity.ts';
import type { FidelityReport, FidelitySample } from '../fidelity/measure-fidelity.ts';
import { cropToBounds } from '../product-sprites.ts';
import type { Raster } from '../raster.ts';
import { storeOf } from './task-store.ts';

export interface CheckFidelityPayload {
  readonly dataDir: string;
  readonly ratio: Ratio;
  readonly videoHash: string;
  readonly samples: readonly (Omit<FidelitySample, 'cutout'> & { readonly productId: string })[];
  readonly cutouts: Readonly<Record<string, { readonly hash: string; readonly bounds: { x: number; y: number; width: number; height: number } }>>;
  readonly ffmpegPath: string;
}

export async function run(payload: CheckFidelityPayload, { signal }: TaskContext): Promise<FidelityReport> {
  const store = storeOf(payload.dataDir);
  const crops = new Map<string, Raster>();
  for (const [id, { hash, bounds }] of Object.entries(payload.cutouts)) crops.set(id, cropToBounds(await decodeRaster(await readFile(store.pathOf(hash))), bounds));
  const first = crops.values().next().value;
  if (!first) throw new RangeError('no product to compare with');
  const samples = payload.samples.map(({ productId, ...sample }): FidelitySample => ({ ...sample, cutout: crops.get(productId) ?? first }));
  return measureFidelity({ videoPath: store.pathOf(payload.videoHash), size: canvasSize(payload.ratio), fps: { num: 30, den: 1 }, samples, cutout: first, ffmpegPath: payload.ffmpegPath, signal });
}
