import { z } from 'zod';
import { RATIOS } from '../project/ratio.ts';
import { base } from './base.ts';

/** A new advert: paths are absolute and on this machine; the brief is cut to its limits, not refused. */
export const makeAdvertSchema = z.object({
  photoPaths: z.array(z.string().min(1).max(4096)).min(1).max(12),
  brief: z.record(z.string(), z.unknown()).default({}),
  brandPath: z.string().max(4096).optional(),
  logoPath: z.string().max(4096).optional(),
  ratios: z.array(z.enum(RATIOS)).min(1).default([...RATIOS]),
  durationFrames: z.number().int().min(120).max(18_000).default(450),
  sceneCount: z.number().int().min(3).max(8).default(4),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  isOffline: z.boolean().default(false),
  /** `embedded`: no ComfyUI is asked; `comfyui`: refused unless one can make the backdrops. */
  engine: z.enum(['auto', 'comfyui', 'embedded']).default('auto'),
  /** Ids of ComfyUI workflows to use before others. */
  workflows: z.array(z.string().max(80)).max(20).default([]),
  outDir: z.string().max(4096).optional(),
});

/** Starting work: each answers with the id of its run at once, which `runs.watch` follows. */
export const adverts = {
  make: base.route({ method: 'POST', path: '/adverts' }).input(makeAdvertSchema).output(z.object({ runId: z.string() })),
};
