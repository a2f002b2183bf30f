/** Worker task: measures whether the product in one frame of an encoded segment is the product of the photo. */
import { readFile } from 'node:fs/promises';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Timebase } from '#core/time/frames.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { decodeRaster } from '#engine/cutout/codec.ts';
import type { SampleMeasurement } from '../fidelity/judge-fidelity.ts';
import { measureSample } from '../fidelity/measure-sample.ts';
import type { FidelitySample } from '../fidelity/measure-sample.ts';
import { cropToBounds } from '../product-sprites.ts';
import { storeOf } from './task-store.ts';

export interface CheckFidelityPayload {
  readonly dataDir: string;
  readonly ratio: Ratio;
  readonly segmentHash: string;
  /** Frames count from the segment's beginning. */
  readonly sample: FidelitySample;
  readonly cutout: { readonly hash: string; readonly bounds: { x: number; y: number; width: number; height: number } };
  /** Default 30. */
  readonly fps?: Timebase;
  readonly ffmpegPath: string;
}

export async function run({ dataDir, ratio, segmentHash, sample, cutout, fps = { num: 30, den: 1 }, ffmpegPath }: CheckFidelityPayload, { signal }: TaskContext): Promise<SampleMeasurement> {
  const store = storeOf(dataDir);
  const product = cropToBounds(await decodeRaster(await readFile(store.pathOf(cutout.hash))), cutout.bounds);
  return measureSample({ videoPath: store.pathOf(segmentHash), size: canvasSize(ratio), fps, sample, cutout: product, ffmpegPath, signal });
}
