/**
 * Loads a matting model and runs it once on the CPU. The runtime is an optional package; without it, or with a model
 * that is broken or of another kind, a ModelError says so and the chain goes on. Nothing is downloaded, ever.
 */
import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { Raster } from '#engine/compositing/raster.ts';
import { ModelError } from './model-error.ts';
import type { ModelSettings } from './model-settings.ts';

/** A mask at the model's own size, 0..1. */
export interface ModelMask {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

type Runtime = typeof import('onnxruntime-node');

/** `load` is the seam for a runtime that is not installed. */
export async function runModel(modelPath: string, photo: Raster, settings: ModelSettings, load: () => Promise<Runtime> = () => import('onnxruntime-node')): Promise<ModelMask> {
  const runtime = await load().catch((cause: unknown) => {
    throw new ModelError('the package onnxruntime-node is not installed (npm install onnxruntime-node)', { cause });
  });
  const session = await openSession(runtime, modelPath);
  try {
    const input = inputOf(session, settings);
    const tensor = new runtime.Tensor('float32', await planarInput(photo, input, settings), [1, 3, input.height, input.width]);
    const results = await session.run({ [input.name]: tensor }).catch((cause: unknown) => {
      throw new ModelError(`the model failed on the picture: ${firstLine(cause)}`, { cause });
    });
    return toMask(pickOutput(session, results, settings), settings);
  } finally {
    await session.release();
  }
}

async function openSession(runtime: Runtime, modelPath: string): Promise<InferenceSession> {
  const options = { executionProviders: ['cpu'], logSeverityLevel: 4, intraOpNumThreads: Math.min(4, availableParallelism()) } as const;
  return runtime.InferenceSession.create(modelPath, options).catch((cause: unknown) => {
    throw new ModelError(`the model file cannot be loaded: ${firstLine(cause)}`, { cause });
  });
}

interface ModelInput {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

function inputOf(session: InferenceSession, settings: ModelSettings): ModelInput {
  const input = session.inputMetadata[0];
  if (!input?.isTensor || session.inputMetadata.length !== 1) throw new ModelError('the model does not take exactly one picture');
  if (input.type !== 'float32') throw new ModelError(`the model wants ${input.type} input; export it with float32 input`);
  const [batch, channels, height, width] = input.shape;
  const isPicture = input.shape.length === 4 && channels === 3 && (typeof batch !== 'number' || batch <= 1);
  if (!isPicture) throw new ModelError(`the model wants input of shape [${input.shape.join(', ')}], not [1, 3, height, width]`);
  return { name: input.name, width: fixedOr(width, settings.size), height: fixedOr(height, settings.size) };
}

/** Open dimensions are names, or negative numbers in some exports. */
function fixedOr(dimension: number | string | undefined, size: number): number {
  return typeof dimension === 'number' && dimension > 0 ? dimension : size;
}

/** The photo stretched to the input's size (as these models are trained), channel after channel, normalised. */
async function planarInput(photo: Raster, input: ModelInput, settings: ModelSettings): Promise<Float32Array> {
  const rgb = await sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 4 }, limitInputPixels: false })
    .removeAlpha()
    .resize({ width: input.width, height: input.height, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  const pixels = input.width * input.height;
  const planar = new Float32Array(pixels * 3);
  for (const channel of [0, 1, 2] as const) {
    for (let pixel = 0; pixel < pixels; pixel++) planar[channel * pixels + pixel] = ((rgb[pixel * 3 + channel] ?? 0) / 255 - settings.mean[channel]) / settings.std[channel];
  }
  return planar;
}

function pickOutput(session: InferenceSession, results: InferenceSession.ReturnType, settings: ModelSettings): Tensor {
  const name = settings.output ?? session.outputNames[0] ?? '';
  const output = results[name];
  if (!output) throw new ModelError(`the model has no output called ${JSON.stringify(name)} (it has ${session.outputNames.join(', ')})`);
  return output;
}

function toMask(output: Tensor, settings: ModelSettings): ModelMask {
  const [height, width] = output.dims.slice(-2);
  const isOnePlane = output.dims.slice(0, -2).every((size) => size === 1);
  if (!height || !width || !isOnePlane || output.type !== 'float32') throw new ModelError(`the model's output has shape [${output.dims.join(', ')}] of ${output.type}, not a mask`);
  const data = Float32Array.from(output.data as Float32Array);
  if (data.some((value) => !Number.isFinite(value))) throw new ModelError('the model returned values that are not numbers');
  activate(data, settings.activation);
  return { width, height, data };
}

const RANGE_SLACK = 1e-3;
/** Below this spread the model has seen nothing, and stretching would only amplify noise. */
const MIN_SPREAD = 0.5;

/** Sigmoid for logits; then the spread is stretched to 0..1, as the U²-Net family expects. */
function activate(data: Float32Array, activation: ModelSettings['activation']): void {
  let { min, max } = range(data);
  if (activation === 'sigmoid' || (activation === 'auto' && (min < -RANGE_SLACK || max > 1 + RANGE_SLACK))) {
    for (let index = 0; index < data.length; index++) data[index] = 1 / (1 + Math.exp(-(data[index] ?? 0)));
    ({ min, max } = range(data));
  }
  const [low, high] = max - min >= MIN_SPREAD ? [min, max] : [0, 1];
  for (let index = 0; index < data.length; index++) data[index] = Math.min(1, Math.max(0, ((data[index] ?? 0) - low) / (high - low)));
}

function range(data: Float32Array): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const value of data) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return { min, max };
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.slice(0, 200) ?? '';
}
