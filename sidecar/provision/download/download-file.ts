/**
 * One file from the network to its place: resumed after whatever stopped it, hashed as it streams, and under its name only when it is
 * whole and right. One process at a time; nothing is fetched that is already there.
 */
import { rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { provisionReasonOf } from '../failures.ts';
import { makeFolder } from '../make-folder.ts';
import { withProcessLock } from '../process-lock.ts';
import { toDiskError } from '../space.ts';
import { fetchPart } from './fetch-part.ts';
import { hashFile } from './hash-file.ts';
import { partPathsOf, readJournal, resumePosition } from './journal.ts';
import type { PartPaths } from './journal.ts';
import { openPartFile } from './part-file.ts';
import type { PartFile } from './part-file.ts';
import { publish } from './publish.ts';
import type { DownloadRequest, DownloadResult } from './types.ts';

const SYNC_EVERY_MS = 2000;

/**
 * Throws DISK_FULL, READ_ONLY and BAD_INPUT for the disk, CONFLICT when another process is at it, PROVIDER_UNAVAILABLE and
 * PROVIDER_REJECTED for the network (`data.reason`: NET_…), AbortError, and what `verify` throws. The bytes so far are kept and the
 * next call goes on with them, except after NET_HASH and what `verify` throws.
 */
export async function downloadFile(request: DownloadRequest): Promise<DownloadResult> {
  const { destination, partsDir, signal } = request;
  signal.throwIfAborted();
  await makeFolder(partsDir);
  await makeFolder(dirname(destination));
  const paths = partPathsOf(request);
  const fetchIfMissing = async (): Promise<DownloadResult> => (await findFinished(request)) ?? (await fetchToPlace(request, paths));
  try {
    return await withProcessLock(paths.lock, { what: `${destination} is being downloaded` }, fetchIfMissing);
  } catch (error) {
    throw toDiskError(error, partsDir);
  }
}

/** The file at its destination, if it is surely the wanted one. */
async function findFinished({ destination, sha256, bytes, signal }: DownloadRequest): Promise<DownloadResult | undefined> {
  if (sha256 === undefined) return undefined;
  const found = await stat(destination).catch(() => undefined); // missing: the usual case
  if (found === undefined || !found.isFile() || (bytes !== undefined && found.size !== bytes)) return undefined;
  return (await hashFile(destination, signal)) === sha256 ? { sha256, bytes: found.size, resumedFrom: found.size } : undefined;
}

async function fetchToPlace(request: DownloadRequest, paths: PartPaths): Promise<DownloadResult> {
  const { part, resumedFrom } = await openPart(request, paths);
  let sha256: string;
  try {
    sha256 = await fetchPart(request, part);
  } catch (error) {
    await part.close();
    if (part.position === 0 || provisionReasonOf(error) === 'NET_HASH') await forget(paths);
    throw error;
  }
  await part.close();
  await verifyPart(request, paths);
  await publish(paths.part, request.destination);
  await forget(paths);
  return { sha256, bytes: part.position, resumedFrom };
}

async function openPart(request: DownloadRequest, paths: PartPaths): Promise<{ part: PartFile; resumedFrom: number }> {
  const { url, sha256, syncEveryMs = SYNC_EVERY_MS, signal } = request;
  const found = await readJournal(paths.journal);
  const size = (await stat(paths.part).catch(() => undefined))?.size ?? 0; // no part yet
  const resumedFrom = resumePosition(found, request, size);
  // What another address said about the file is not asked of this one.
  const known = resumedFrom > 0 && found?.url === url ? { validator: found.validator, totalBytes: found.totalBytes } : {};
  const part = await openPartFile({ paths, journal: { version: 1, url, sha256, ...known, syncedBytes: resumedFrom }, position: resumedFrom, syncEveryMs, signal });
  return { part, resumedFrom };
}

async function verifyPart({ verify, signal }: DownloadRequest, paths: PartPaths): Promise<void> {
  try {
    await verify?.(paths.part);
  } catch (error) {
    signal.throwIfAborted();
    await forget(paths);
    throw error;
  }
}

async function forget({ part, journal }: PartPaths): Promise<void> {
  await Promise.all([rm(part, { force: true }), rm(journal, { force: true })]);
}
