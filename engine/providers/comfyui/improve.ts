/**
 * One more workflow over what was made: a larger picture, or frames in between. Nothing is lost when the server cannot do it or refuses:
 * what was made is used as it is, for the compositor enlarges pictures and repeats frames by itself.
 */
import { readFile } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import type { InputValue } from '#workflows/patch-workflow.ts';
import type { Making } from './backdrop-provider.ts';
import { findWorkflow } from './choose.ts';
import { describeForecast } from './forecast.ts';
import { fileOf, generate } from './generate.ts';
import { jobKey } from './job-journal.ts';
import { takeInputs } from './take-inputs.ts';
import { uploadInput } from './upload-input.ts';

export interface Improvement {
  readonly capability: 'upscale' | 'interpolate';
  /** What was made. */
  readonly path: string;
  /** By the names of the manifests, besides the file itself. */
  readonly values: Readonly<Record<string, InputValue>>;
  /** In the units of `generation-history.ts`. */
  readonly size: number;
  /** Progress of the step before and after it. */
  readonly span: readonly [from: number, to: number];
}

const MEDIA = { upscale: { input: 'image', extension: 'png' }, interpolate: { input: 'video', extension: 'mp4' } } as const;

/** Resolves with the path of the better file, or of the one that there was. Rejects when the server is out of reach: then it is worth asking again. */
export async function improve({ capability, path, values, size, span: [from, to] }: Improvement, { call, tools, view, wanted, forecast }: Making): Promise<string> {
  const chosen = findWorkflow(view, capability, wanted);
  if (!chosen) return path;
  const { manifest } = chosen.workflow;
  const { input, extension } = MEDIA[capability];
  call.report(from, describeForecast(manifest.title, forecast(chosen, size)));
  try {
    const file = await uploadInput(new Uint8Array(await readFile(path)), extension, call, tools.station);
    const made = await generate({
      key: jobKey(call.stepKey, capability), chosen, view, signal: call.signal, values: () => takeInputs(manifest, { ...values, [input]: file }), size: () => size,
      onProgress: (value) => call.report(from + (to - from) * value),
    }, tools);
    call.record(made.record);
    return fileOf(made, input).path;
  } catch (error) {
    if (call.signal.aborted || !isRefusal(error)) throw error;
    call.report(to, `left out: ${error.message}`);
    return path;
  }
}

function isRefusal(error: unknown): error is AdgenError {
  return error instanceof AdgenError && (error.code === 'PROVIDER_REJECTED' || error.code === 'BAD_INPUT');
}
