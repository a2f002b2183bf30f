/**
 * `run.json`: the engine that runs, for the next start of the program. It should be gone by then, because it hangs on our stdin;
 * if it is not, it is ended, but only when pid, start time and nonce all say that it is the same one. While the program that
 * started it lives, it is left alone.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createEngineHttp } from './engine-http.ts';
import { killTree, membersOf, startTokenOf } from './process-tree.ts';
import { engineInUse, type Problem } from './problems.ts';

const runRecordSchema = z.object({
  pid: z.number().int().positive(),
  startToken: z.string(),
  run: z.string().min(1),
  engineId: z.string(),
  port: z.number().int().optional(),
  /** Old versions cannot show `run` to a client that asks who they are. */
  showsRun: z.boolean().optional(),
  hostPid: z.number().int().positive(),
  hostStartToken: z.string(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

const pathOf = (folder: string): string => join(folder, 'run.json');

export function writeRunRecord(folder: string, record: Omit<RunRecord, 'hostPid' | 'hostStartToken'>): void {
  const whole: RunRecord = { ...record, hostPid: process.pid, hostStartToken: startTokenOf(process.pid) };
  writeFileSync(`${pathOf(folder)}.tmp`, JSON.stringify(whole));
  renameSync(`${pathOf(folder)}.tmp`, pathOf(folder));
}

export function readRunRecord(folder: string): RunRecord | undefined {
  try {
    return runRecordSchema.safeParse(JSON.parse(readFileSync(pathOf(folder), 'utf8'))).data;
  } catch {
    return undefined; // none, or half of one
  }
}

/** Only our own: another host's record is not ours to remove. */
export function removeRunRecord(folder: string, run: string): void {
  if (readRunRecord(folder)?.run === run) rmSync(pathOf(folder), { force: true });
}

/** Before a start: ends what a killed host has left. Returns a problem when the engine belongs to a host that lives. */
export async function reapLeftover(folder: string, httpMs: number): Promise<Problem | undefined> {
  const record = readRunRecord(folder);
  if (record === undefined) return undefined;
  const isOwn = record.hostPid === process.pid;
  const isSame = isSameProcess(record.pid, record.startToken);
  if (!isOwn && isSame && isSameProcess(record.hostPid, record.hostStartToken)) return engineInUse(record.hostPid);
  if (isSame && record.port !== undefined && (await createEngineHttp({ run: record.run, httpMs, objectInfoMs: httpMs }).identity(record.port)) === 'ours') killTree(record);
  if (membersOf(record).length === 0 || !isSame) rmSync(pathOf(folder), { force: true });
  return undefined;
}

const isSameProcess = (pid: number, startToken: string): boolean => startToken !== '' && startTokenOf(pid) === startToken;
