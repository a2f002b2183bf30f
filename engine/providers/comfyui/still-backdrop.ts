/** A generated still as a backdrop: upscaled on the server when it can do that, then a layer that the camera moves over. */
import sharp from 'sharp';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { makeStillLayers } from '#engine/providers/embedded/media-backdrop.ts';
import type { Making } from './backdrop-provider.ts';
import { backdropValues, pictureSize } from './backdrop-words.ts';
import { fileOf, generate } from './generate.ts';
import { improve } from './improve.ts';
import { jobKey } from './job-journal.ts';

/** A still that has at least so much of the canvas's width is large enough as it is. */
const ENOUGH = 0.9;

export async function makeStillBackdrop(making: Making): Promise<BackdropManifest> {
  const { request, call, tools, view, chosen } = making;
  const made = await generate({
    key: jobKey(call.stepKey, 'still'), chosen, view, signal: call.signal,
    values: (share) => backdropValues(chosen.workflow.manifest, request, share),
    size: (values) => pictureSize(values, request.ratio),
    onProgress: (value) => call.report(0.75 * value),
    onPreview: (image) => call.preview(image),
  }, tools);
  call.record(made.record);
  const path = await enlarge(fileOf(made, 'image').path, making);
  call.report(0.95, 'preparing the still');
  return await makeStillLayers({ path, name: chosen.workflow.manifest.title, request, focus: { x: 0.5, y: 0.5 } }, call);
}

async function enlarge(path: string, making: Making): Promise<string> {
  const { ratio, scene } = making.request;
  const { width = 0 } = await sharp(path).metadata();
  const canvas = canvasSize(ratio);
  if (width >= ENOUGH * canvas.width) return path;
  const values = { width: canvas.width, height: canvas.height, seed: scene.seed };
  return await improve({ capability: 'upscale', path, values, size: (canvas.width * canvas.height) / 1e6, span: [0.75, 0.95] }, making);
}
