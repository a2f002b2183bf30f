/**
 * The link of the cut-out chain that runs the user's own matting model on the CPU. It gives up with a reason (package
 * missing, model broken or of another kind, mask empty); it never throws for what a model file can do.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { basename } from 'node:path';
import { decontaminateEdge } from '../decontaminate-edge.ts';
import { quoteFileName } from '../ingest/quote-file-name.ts';
import type { LinkResult } from '../link.ts';
import { maskCoverage } from '../mask-coverage.ts';
import { refineMask } from './guided-filter.ts';
import { readModelSettings } from './model-settings.ts';
import { ModelError } from './model-error.ts';
import { runModel } from './run-model.ts';

const MIN_COVERAGE = 0.002;
const MAX_COVERAGE = 0.985;

export async function onnxLink(photo: Raster, modelPath: string, signal: AbortSignal): Promise<LinkResult> {
  const name = quoteFileName(basename(modelPath));
  try {
    const coarse = await runModel(modelPath, photo, await readModelSettings(modelPath));
    signal.throwIfAborted();
    const mask = await refineMask(photo, coarse);
    signal.throwIfAborted();
    const coverage = maskCoverage(mask);
    if (coverage < MIN_COVERAGE || coverage > MAX_COVERAGE) return { isDone: false, reason: `the model ${name} found no product in the photo` };
    return { isDone: true, mask, cutout: decontaminateEdge(photo, mask), method: 'onnx', notes: [`model ${name}`] };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof ModelError) return { isDone: false, reason: `model ${name}: ${(error as Error).message}` };
    throw error;
  }
}
