import { z } from 'zod';
import { backdropManifestSchema } from '../composition/backdrop-manifest.ts';
import { RATIOS } from '../project/ratio.ts';
import { assetRefSchema, brandKitSchema } from '../project/schema.ts';
import { base } from './base.ts';

/** Which provider makes what is generated. `embedded`: no ComfyUI is asked; `comfyui`: refused unless one can make the backdrops. */
const engine = z.enum(['auto', 'comfyui', 'embedded']).default('auto');
/** Ids of ComfyUI workflows to use before others. */
const workflows = z.array(z.string().max(80)).max(20).default([]);

/** A new advert. Photos come as paths (absolute, on this machine) or as assets that were uploaded; the brief is cut to its limits, not refused. */
export const makeAdvertSchema = z.object({
  photoPaths: z.array(z.string().min(1).max(4096)).max(12).default([]),
  /** `mask`: the cut-out as the user corrected it (8-bit alpha, size of the upright photo). */
  photos: z.array(z.object({ asset: assetRefSchema, name: z.string().max(120).default(''), mask: assetRefSchema.optional() })).max(12).default([]),
  brief: z.record(z.string(), z.unknown()).default({}),
  brand: brandKitSchema.optional(),
  brandPath: z.string().max(4096).optional(),
  logoPath: z.string().max(4096).optional(),
  ratios: z.array(z.enum(RATIOS)).min(1).default([...RATIOS]),
  durationFrames: z.number().int().min(120).max(18_000).default(450),
  sceneCount: z.number().int().min(3).max(8).default(4),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  isOffline: z.boolean().default(false),
  engine,
  workflows,
  outDir: z.string().max(4096).optional(),
  /** The same request is the same project; another word here makes another one. The studio puts a fresh one on every start. */
  nonce: z.string().max(80).optional(),
});

/** What a start would take; `seconds` is a range, `basis` says what it rests on. */
export const forecastSchema = z.object({
  seconds: z.object({ from: z.number().min(0), to: z.number().min(0) }),
  basis: z.enum(['measured', 'estimated']),
  costUsd: z.number().min(0),
  /** Peak graphics memory, bytes; null where nothing runs on a GPU. */
  memoryBytes: z.number().min(0).nullable(),
  /** One line per capability: who will do it, and why not the one before. */
  parts: z.array(z.object({ capability: z.enum(['plan', 'cutout', 'backdrop', 'music', 'render']), provider: z.string(), seconds: z.number().min(0), reason: z.string().nullable(), reasonName: z.string().nullable() })),
});

/** Starting work: each answers with the id of its run at once, which `runs.watch` follows. */
export const adverts = {
  make: base.route({ method: 'POST', path: '/adverts' }).input(makeAdvertSchema).output(z.object({ runId: z.string(), projectId: z.string() })),
  /** Renders a project as it stands; only what edits have touched is made again. */
  render: base.route({ method: 'POST', path: '/projects/{projectId}/render' }).input(z.object({ projectId: z.string().min(1).max(80), isOffline: z.boolean().default(false), engine, workflows })).output(z.object({ runId: z.string() })),
  /** A new take of one scene's backdrop: the one in use is kept among the takes, the new one is put in its place as an edit. Refused for a locked scene. */
  regenerate: base
    .route({ method: 'POST', path: '/projects/{projectId}/scenes/{sceneId}/regenerate' })
    .input(z.object({ projectId: z.string().min(1).max(80), sceneId: z.string().min(1).max(64), isOffline: z.boolean().default(false), engine, workflows }))
    .output(z.object({ runId: z.string(), revision: z.number().int() })),
  /** Pictures of the backdrops that were made for a scene, as the journal still knows them: its takes are recognised by seed and set. */
  takes: base
    .route({ method: 'GET', path: '/projects/{projectId}/scenes/{sceneId}/takes' })
    .input(z.object({ projectId: z.string().min(1).max(80), sceneId: z.string().min(1).max(64), ratio: z.enum(RATIOS) }))
    .output(z.array(z.object({ seed: z.number(), set: z.string(), manifest: backdropManifestSchema }))),
  forecast: base
    .route({ method: 'POST', path: '/adverts/forecast' })
    .input(makeAdvertSchema.pick({ ratios: true, durationFrames: true, sceneCount: true, isOffline: true, engine: true, workflows: true }).extend({ photoCount: z.number().int().min(0).max(12).default(1) }))
    .output(forecastSchema),
};
