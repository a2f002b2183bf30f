/**
 * The client's journal in the studio's database: a job is written down before it is sent, so that after any crash it is looked up
 * instead of being made twice. An entry stays until the step that it was for has succeeded; then `sweepJobs` removes it and its files.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobJournal } from '#sidecar/client/journal.ts';
import { eq, sql } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { comfyJobs } from '#engine/db/schema.ts';

/** Of a SHA-256 in hexadecimal. */
const STEP_KEY_LENGTH = 64;

/** `<step key>-<part>`: the part tells several jobs of one step apart. */
export function jobKey(stepKey: string, part: string): string {
  return `${stepKey}-${part}`;
}

/** Where the files of a step's jobs wait until they are in the artifact store. */
export function jobFolder(dataDir: string, key: string): string {
  return join(dataDir, 'comfyui', key);
}

export function createJobJournal(db: StudioDb, now: () => number = Date.now): JobJournal {
  return {
    async get(key) {
      const row = db.orm.select().from(comfyJobs).where(eq(comfyJobs.key, key)).get();
      return row && { key, graphHash: row.graphHash, promptIds: row.promptIds, state: row.state, ...(row.files ? { files: row.files } : {}) };
    },
    async put({ key, graphHash, promptIds, state, files }) {
      const content = { graphHash, promptIds: [...promptIds] as [string, ...string[]], state, files: files ? [...files] : null, updatedMs: now() };
      db.orm.insert(comfyJobs).values({ key, ...content }).onConflictDoUpdate({ target: comfyJobs.key, set: content }).run();
    },
    async remove(key) {
      db.orm.delete(comfyJobs).where(eq(comfyJobs.key, key)).run();
    },
  };
}

/** Files of jobs of long ago that no step came back for. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/**
 * Forgets jobs whose step has succeeded, or that nobody has asked for in two weeks, and removes their files. Other processes may be at work
 * on the same data folder. A file that cannot be removed now is tried again the next time.
 */
export async function sweepJobs(db: StudioDb, now: () => number = Date.now): Promise<void> {
  const done = db.orm.select({ key: comfyJobs.key }).from(comfyJobs)
    .where(sql`${comfyJobs.updatedMs} < ${now() - KEPT_MS} OR EXISTS (SELECT 1 FROM steps WHERE steps.key = substr(${comfyJobs.key}, 1, ${STEP_KEY_LENGTH}) AND steps.state = 'succeeded')`).all();
  for (const { key } of done) if (await isRemoved(jobFolder(db.dataDir, key))) db.orm.delete(comfyJobs).where(eq(comfyJobs.key, key)).run();
  await removeOrphanedFolders(db);
}

/** A folder without an entry: its job was canceled or failed. A job has its entry before its folder, so folders are listed first. */
async function removeOrphanedFolders(db: StudioDb): Promise<void> {
  const root = join(db.dataDir, 'comfyui');
  const names = await readdir(root).catch(() => []); // nothing was ever made
  const known = new Set(db.orm.select({ key: comfyJobs.key }).from(comfyJobs).all().map(({ key }) => key));
  for (const name of names) if (!known.has(name)) await isRemoved(join(root, name));
}

async function isRemoved(folder: string): Promise<boolean> {
  return await rm(folder, { recursive: true, force: true }).then(() => true, () => false);
}
