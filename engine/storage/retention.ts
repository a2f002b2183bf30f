/**
 * What may go: `adgen clean`. Projects that have been in the bin for a month go for good. Artifacts are kept that any other project
 * needs (its takes, its last good state and what can still be undone among them), any brand kit or ordered export, every run that has not
 * ended (an interrupted one may be resumed), runs that ended lately, and whatever was stored in the last hour, because a running
 * step puts its results into the store before it writes them down. Delivered files are copies and lie elsewhere. History
 * stays; a step whose artifacts are gone is made again when it is needed.
 */
import { rm } from 'node:fs/promises';
import { isNotNull, isNull } from '../db/drizzle.ts';
import type { StudioDb } from '../db/open.ts';
import { runs } from '../db/schema.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { collectAssetHashes } from './asset-hashes.ts';
import { listDeadTempFiles } from './temp-files.ts';

export interface RetentionItem {
  readonly kind: 'artifact' | 'temp';
  readonly path: string;
  readonly sizeBytes: number;
  /** Artifacts only. */
  readonly hash?: string;
}

export interface RetentionPlan {
  readonly items: readonly RetentionItem[];
  readonly bytes: number;
  /** Ids of projects in the bin whose time is over. */
  readonly projects: readonly string[];
}

export interface RetentionOptions {
  readonly db: StudioDb;
  readonly store: ArtifactStore;
  /** Runs that ended longer ago keep nothing of their own. */
  readonly maxAgeDays: number;
  /** The newest finished runs may keep this much together; default: no limit. */
  readonly maxBytes?: number;
  readonly nowMs?: number;
}

const DAY_MS = 24 * 60 * 60_000;
const GRACE_MS = 60 * 60_000;
/** So long a project in the bin can be taken out again. */
const BIN_DAYS = 30;
/** Files removed per look at what is needed: the database is locked meanwhile. */
const BATCH = 50;

/** What would be removed, and how many bytes that gives back. Changes nothing. */
export async function planRetention(options: RetentionOptions): Promise<RetentionPlan> {
  const { store, nowMs = Date.now() } = options;
  const sizes = new Map<string, number>();
  const young = new Set<string>();
  for await (const { hash, sizeBytes, modifiedMs } of store.list()) {
    sizes.set(hash, sizeBytes);
    if (nowMs - modifiedMs < GRACE_MS) young.add(hash);
  }
  const expired = listExpired(options.db, nowMs);
  const kept = listKept(options, sizes, expired);
  const artifacts = [...sizes].filter(([hash]) => !kept.has(hash) && !young.has(hash));
  const items: RetentionItem[] = [
    ...artifacts.map(([hash, sizeBytes]) => ({ kind: 'artifact' as const, path: store.pathOf(hash), sizeBytes, hash })),
    ...listDeadTempFiles(store.dataDir).map((file) => ({ kind: 'temp' as const, ...file })),
  ];
  return { items, bytes: sumBytes(items), projects: expired };
}

/**
 * Removes what the plan lists, except what a run has begun to need since: that is looked up again, batch by batch, under the
 * database's write lock. Returns what was removed.
 */
export async function applyRetention(plan: RetentionPlan, { db, store }: Pick<RetentionOptions, 'db' | 'store'>): Promise<RetentionPlan> {
  const removed: RetentionItem[] = [];
  const projects = removeExpired(db, plan.projects);
  const artifacts = plan.items.filter((item) => item.hash !== undefined);
  for (let at = 0; at < artifacts.length; at += BATCH) {
    db.transaction(() => {
      const needed = listUntouchable(db);
      for (const item of artifacts.slice(at, at + BATCH)) {
        if (item.hash === undefined || needed.has(item.hash)) continue;
        store.removeNow(item.hash);
        removed.push(item);
      }
    });
  }
  for (const item of plan.items.filter(({ kind }) => kind === 'temp')) {
    await rm(item.path, { recursive: true, force: true });
    removed.push(item);
  }
  return { items: removed, bytes: sumBytes(removed), projects };
}

function sumBytes(items: readonly RetentionItem[]): number {
  return items.reduce((sum, item) => sum + item.sizeBytes, 0);
}

function listExpired(db: StudioDb, nowMs: number): string[] {
  return db.prepare<[number]>('SELECT id FROM projects WHERE deleted_ms < ?').pluck().all(nowMs - BIN_DAYS * DAY_MS) as string[];
}

/** One that was taken out of the bin since the plan was made stays. */
function removeExpired(db: StudioDb, ids: readonly string[]): string[] {
  const remove = db.prepare<[string]>('DELETE FROM projects WHERE id = ? AND deleted_ms IS NOT NULL');
  return db.transaction(() => ids.filter((id) => remove.run(id).changes > 0));
}

function listKept({ db, maxAgeDays, maxBytes = Infinity, nowMs = Date.now() }: RetentionOptions, sizes: ReadonlyMap<string, number>, expired: readonly string[]): Set<string> {
  const kept = listUntouchable(db, expired);
  const ended = db.orm.select({ id: runs.id, endedMs: runs.endedMs, request: runs.request }).from(runs).where(isNotNull(runs.endedMs)).all();
  ended.sort((a, b) => (b.endedMs ?? 0) - (a.endedMs ?? 0));
  let bytes = 0;
  for (const run of ended) {
    if (nowMs - (run.endedMs ?? 0) >= maxAgeDays * DAY_MS) break;
    const added = [...listRunHashes(db, run)].filter((hash) => !kept.has(hash));
    bytes += added.reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0);
    if (bytes > maxBytes) break;
    for (const hash of added) kept.add(hash);
  }
  return kept;
}

/** Everything that names artifacts that are needed whatever their age, as JSON text. `without`: ids of projects that do not count. */
const NEEDED = `
  SELECT document AS text FROM projects WHERE id NOT IN (SELECT value FROM json_each(@without))
  UNION ALL SELECT last_good FROM projects WHERE last_good IS NOT NULL AND id NOT IN (SELECT value FROM json_each(@without))
  UNION ALL SELECT poster FROM projects WHERE poster IS NOT NULL AND id NOT IN (SELECT value FROM json_each(@without))
  UNION ALL SELECT diff FROM project_edits WHERE project_id NOT IN (SELECT value FROM json_each(@without))
  UNION ALL SELECT coalesce(file, '') || order_data || coalesce(report, '') FROM export_orders WHERE project_id NOT IN (SELECT value FROM json_each(@without))
  UNION ALL SELECT document FROM brand_kits`;

/** Read from the text as it is: a damaged document still needs what it names. */
function listUntouchable(db: StudioDb, without: readonly string[] = []): Set<string> {
  const hashes = new Set<string>();
  for (const text of db.prepare<[{ without: string }]>(NEEDED).pluck().iterate({ without: JSON.stringify(without) }) as IterableIterator<string>) {
    for (const [, hash] of text.matchAll(/"hash":\s*"([0-9a-f]{64})"/g)) if (hash) hashes.add(hash);
  }
  for (const run of db.orm.select({ id: runs.id, request: runs.request }).from(runs).where(isNull(runs.endedMs)).all()) {
    for (const hash of listRunHashes(db, run)) hashes.add(hash);
  }
  return hashes;
}

/** What a run was given and what its steps have left. */
function listRunHashes(db: StudioDb, { id, request }: { id: string; request: unknown }): Set<string> {
  const hashes = collectAssetHashes(request);
  const statement = db.prepare<[string], { hash: string }>(
    'SELECT step_artifacts.hash AS hash FROM run_steps JOIN step_artifacts ON step_artifacts.step_key = run_steps.step_key WHERE run_steps.run_id = ?',
  );
  for (const { hash } of statement.all(id)) hashes.add(hash);
  return hashes;
}
