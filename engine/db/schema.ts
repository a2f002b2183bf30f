/**
 * The tables of `<data>/studio.db`. Names are those of the design's vocabulary; times are milliseconds since 1970, JSON is
 * parsed where it enters the program and trusted here. Change this file together with a new migration
 * (`drizzle-kit generate`); a test compares the two.
 */
import type { SerializedError } from '#core/contract/errors.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { CollectedFile } from '#sidecar/client/collect.ts';
import type { Lane, Stage, StepOutput, StepState } from '../jobs/types.ts';
import { index, integer, primaryKey, real, sql, sqliteTable, text, uniqueIndex } from './drizzle.ts';

/** One advert; `document` is its AdProject. */
export const projects = sqliteTable(
  'projects',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    document: text('document', { mode: 'json' }).notNull(),
    createdMs: integer('created_ms').notNull(),
    updatedMs: integer('updated_ms').notNull(),
    /** Counts the states of the document: every edit, undo and redo leaves a new one. */
    revision: integer('revision').notNull().default(0),
    /** An earlier state that was whole, for when the newest cannot be read. */
    lastGood: text('last_good', { mode: 'json' }),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull().default([]),
    poster: text('poster', { mode: 'json' }).$type<AssetRef>(),
    archivedMs: integer('archived_ms'),
    deletedMs: integer('deleted_ms'),
  },
  (table) => [index('projects_by_update').on(table.updatedMs), index('projects_by_name').on(table.name), index('projects_by_creation').on(table.createdMs)],
);

/**
 * What lists show of a project, and what full-text search looks through. Derived from `projects` by triggers (migration 0004), whoever
 * writes there; nobody writes here. A row of its own, because a list must not walk through 10,000 documents.
 */
export const projectCards = sqliteTable(
  'project_cards',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The name as it is sorted. */
    nameKey: text('name_key').notNull(),
    shownIn: text('shown_in').$type<'active' | 'archived' | 'deleted'>().notNull(),
    createdMs: integer('created_ms').notNull(),
    updatedMs: integer('updated_ms').notNull(),
    durationFrames: integer('duration_frames').notNull(),
    ratios: text('ratios').notNull(),
    tags: text('tags').notNull(),
    poster: text('poster'),
    product: text('product'),
    variantOf: text('variant_of'),
    brief: text('brief').notNull(),
    copy: text('copy').notNull(),
  },
  (table) => [
    uniqueIndex('project_cards_by_project').on(table.projectId),
    index('project_cards_by_update').on(table.shownIn, table.updatedMs),
    index('project_cards_by_creation').on(table.shownIn, table.createdMs),
    index('project_cards_by_name').on(table.shownIn, table.nameKey),
  ],
);

/** The history of a document: every edit as a diff, so that undo outlives the program. Undone ones go when a new edit is made. */
export const projectEdits = sqliteTable(
  'project_edits',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    atMs: integer('at_ms').notNull(),
    label: text('label').notNull(),
    mergeKey: text('merge_key'),
    diff: text('diff', { mode: 'json' }).$type<ProjectDiff>().notNull(),
    isUndone: integer('is_undone', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [index('project_edits_by_project').on(table.projectId, table.id)],
);

/** Files that were ordered for placements. `order` is an `exportOrderSchema`; `report` is what is known after encoding; `path` is noted before the file gets that name. */
export const exportOrders = sqliteTable(
  'export_orders',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    order: text('order_data', { mode: 'json' }).notNull(),
    outDir: text('out_dir').notNull(),
    state: text('state').$type<StepState>().notNull(),
    progress: real('progress').notNull().default(0),
    runId: text('run_id').references(() => runs.id, { onDelete: 'set null' }),
    file: text('file', { mode: 'json' }).$type<AssetRef>(),
    path: text('path'),
    report: text('report', { mode: 'json' }),
    error: text('error', { mode: 'json' }).$type<SerializedError>(),
    createdMs: integer('created_ms').notNull(),
    endedMs: integer('ended_ms'),
  },
  (table) => [index('export_orders_by_creation').on(table.createdMs), index('export_orders_by_project').on(table.projectId)],
);

/** The processes that have a queue open on this data folder; a row of a dead one is what recovery starts from. */
export const processes = sqliteTable('processes', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  pid: integer('pid').notNull(),
  startToken: text('start_token').notNull(),
  startedMs: integer('started_ms').notNull(),
  heartbeatMs: integer('heartbeat_ms').notNull(),
});

/** One execution of the pipeline. `owner_*` is the process that works on it now; it may be dead. */
export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id').references(() => projects.id, { onDelete: 'set null' }),
    stage: text('stage').$type<Stage>().notNull(),
    state: text('state').$type<StepState>().notNull(),
    progress: real('progress').notNull().default(0),
    request: text('request', { mode: 'json' }).notNull(),
    outDir: text('out_dir'),
    error: text('error', { mode: 'json' }).$type<SerializedError>(),
    createdMs: integer('created_ms').notNull(),
    startedMs: integer('started_ms'),
    endedMs: integer('ended_ms'),
    ownerId: integer('owner_id'),
    ownerPid: integer('owner_pid'),
    ownerStart: text('owner_start'),
    isCancelRequested: integer('is_cancel_requested', { mode: 'boolean' }).notNull().default(false),
    /** The run's document (`run.json`), once it has ended well. */
    result: text('result', { mode: 'json' }),
    /** `film`: makes what a preview draws; lists leave it out. */
    purpose: text('purpose').$type<'advert' | 'film' | 'export'>().notNull().default('advert'),
  },
  (table) => [
    index('runs_by_creation').on(table.createdMs),
    index('runs_by_project').on(table.projectId),
    index('runs_unfinished').on(table.ownerId).where(sql`ended_ms IS NULL`),
  ],
);

/** The result of a step, shared by every run that needs the same key. */
export const steps = sqliteTable(
  'steps',
  {
    key: text('key').primaryKey(),
    kind: text('kind').notNull(),
    state: text('state').$type<StepState>().notNull(),
    /** `{artifacts, data, generated}` of a succeeded step. */
    outputs: text('outputs', { mode: 'json' }).$type<Pick<StepOutput, 'artifacts' | 'data' | 'generated'>>(),
    provider: text('provider'),
    fallback: text('fallback', { mode: 'json' }).$type<NonNullable<StepOutput['fallback']>>(),
    costUsd: real('cost_usd').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    error: text('error', { mode: 'json' }).$type<SerializedError>(),
    ownerId: integer('owner_id'),
    createdMs: integer('created_ms').notNull(),
    startedMs: integer('started_ms'),
    endedMs: integer('ended_ms'),
  },
  (table) => [index('steps_running').on(table.ownerId).where(sql`owner_id IS NOT NULL`)],
);

/** Which artifacts a step's result needs, for retention and for the check before a cache hit. */
export const stepArtifacts = sqliteTable(
  'step_artifacts',
  {
    stepKey: text('step_key')
      .notNull()
      .references(() => steps.key, { onDelete: 'cascade' }),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stepKey, table.hash] }), index('step_artifacts_by_hash').on(table.hash)],
);

/** A step as one run sees it. */
export const runSteps = sqliteTable(
  'run_steps',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    stepKey: text('step_key')
      .notNull()
      .references(() => steps.key),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    lane: text('lane').$type<Lane>().notNull(),
    state: text('state').$type<StepState>().notNull(),
    isCacheHit: integer('is_cache_hit', { mode: 'boolean' }).notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    progress: real('progress').notNull().default(0),
    note: text('note'),
    weight: real('weight').notNull().default(1),
    startedMs: integer('started_ms'),
    endedMs: integer('ended_ms'),
    deps: text('deps', { mode: 'json' }).$type<string[]>().notNull(),
    params: text('params', { mode: 'json' }),
    error: text('error', { mode: 'json' }).$type<SerializedError>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.stepKey] }), index('run_steps_by_key').on(table.stepKey)],
);

/** What happened in a run, in order; a subscriber continues after the last id it saw. */
export const runEvents = sqliteTable(
  'run_events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    atMs: integer('at_ms').notNull(),
    type: text('type').notNull(),
    payload: text('payload', { mode: 'json' }).notNull(),
  },
  (table) => [index('run_events_by_run').on(table.runId, table.id)],
);

/** Leases on the places of a lane; the lanes belong to the machine, not to one process. */
export const laneSlots = sqliteTable(
  'lane_slots',
  {
    lane: text('lane').$type<Lane>().notNull(),
    slot: integer('slot').notNull(),
    ownerId: integer('owner_id').notNull(),
    acquiredMs: integer('acquired_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lane, table.slot] })],
);

/** Processes that have work for a lane and no place in it. */
export const laneWaiters = sqliteTable(
  'lane_waiters',
  {
    lane: text('lane').$type<Lane>().notNull(),
    ownerId: integer('owner_id').notNull(),
    sinceMs: integer('since_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lane, table.ownerId] })],
);

/** Reusable looks; `document` is a BrandKit. */
export const brandKits = sqliteTable('brand_kits', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  document: text('document', { mode: 'json' }).notNull(),
  createdMs: integer('created_ms').notNull(),
  updatedMs: integer('updated_ms').notNull(),
});

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value', { mode: 'json' }).notNull(),
  updatedMs: integer('updated_ms').notNull(),
});

/**
 * Jobs that were sent to a ComfyUI, written down before they are sent (DESIGN §4): what the client of the server needs to find a job again
 * after any crash. `key` begins with the key of the step that the job is for.
 */
export const comfyJobs = sqliteTable('comfy_jobs', {
  key: text('key').primaryKey(),
  graphHash: text('graph_hash').notNull(),
  promptIds: text('prompt_ids', { mode: 'json' }).$type<[string, ...string[]]>().notNull(),
  state: text('state').$type<'sent' | 'done'>().notNull(),
  files: text('files', { mode: 'json' }).$type<CollectedFile[]>(),
  updatedMs: integer('updated_ms').notNull(),
});

/** How long jobs took on the user's own machine: what forecasts are made from. `size` is in units of the capability, see `generation-history.ts`. */
export const generations = sqliteTable(
  'generations',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    atMs: integer('at_ms').notNull(),
    workflowHash: text('workflow_hash').notNull(),
    device: text('device').notNull(),
    size: real('size').notNull(),
    seconds: real('seconds').notNull(),
  },
  (table) => [index('generations_by_workflow').on(table.workflowHash, table.device, table.id)],
);
