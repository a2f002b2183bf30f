/**
 * How a matting model wants its picture and gives its mask. Read from `<model>.json` beside the model where that exists,
 * else guessed from the file's name: the IS-Net family (and RMBG 1.x) is trained on mean 0.5, deviation 1; U²-Net and
 * BiRefNet on ImageNet's figures.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ModelError } from './model-error.ts';

const triple = z.tuple([z.number(), z.number(), z.number()]);

export const modelSettingsSchema = z.object({
  /** Side of the square input, used when the model leaves it open. */
  size: z.number().int().min(2).max(4096).optional(),
  mean: triple.optional(),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).optional(),
  /** Name of the output that holds the mask; default: the first. */
  output: z.string().max(200).optional(),
  /** `auto`: sigmoid when values leave 0..1. */
  activation: z.enum(['auto', 'sigmoid', 'none']).optional(),
});

export interface ModelSettings {
  readonly size: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  readonly output?: string;
  readonly activation: 'auto' | 'sigmoid' | 'none';
}

const DEFAULT_SIZE = 1024;
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const CENTERED = { mean: [0.5, 0.5, 0.5], std: [1, 1, 1] } as const;

/** Settings for a model file. Throws a ModelError when the sidecar is there and wrong. */
export async function readModelSettings(modelPath: string): Promise<ModelSettings> {
  const family = /is-?net|rmbg[-_ ]?(v?1|\.|$)/i.test(modelPath.split(/[\\/]/).at(-1) ?? '') ? CENTERED : IMAGENET;
  const own = await readSidecar(modelPath.replace(/\.onnx$/i, '.json'));
  return { size: own.size ?? DEFAULT_SIZE, mean: own.mean ?? family.mean, std: own.std ?? family.std, output: own.output, activation: own.activation ?? 'auto' };
}

async function readSidecar(path: string): Promise<z.infer<typeof modelSettingsSchema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // The sidecar is optional; any other trouble than its absence is the user's to know.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ModelError(`its settings file cannot be read (${(error as Error).message})`, { cause: error });
  }
  const parsed = modelSettingsSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new ModelError(`its settings file is not valid: ${z.prettifyError(parsed.error).split('\n')[0] ?? ''}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Reported by the schema as a wrong type.
    return undefined;
  }
}
