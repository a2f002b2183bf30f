/** Fills a part until it is whole and right: try after try, each going on where the one before stopped. */
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { provisionError, provisionReasonOf } from '../failures.ts';
import { isSameVolume, requireSpace } from '../space.ts';
import { judgeResponse, otherSize } from './judge-response.ts';
import type { Asked } from './judge-response.ts';
import type { PartFile } from './part-file.ts';
import { createRateMeter } from './rate.ts';
import { receive } from './receive.ts';
import { openUrl } from './request.ts';
import type { Opened } from './request.ts';
import { pauseBeforeRetry } from './retry.ts';
import type { DownloadRequest } from './types.ts';

const STALL_MS = 30_000;
const TRIES = 5;
const RETRY_FIRST_MS = 1000;
const SPACE_EVERY_BYTES = 500 * 1000 ** 2;
const PROGRESS_EVERY_MS = 100;
/** So often a file may arrive damaged before it is an error. */
const MOST_DAMAGED = 2;

/** Gives the file's hash. Throws NET_*, DISK_FULL, AbortError, and what the disk says. */
export async function fetchPart(request: DownloadRequest, part: PartFile): Promise<string> {
  const tell = createTeller(request, part);
  for (let damaged = 1; ; damaged += 1) {
    try {
      await fetchAll(request, part, tell);
      const sha256 = await part.finish();
      checkWhole(request, part, sha256);
      tell(true);
      return sha256;
    } catch (error) {
      if (provisionReasonOf(error) !== 'NET_HASH' || damaged === MOST_DAMAGED) throw error;
      await part.restart({});
    }
  }
}

async function fetchAll(request: DownloadRequest, part: PartFile, tell: (isLast: boolean) => void): Promise<void> {
  const { signal, network = {}, bytes } = request;
  const rules = { tries: network.tries ?? TRIES, retryFirstMs: network.retryFirstMs ?? RETRY_FIRST_MS };
  let furthest = part.position;
  for (let failures = 0; part.position === 0 || part.position !== (bytes ?? part.journal.totalBytes); ) {
    try {
      return await fetchOnce(request, part, tell);
    } catch (error) {
      signal.throwIfAborted();
      failures = part.position > furthest ? 0 : failures + 1;
      furthest = Math.max(furthest, part.position);
      const pauseMs = pauseBeforeRetry(error, failures, rules);
      if (pauseMs === undefined) throw error;
      await delay(pauseMs, undefined, { signal });
    }
  }
}

/** One connection, or a second one when the first shows that what is here is of no use. */
async function fetchOnce(request: DownloadRequest, part: PartFile, tell: (isLast: boolean) => void): Promise<void> {
  const { opened, asked } = await ask(request, part);
  const { response } = opened;
  const judgement = judgeResponse(asked, { status: response.statusCode ?? 0, headers: response.headers, nowMs: Date.now() });
  if (judgement.kind === 'append' || judgement.kind === 'anew') {
    if (judgement.kind === 'anew') await part.restart(judgement);
    else if (judgement.totalBytes !== undefined) part.learn({ totalBytes: judgement.totalBytes });
    return await takeBody(request, part, opened, tell);
  }
  response.destroy();
  if (judgement.kind === 'fail') throw judgement.error;
  if (judgement.kind === 'complete') return part.learn({ totalBytes: part.position });
  await part.restart({});
  await fetchOnce(request, part, tell); // from zero, where no answer leads here again
}

async function ask(request: DownloadRequest, part: PartFile): Promise<{ opened: Opened; asked: Asked }> {
  const { url, headers: secretHeaders = {}, network = {}, signal, sha256, bytes, destination } = request;
  const { position, journal: { validator, totalBytes } } = part;
  const headers = {
    'accept': '*/*', 'accept-encoding': 'identity', 'user-agent': 'adgen-studio',
    ...(position === 0 ? {} : { range: `bytes=${position}-`, ...(validator === undefined ? {} : { 'if-range': validator }) }),
  };
  const opened = await openUrl({ url, headers, secretHeaders, network, stallMs: network.stallMs ?? STALL_MS, signal });
  const isPageExpected = sha256 === undefined && !destination.endsWith('.safetensors');
  return { opened, asked: { host: opened.route.host, file: basename(destination), position, validator, bytes, totalBytes, isPageExpected } };
}

async function takeBody(request: DownloadRequest, part: PartFile, { response, route, direct }: Opened, tell: (isLast: boolean) => void): Promise<void> {
  const { bytes, network = {}, signal, spaceEveryBytes = SPACE_EVERY_BYTES } = request;
  let nextCheck = part.position + spaceEveryBytes;
  try {
    await checkSpace(request, part);
  } catch (error) {
    response.destroy();
    throw error;
  }
  await receive({
    response, route, direct, part, signal, stallMs: network.stallMs ?? STALL_MS, mostBytes: bytes ?? part.journal.totalBytes ?? Infinity,
    onBytes() {
      tell(false);
      if (part.position < nextCheck) return undefined;
      nextCheck = part.position + spaceEveryBytes;
      return checkSpace(request, part);
    },
  });
  part.learn({ totalBytes: part.position });
}

/** Where nobody has said how long the file is, there has to be room for the stretch until the next look. */
async function checkSpace({ partsDir, destination, bytes, reserveBytes }: DownloadRequest, part: PartFile): Promise<void> {
  const totalBytes = bytes ?? part.journal.totalBytes ?? part.position + SPACE_EVERY_BYTES;
  const needs = [{ path: partsDir, bytes: totalBytes - part.position }, ...((await isSameVolume(partsDir, destination)) ? [] : [{ path: destination, bytes: totalBytes }])];
  await requireSpace(needs, { reserveBytes });
}

function checkWhole({ url, destination, bytes, sha256 }: DownloadRequest, part: PartFile, found: string): void {
  const { host } = new URL(url);
  const file = basename(destination);
  if (bytes !== undefined && part.position !== bytes) throw otherSize({ host, file, bytes }, part.position);
  if (sha256 !== undefined && found !== sha256) throw provisionError('NET_HASH', `${file} arrived damaged from ${host}: its SHA-256 is not the known one.`, { data: { host, sha256: found, wantedSha256: sha256 } });
}

/** Tells the progress, not more often than somebody can read it. */
function createTeller({ onProgress, bytes }: DownloadRequest, part: PartFile): (isLast: boolean) => void {
  const rate = createRateMeter(performance.now());
  let [toldMs, toldBytes] = [-Infinity, part.position];
  return (isLast) => {
    const nowMs = performance.now();
    if (onProgress === undefined || (!isLast && nowMs - toldMs < PROGRESS_EVERY_MS)) return;
    rate.add(Math.max(0, part.position - toldBytes), nowMs);
    [toldMs, toldBytes] = [nowMs, part.position];
    const totalBytes = bytes ?? part.journal.totalBytes;
    onProgress({ receivedBytes: part.position, ...(totalBytes === undefined ? {} : { totalBytes }), bytesPerSecond: rate.bytesPerSecond(nowMs) });
  };
}
