import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { assetRefSchema } from '../project/schema.ts';
import { base } from './base.ts';

const projectId = z.string().min(1).max(80);
const exportId = z.object({ exportId: z.string().min(1).max(80) });

/** One thing that pre-flight has to say. `fix` names an action that the studio can do at once; see `core/placements/fixes.ts`. */
export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['refuse', 'warn', 'info']),
  message: z.string(),
  /** What was found and what is asked for, as a reader would write them. */
  found: z.string().nullable(),
  wanted: z.string().nullable(),
  source: z.string().nullable(),
  confidence: z.enum(['official', 'third-party', 'unconfirmed', 'own']),
  checked: z.string(),
  /** Where in the film, if at one place. */
  sceneId: z.string().nullable(),
  frame: z.number().int().nullable(),
  fix: z.object({ kind: z.string(), label: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
});

/** Frame rate family of an export, times 1000 for 1001 rates: 30, 29.97, 25. */
export const EXPORT_RATES = ['30', '29.97', '25'] as const;

/** What to export: a placement (id of `core/placements`), in one ratio and rate. */
export const exportOrderSchema = z.object({
  placementId: z.string().max(80),
  ratio: z.enum(['9:16', '1:1', '16:9']),
  rate: z.enum(EXPORT_RATES).default('30'),
  /** `auto`: hardware where a real encode has shown that it works. */
  encoder: z.string().max(40).default('auto'),
  /** Integrated loudness, LUFS; missing = the placement's. */
  loudnessLufs: z.number().min(-31).max(-9).optional(),
  /** Export although pre-flight refuses; the reason is kept with the file. */
  overrideReason: z.string().max(300).optional(),
});

/** An export as lists show it. */
export const exportSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  order: exportOrderSchema,
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']),
  progress: z.number().min(0).max(1),
  runId: z.string().nullable(),
  file: assetRefSchema.nullable(),
  /** Where the finished file was put for the user. */
  path: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  encoder: z.string().nullable(),
  findings: z.array(findingSchema),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdMs: z.number(),
  endedMs: z.number().nullable(),
});

/** Finished files for placements. */
export const exports = {
  /** Pre-flight of the document, before anything is encoded. */
  check: base.route({ method: 'POST', path: '/projects/{projectId}/preflight' }).input(z.object({ projectId, order: exportOrderSchema })).output(z.array(findingSchema)),
  /** Puts orders into the queue; files go to `outDir` (missing = the user's export folder), never over another file. */
  start: base
    .route({ method: 'POST', path: '/projects/{projectId}/exports' })
    .input(z.object({ projectId, orders: z.array(exportOrderSchema).min(1).max(40), outDir: z.string().max(4096).optional() }))
    .output(z.object({ exportIds: z.array(z.string()) })),
  list: base.route({ method: 'GET', path: '/exports' }).input(z.object({ projectId: projectId.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) })).output(z.array(exportSchema)),
  /** Every change of any export: first all that have not ended, then each as it changes. */
  watch: base.route({ method: 'GET', path: '/exports/events' }).input(z.object({ projectId: projectId.optional() })).output(eventIterator(exportSchema)),
  cancel: base.route({ method: 'POST', path: '/exports/{exportId}/cancel' }).input(exportId).output(z.object({ changed: z.number().int() })),
  retry: base.route({ method: 'POST', path: '/exports/{exportId}/retry' }).input(exportId).output(z.object({ exportId: z.string() })),
  /** Takes it off the list; the user's file stays. */
  forget: base.route({ method: 'DELETE', path: '/exports/{exportId}' }).input(exportId).output(z.object({ changed: z.number().int() })),
  /** Encoders that this machine has shown to work, best first, and why others do not. */
  encoders: base.route({ method: 'GET', path: '/encoders' }).output(z.array(z.object({ id: z.string(), label: z.string(), isHardware: z.boolean(), works: z.boolean(), reason: z.string().nullable() }))),
  /** A copy of a finished export in a format for chats and pages. */
  convert: base.route({ method: 'POST', path: '/exports/{exportId}/convert' }).input(exportId.extend({ format: z.enum(['gif', 'webm']) })).output(z.object({ file: assetRefSchema, path: z.string() })),
  /** Delivery ZIP of a project: renditions, stills, captions, document, provenance, fidelity report. */
  delivery: base.route({ method: 'POST', path: '/projects/{projectId}/delivery' }).input(z.object({ projectId })).output(z.object({ file: assetRefSchema, path: z.string() })),
  /** The fidelity report for a client: one HTML file that needs nothing else. */
  report: base.route({ method: 'POST', path: '/projects/{projectId}/report' }).input(z.object({ projectId })).output(z.object({ file: assetRefSchema, path: z.string() })),
};
