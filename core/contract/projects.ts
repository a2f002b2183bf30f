import { z } from 'zod';
import { RATIOS } from '../project/ratio.ts';
import { adProjectSchema, assetRefSchema } from '../project/schema.ts';
import { projectDiffSchema } from '../project/diff-schema.ts';
import { base } from './base.ts';

const projectId = z.string().min(1).max(80);
const projectIds = z.object({ projectIds: z.array(projectId).min(1).max(500) });
const done = z.object({ changed: z.number().int() });

/** A project as lists show it; times are milliseconds since 1970. */
export const projectCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdMs: z.number(),
  updatedMs: z.number(),
  /** A finished still or a frame, once there is one. */
  poster: assetRefSchema.nullable(),
  /** The first product's cut-out, or its photo: what there is to show before a poster is. */
  product: assetRefSchema.nullable(),
  tags: z.array(z.string()),
  ratios: z.array(z.enum(RATIOS)),
  durationFrames: z.number().int(),
  /** Of its newest run; null: none was started. */
  runState: z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled']).nullable(),
  runId: z.string().nullable(),
  runProgress: z.number().min(0).max(1).nullable(),
  variantOf: z.string().nullable(),
  isArchived: z.boolean(),
  isDeleted: z.boolean(),
});

/** One edit of a project's history. `label` is a key of the renderer's catalogue, not a sentence. */
export const editSchema = z.object({ id: z.number().int(), atMs: z.number(), label: z.string(), isUndone: z.boolean(), diff: projectDiffSchema });

/** A part of a history, newest edit last. `hasOlder`: there are edits before it. */
const historyPage = z.object({ history: z.array(editSchema), hasOlder: z.boolean() });

/** What every change of a document answers with: the number of the state that it left. */
const revision = z.number().int().min(0);

/** The projects of this machine, their documents and their histories. */
export const projects = {
  /** Searches name, brief, copy on screen and tags; every word must be found, the last one may be unfinished. */
  list: base
    .route({ method: 'GET', path: '/projects' })
    .input(
      z.object({
        query: z.string().max(200).default(''),
        show: z.enum(['active', 'archived', 'deleted']).default('active'),
        tag: z.string().max(60).optional(),
        ratio: z.enum(RATIOS).optional(),
        sort: z.enum(['updated', 'created', 'name']).default('updated'),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
        offset: z.coerce.number().int().min(0).default(0),
      }),
    )
    .output(z.object({ items: z.array(projectCardSchema), total: z.number().int() })),
  /** All tags in use, most used first. */
  tags: base.route({ method: 'GET', path: '/project-tags' }).output(z.array(z.object({ tag: z.string(), count: z.number().int() }))),
  /** The document with the newest part of its history (everything undone among it). `notice` says so when the newest state was damaged and an older one was opened. */
  open: base
    .route({ method: 'GET', path: '/projects/{projectId}' })
    .input(z.object({ projectId }))
    .output(historyPage.extend({ document: adProjectSchema, revision, notice: z.string().nullable(), card: projectCardSchema })),
  /** The part of the history before an edit, which `open` has left out because it is long. */
  history: base
    .route({ method: 'GET', path: '/projects/{projectId}/history' })
    .input(z.object({ projectId, before: z.coerce.number().int() }))
    .output(historyPage),
  /** Journals one edit and applies it. CONFLICT when `revision` is not the newest. `mergeKey`: an edit with the same key directly before is extended (a drag, typing). What was undone is dropped. */
  edit: base
    .route({ method: 'POST', path: '/projects/{projectId}/edits' })
    .input(z.object({ projectId, revision, label: z.string().max(80), mergeKey: z.string().max(120).optional(), diff: projectDiffSchema }))
    .output(z.object({ revision, editId: z.number().int() })),
  /** Takes the newest edit back that is not undone. CONFLICT as in `edit`; NOT_FOUND when there is none. */
  undo: base.route({ method: 'POST', path: '/projects/{projectId}/undo' }).input(z.object({ projectId, revision })).output(z.object({ revision, edit: editSchema })),
  /** Makes the oldest undone edit again. */
  redo: base.route({ method: 'POST', path: '/projects/{projectId}/redo' }).input(z.object({ projectId, revision })).output(z.object({ revision, edit: editSchema })),
  rename: base.route({ method: 'POST', path: '/projects/{projectId}/rename' }).input(z.object({ projectId, name: z.string().trim().min(1).max(200) })).output(done),
  setTags: base.route({ method: 'POST', path: '/projects/{projectId}/tags' }).input(z.object({ projectId, tags: z.array(z.string().trim().min(1).max(60)).max(20) })).output(done),
  duplicate: base.route({ method: 'POST', path: '/projects/{projectId}/duplicate' }).input(z.object({ projectId, name: z.string().trim().min(1).max(200).optional() })).output(z.object({ projectId: z.string() })),
  archive: base.route({ method: 'POST', path: '/project-archive' }).input(projectIds.extend({ isArchived: z.boolean() })).output(done),
  /** Into the bin; `restore` takes it out. What has been there for 30 days is removed for good by the next clean-up. */
  remove: base.route({ method: 'POST', path: '/project-bin' }).input(projectIds).output(done),
  restore: base.route({ method: 'POST', path: '/project-bin/restore' }).input(projectIds).output(done),
  /** Sibling projects that differ in one thing and say which. */
  vary: base
    .route({ method: 'POST', path: '/projects/{projectId}/vary' })
    .input(z.object({ projectId, axis: z.enum(['hook', 'copy', 'look']), count: z.number().int().min(1).max(4).default(1) }))
    .output(z.object({ projectIds: z.array(z.string()) })),
};
