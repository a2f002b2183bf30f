/**
 * The model catalogue (`sidecar/models.json`): which weights exist, where they come from, how large they are, and whether adverts
 * made with them may be sold. A licence that is non-commercial, conditional or limited to regions is never a default.
 */
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import json from '../models.json' with { type: 'json' };

/** ComfyUI's folders under `models/` (the keys of `extra_model_paths.yaml`). */
export const MODEL_FOLDERS = [
  'checkpoints', 'diffusion_models', 'text_encoders', 'vae', 'loras', 'upscale_models', 'latent_upscale_models', 'background_removal',
  'frame_interpolation', 'clip_vision', 'controlnet', 'model_patches', 'audio_encoders', 'embeddings', 'vae_approx',
] as const;

const modelSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/),
  name: z.string().min(1).max(120),
  folder: z.enum(MODEL_FOLDERS),
  /** safetensors only: other formats can carry code. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}\.safetensors$/),
  /** null = this program does not download it. */
  url: z.url({ protocol: /^https$/ }).nullable(),
  bytes: z.number().int().positive().nullable(),
  /** A rounded size serves the forecast; only an exact one can be compared with a file. */
  isSizeExact: z.boolean(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  /** Where the hash was read. */
  sha256Source: z.string().min(1).max(200).nullable(),
  /** SPDX id where there is one. */
  licence: z.string().min(1).max(80),
  /** May adverts made with it be used commercially? */
  adverts: z.enum(['yes', 'ask', 'no']),
  /** In one sentence, for whoever has to agree. */
  conditions: z.string().max(300),
  /** ISO 3166 codes, and EU, where the licence does not hold. */
  excludedRegions: z.array(z.string().regex(/^[A-Z]{2}$/)).max(40),
  /** Offered without being asked for. */
  isDefault: z.boolean(),
  /** Smallest GPU, nominal GB, on which a workflow of ours uses it; 0 = none needed. */
  vramTierGb: z.literal([0, 8, 12, 16, 24]),
  /** Ids of our workflows that need it. */
  workflows: z.array(z.string()).max(50),
}).superRefine((model, context) => {
  const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  if (model.isDefault && (model.adverts !== 'yes' || model.excludedRegions.length > 0)) refuse('isDefault', 'a model with a limited licence is never a default');
  if (model.adverts !== 'yes' && model.conditions === '') refuse('conditions', 'a limited licence says what its limits are');
  if ((model.sha256 === null) !== (model.sha256Source === null)) refuse('sha256Source', 'a hash comes with its source, and only a hash does');
  if (model.isSizeExact && model.bytes === null) refuse('bytes', 'an exact size is a number');
  if (model.isDefault && model.url === null) refuse('url', 'a default can be downloaded');
});

export const catalogueSchema = z.strictObject({ version: z.literal(1), models: z.array(modelSchema).min(1).max(1000) }).superRefine(({ models }, context) => {
  for (const key of [(model: CatalogueModel): string => model.id, (model: CatalogueModel): string => `${model.folder}/${model.file}`]) {
    const seen = new Set<string>();
    for (const model of models) {
      if (seen.has(key(model))) context.addIssue({ code: 'custom', path: ['models'], message: `${key(model)} stands in the catalogue twice` });
      seen.add(key(model));
    }
  }
});

export type CatalogueModel = z.infer<typeof modelSchema>;

let catalogue: readonly CatalogueModel[] | undefined;

/** The catalogue that comes with the program. */
export function loadCatalogue(): readonly CatalogueModel[] {
  catalogue ??= parseCatalogue(json, 'sidecar/models.json');
  return catalogue;
}

/** A catalogue from a file. Throws BAD_INPUT that names the first fault. */
export function parseCatalogue(value: unknown, file: string): readonly CatalogueModel[] {
  const result = catalogueSchema.safeParse(value);
  if (result.success) return result.data.models;
  const issue = result.error.issues[0];
  throw new AdgenError('BAD_INPUT', `${file} is not a model catalogue: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'unreadable'}. Correct it.`);
}

/** The user has to read and accept the conditions before this model is downloaded or used. */
export function needsConsent(model: CatalogueModel): boolean {
  return model.adverts !== 'yes' || model.excludedRegions.length > 0;
}

/** All models of these workflows, each once, in the catalogue's order. */
export function modelsOfWorkflows(workflowIds: readonly string[], models: readonly CatalogueModel[] = loadCatalogue()): CatalogueModel[] {
  return models.filter((model) => model.workflows.some((id) => workflowIds.includes(id)));
}
