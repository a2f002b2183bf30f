/** The ComfyUI link of the cut-out chain: where the product is, as the alpha of the picture that a matting workflow gives back. */
import sharp from 'sharp';
import { engineError } from '#sidecar/protocol/failures.ts';
import type { GenerationChoice, GeneratorCall } from '#engine/providers/types.ts';
import { describeForecast } from './forecast.ts';
import { fileOf, generate } from './generate.ts';
import type { ComfyGenerator } from './generator.ts';
import { jobKey } from './job-journal.ts';
import { uploadInput } from './upload-input.ts';

/** 8-bit grey PNG of the photo's size. The product's pixels are never taken from the server, only its outline. */
export async function makeCutoutMask(uprightPng: Uint8Array, choice: GenerationChoice | undefined, generator: ComfyGenerator, call: GeneratorCall): Promise<Uint8Array> {
  const { view, chosen } = await generator.resume(choice, call.signal);
  const { width = 0, height = 0 } = await sharp(uprightPng).metadata();
  call.report(0.02, describeForecast(chosen.workflow.manifest.title, generator.forecast(view, chosen, (width * height) / 1e6)));
  const image = await uploadInput(new Uint8Array(uprightPng), 'png', call, generator.tools.station);
  const made = await generate({
    key: jobKey(call.stepKey, 'cutout'), chosen, view, signal: call.signal, values: () => ({ image }), size: () => (width * height) / 1e6,
    onProgress: (value) => call.report(0.4 * value),
  }, generator.tools);
  call.record(made.record);
  const cutout = sharp(fileOf(made, 'image').path);
  const { hasAlpha } = await cutout.metadata();
  if (!hasAlpha) throw engineError('JOB_INVALID', `${chosen.workflow.manifest.title} gave back a picture without transparency.`);
  return await cutout.extractChannel('alpha').resize(width, height, { fit: 'fill', kernel: 'lanczos3' }).png().toBuffer();
}
