import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalEntry } from '#sidecar/client/journal.ts';
import { openStudioDb } from '#engine/db/open.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { createJobJournal, jobFolder, jobKey, sweepJobs } from './job-journal.ts';

const DAY_MS = 24 * 3600 * 1000;
const stepKey = (name: string): string => Buffer.from(name.padEnd(32)).toString('hex');

let dataDir: string;
let db: StudioDb;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'adgen-jobs-'));
  db = openStudioDb(dataDir);
});
afterEach(async () => {
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

const sent = (key: string): JournalEntry => ({ key, graphHash: 'g', promptIds: ['p1', 'p2'], state: 'sent' });

/** A job with a file. */
async function addJob(step: string, part: string, updatedMs = Date.now()): Promise<string> {
  const key = jobKey(stepKey(step), part);
  await createJobJournal(db, () => updatedMs).put(sent(key));
  await addFolder(key);
  return key;
}

async function addFolder(key: string): Promise<void> {
  await mkdir(jobFolder(dataDir, key), { recursive: true });
  await writeFile(join(jobFolder(dataDir, key), 'still.png'), 'x');
}

function addStep(name: string, state: string): void {
  db.prepare<[string, string]>('INSERT INTO steps (key, kind, state, created_ms) VALUES (?, \'backdrop\', ?, 0)').run(stepKey(name), state);
}

test('an entry comes back as it was put, also after the database was opened again', async () => {
  const done: JournalEntry = { ...sent('a'), promptIds: ['p2'], state: 'done', files: [{ nodeId: 'out', kind: 'image', path: '/x/ü.png', bytes: 12 }] };
  const journal = createJobJournal(db);
  expect(await journal.get('a')).toBeUndefined();
  await journal.put(sent('a'));
  expect(await journal.get('a')).toEqual(sent('a'));
  await journal.put(done);
  await db.close();
  db = openStudioDb(dataDir);
  expect(await createJobJournal(db).get('a')).toEqual(done);
  await createJobJournal(db).put(sent('a')); // made anew: what was known of files is gone
  expect(await createJobJournal(db).get('a')).toEqual(sent('a'));
  await createJobJournal(db).remove('a');
  expect(await createJobJournal(db).get('a')).toBeUndefined();
});

test('a sweep takes what nobody needs, and nothing else', async () => {
  for (const [name, state] of [['done', 'succeeded'], ['failed', 'failed'], ['queued', 'queued'], ['running', 'running']] as const) addStep(name, state);
  const gone = [await addJob('done', 'clip'), await addJob('done', 'interpolate'), await addJob('unknown and old', 'still', Date.now() - 15 * DAY_MS)];
  const kept = [await addJob('failed', 'clip'), await addJob('queued', 'still'), await addJob('running', 'music'), await addJob('unknown', 'cutout'), await addJob('queued too', 'still', Date.now() - 13 * DAY_MS)];
  await addFolder('of-a-canceled-job');
  await sweepJobs(db);
  const journal = createJobJournal(db);
  expect(await Promise.all(gone.map(async (key) => await journal.get(key)))).toEqual(gone.map(() => undefined));
  expect((await readdir(join(dataDir, 'comfyui'))).toSorted()).toEqual(kept.toSorted());
  for (const key of kept) expect(existsSync(join(jobFolder(dataDir, key), 'still.png'))).toBe(true);
  expect((await Promise.all(kept.map(async (key) => await journal.get(key)))).every((entry) => entry?.state === 'sent')).toBe(true);
});

test('there is nothing to sweep at first', async () => {
  await sweepJobs(db);
  expect(existsSync(join(dataDir, 'comfyui'))).toBe(false);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('what cannot be removed stays known, for the next time', async () => {
  addStep('done', 'succeeded');
  const key = await addJob('done', 'clip');
  await chmod(jobFolder(dataDir, key), 0o500);
  await sweepJobs(db);
  expect(await createJobJournal(db).get(key)).toBeDefined();
  await chmod(jobFolder(dataDir, key), 0o700);
});
