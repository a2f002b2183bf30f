/** What is known about an unfinished file from one run of the program to the next, and whether it may be gone on with. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DownloadRequest } from './types.ts';

const journalSchema = z.object({
  version: z.literal(1),
  url: z.string(),
  sha256: z.string().optional(),
  /** Entity tag or date of the server's file. */
  validator: z.string().optional(),
  totalBytes: z.number().int().nonnegative().optional(),
  /** So many bytes survive a power cut; what lies behind them in the part is not trusted. */
  syncedBytes: z.number().int().nonnegative(),
});
export type Journal = z.infer<typeof journalSchema>;

export interface PartPaths {
  readonly part: string;
  readonly journal: string;
  readonly lock: string;
}

type Source = Pick<DownloadRequest, 'url' | 'sha256' | 'partsDir'>;

/** Named by content where that is known, so that another mirror goes on with the same part. */
export function partPathsOf({ url, sha256, partsDir }: Source): PartPaths {
  const base = join(partsDir, sha256 ?? createHash('sha256').update(url).digest('hex'));
  return { part: `${base}.part`, journal: `${base}.json`, lock: `${base}.lock` };
}

export async function readJournal(path: string): Promise<Journal | undefined> {
  try {
    return journalSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined; // none, or not ours: the download starts anew
  }
}

/** From which byte on the rest may be fetched. Without a hash only the server can say that it is still the same file. */
export function resumePosition(journal: Journal | undefined, wanted: Pick<DownloadRequest, 'url' | 'sha256' | 'bytes'>, partBytes: number): number {
  if (journal === undefined) return 0;
  const isSame = wanted.sha256 === undefined ? journal.url === wanted.url && journal.validator !== undefined : journal.sha256 === wanted.sha256;
  const position = Math.min(journal.syncedBytes, partBytes);
  return isSame && position <= (wanted.bytes ?? Infinity) ? position : 0;
}
