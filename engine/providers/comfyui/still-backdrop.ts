/** A generated still as a backdrop: upscaled on the server when it can do that, then a layer that the camera moves over. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { makeStillLayers } from '#engine/providers/embedded/media-backdrop.ts';
import { describeForecast } from './forecast.ts';
import { fileOf, generate } from './generate.ts';
import { findWorkflow } from './choose.ts';
import { jobKey } from './job-journal.ts';
import { backdropValues, pictureSize } from './backdrop-words.ts';
import type { Making } from './backdrop-provider.ts';

/** A still that has at least so much of the canvas's width is large enough as it is. */
const ENOUGH = 0.9;

export async function makeStillBackdrop(making: Making): Promise<BackdropManifest> {
  const { request, call, tools, view, chosen } = making;
  const made = await generate({
    key: jobKey(call.stepKey, 'still'), chosen, view, signal: call.signal,
    values: (share) => backdropValues(chosen.workflow.manifest, request, share),
    size: (values) => pictureSize(values, request),
    onProgress: (value) => call.report(0.75 * value),
    onPreview: (image) => call.preview(image),
  }, tools);
  call.record(made.record);
  const { path } = fileOf(made, 'image');
  const picture = await enlarge(path, making);
  call.report(0.95, 'preparing the still');
  return await makeStillLayers({ path: picture, name: chosen.workflow.manifest.title, request, focus: { x: 0.5, y: 0.5 } }, call);
}

/** Nothing is lost when it cannot be done: the compositor enlarges by itself. */
async function enlarge(path: string, { request, call, tools, view, wanted, forecast }: Making): Promise<string> {
  const { width = 1 } = await sharp(path).metadata();
  const canvas = canvasSize(request.ratio);
  const chosen = width >= ENOUGH * canvas.width ? undefined : findWorkflow(view, 'upscale', wanted);
  if (!chosen) return path;
  const { manifest } = chosen.workflow;
  call.report(0.76, describeForecast(manifest.title, forecast(chosen, (canvas.width * canvas.height) / 1e6)));
  const image = await tools.station.upload(new Uint8Array(await readFile(path)), 'still.png', call.stepKey.slice(0, 32), call.signal);
  const values = Object.fromEntries(Object.entries({ image, width: multipleOf16(canvas.width), height: multipleOf16(canvas.height), seed: request.scene.seed }).filter(([name]) => Object.hasOwn(manifest.inputs, name)));
  const made = await generate({
    key: jobKey(call.stepKey, 'upscale'), chosen, view, signal: call.signal, values: () => values, size: () => (canvas.width * canvas.height) / 1e6,
    onProgress: (value) => call.report(0.75 + 0.2 * value),
  }, tools);
  call.record(made.record);
  return fileOf(made, 'image').path;
}

const multipleOf16 = (value: number): number => Math.round(value / 16) * 16;
