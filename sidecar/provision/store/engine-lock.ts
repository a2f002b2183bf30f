/**
 * `engine.lock.json`: what one engine is and every file of it. Written last, so a folder without it is no engine but the remains of
 * an installation; an engine is made in the place where it stays, because a Python environment holds its own path.
 */
import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { PLATFORMS, VARIANTS } from '../types.ts';
import type { InstalledEngine } from '../types.ts';
import { readJson, writeText } from './durable-text.ts';
import { listedFileSchema, listedLinkSchema } from './file-list.ts';
import { enginePaths } from './store-paths.ts';
import type { StorePaths } from './store-paths.ts';

export const selfTestSchema = z.object({
  outcome: z.enum(['ok', 'cpu-only', 'inconclusive']),
  device: z.string().optional(),
  torch: z.string().optional(),
  memoryFreeBytes: z.number().optional(),
  detail: z.string(),
});

/** Names of folders, so nothing that could lead elsewhere. */
export const engineIdSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/);

const engineLockSchema = z.object({
  version: z.literal(1),
  id: engineIdSchema,
  /** Where it was made; an engine that was moved has to be repaired. */
  folder: z.string(),
  comfyVersion: z.string(),
  /** Tells which pinned release and which packages it was made of. */
  fingerprint: z.string(),
  variant: z.enum(VARIANTS),
  platform: z.enum(PLATFORMS),
  installedMs: z.number(),
  selfTest: selfTestSchema,
  /** Options that its `main.py --help` lists. */
  knownFlags: z.array(z.string()).readonly(),
  files: z.array(listedFileSchema).readonly(),
  links: z.array(listedLinkSchema).readonly(),
});
export type EngineLock = z.infer<typeof engineLockSchema>;

export const readEngineLock = (path: string): Promise<EngineLock | undefined> => readJson(path, engineLockSchema);

/** One line per file, so that it can be read and compared by eye. */
export async function writeEngineLock(path: string, lock: EngineLock): Promise<void> {
  const { files, links, ...facts } = lock;
  const rows = (items: readonly unknown[]): string => items.map((item) => `\n  ${JSON.stringify(item)}`).join(',');
  await writeText(path, `${JSON.stringify(facts, null, 1).slice(0, -2)},\n "files": [${rows(files)}\n ],\n "links": [${rows(links)}\n ]\n}\n`);
}

export const bytesOf = (lock: EngineLock): number => lock.files.reduce((sum, { bytes }) => sum + bytes, 0);

export function toInstalled(lock: EngineLock, folder: string): InstalledEngine {
  const { id, comfyVersion, variant, platform, installedMs, selfTest } = lock;
  return { id, folder, comfyVersion, variant, platform, installedMs, bytes: bytesOf(lock), selfTest };
}

/** Ids of all folders that could be engines, whole or not, sorted. */
export async function engineIds(paths: StorePaths): Promise<string[]> {
  const entries = await readdir(paths.engines, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []; // nothing was ever installed
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory() && engineIdSchema.safeParse(entry.name).success).map(({ name }) => name).sort();
}

/** The engines that are whole. */
export async function readEngines(paths: StorePaths): Promise<{ readonly lock: EngineLock; readonly folder: string }[]> {
  const engines = [];
  for (const id of await engineIds(paths)) {
    const { folder, lock } = enginePaths(paths, id);
    const read = await readEngineLock(lock);
    if (read !== undefined && read.id === id) engines.push({ lock: read, folder });
  }
  return engines;
}
