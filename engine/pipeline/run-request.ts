/**
 * What a run was asked to do, as it is kept with the run: enough to start it again from nothing, which is what `resume` does.
 * Photos and logos are in the artifact store before a run exists.
 */
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { RATIOS } from '#core/project/ratio.ts';
import { adProjectSchema, assetRefSchema, brandKitSchema, briefSchema } from '#core/project/schema.ts';
import type { RunRecord } from '#engine/jobs/run-store.ts';

const common = {
  isOffline: z.boolean(),
  cutoutProvider: z.enum(['auto', 'alpha', 'embedded', 'onnx', 'comfyui']).default('auto'),
  /** `embedded`: no ComfyUI is asked, even if there is one. `comfyui`: the run was refused unless one could make its backdrops. */
  engine: z.enum(['auto', 'comfyui', 'embedded']).default('auto'),
  /** Ids of ComfyUI workflows to use before others. */
  workflows: z.array(z.string().max(80)).max(20).default([]),
  /** Where the finished files go; missing = they stay in the store (and in the delivery). */
  outDir: z.string().optional(),
};

/** A new advert from photos and a brief. */
export const makeRequestSchema = z.object({
  kind: z.literal('make'),
  /** `mask`: the user's own, in its final form. */
  photos: z.array(z.object({ asset: assetRefSchema, name: z.string().max(120), mask: assetRefSchema.optional() })).min(1).max(12),
  brief: briefSchema,
  /** Which parts of the brief were cut or cleaned. */
  briefNotes: z.array(z.string()).default([]),
  brand: brandKitSchema,
  ratios: z.array(z.enum(RATIOS)).min(1),
  durationFrames: z.number().int().positive(),
  sceneCount: z.number().int(),
  seed: z.number().int().min(0),
  nonce: z.string().max(80).optional(),
  ...common,
});

/** Files of an existing document. */
export const renderRequestSchema = z.object({
  kind: z.literal('render'),
  document: adProjectSchema,
  /** It is the state of a kept project, which may have been edited since: the run does not save it. */
  isSaved: z.boolean().default(false),
  ...common,
});

const runRequestSchema = z.discriminatedUnion('kind', [makeRequestSchema, renderRequestSchema]);

export type MakeRequest = z.infer<typeof makeRequestSchema>;
export type RenderRequest = z.infer<typeof renderRequestSchema>;
export type RunRequest = z.infer<typeof runRequestSchema>;

/** The request of a run is in the format of an older or a newer program; nobody here can go on with it. */
export class UnreadableRequestError extends AdgenError {
  constructor(runId: string, cause: unknown) {
    super('BAD_INPUT', `Run ${runId} was begun by another version of AdGen Studio and cannot be resumed by this one; start it anew.`, { cause });
  }
}

/** What a run was asked to do. Throws UnreadableRequestError. */
export function readRequest(run: Pick<RunRecord, 'id' | 'request'>): RunRequest {
  const { data, error } = runRequestSchema.safeParse(run.request);
  if (error) throw new UnreadableRequestError(run.id, error);
  return data;
}
