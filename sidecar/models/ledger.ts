/**
 * `.adgen-models.json` in the models folder: which hash a file had when it came here. For models whose publisher's hash is not known,
 * this is what later damage is measured by.
 */
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { writeJsonDurably } from '#sidecar/provision/durable-json.ts';
import { makeFolder } from '#sidecar/provision/make-folder.ts';
import { withProcessLock } from '#sidecar/provision/process-lock.ts';
import { withDiskErrors } from '#sidecar/provision/space.ts';

const entrySchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  how: z.enum(['download', 'import', 'verify']),
  recordedMs: z.number().int().nonnegative(),
});
export type LedgerEntry = z.infer<typeof entrySchema>;

const ledgerSchema = z.object({ version: z.literal(1), files: z.record(z.string(), entrySchema) });

const LOCK_WAIT_MS = 30_000;

const pathOf = (modelsDir: string): string => join(modelsDir, '.adgen-models.json');

/** What is recorded for a file; undefined when nothing is, or the ledger cannot be read. */
export async function readLedger(modelsDir: string, path: string): Promise<LedgerEntry | undefined> {
  return (await readAll(modelsDir))[keyOf(modelsDir, path)];
}

/** Throws DISK_FULL, READ_ONLY, CONFLICT. */
export async function recordInLedger(modelsDir: string, path: string, entry: Omit<LedgerEntry, 'recordedMs'>): Promise<void> {
  await makeFolder(modelsDir);
  await withDiskErrors(modelsDir, () => withProcessLock(join(modelsDir, '.adgen-models.lock'), { what: `${pathOf(modelsDir)} is being written`, waitMs: LOCK_WAIT_MS }, async () => {
    const files = { ...(await readAll(modelsDir)), [keyOf(modelsDir, path)]: { ...entry, recordedMs: Date.now() } };
    await writeJsonDurably(pathOf(modelsDir), { version: 1, files });
  }));
}

async function readAll(modelsDir: string): Promise<Readonly<Record<string, LedgerEntry>>> {
  try {
    return ledgerSchema.parse(JSON.parse(await readFile(pathOf(modelsDir), 'utf8'))).files;
  } catch {
    return {}; // none yet, or damaged: hashes are recorded anew as files are verified
  }
}

/** Relative to the models folder, with forward slashes, so that the folder can be moved; absolute for files elsewhere. */
function keyOf(modelsDir: string, path: string): string {
  const inside = relative(modelsDir, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.replaceAll('\\', '/');
}
