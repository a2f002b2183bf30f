/** Brings a finished file here: over https only, without the key, under a limit of size and time. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { AdgenError } from '#core/contract/errors.ts';
import { isLoopbackHost } from '#core/lib/loopback.ts';
import { mapError } from './map-error.ts';

const MOST_BYTES = 300_000_000;
const PATIENCE_MS = 180_000;

/** The file is at `path`, whole; after any error nothing is there. Flushing is the artifact store's. */
export async function fetchOutput(url: string, path: string, signal: AbortSignal): Promise<void> {
  checkAddress(url);
  const limit = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, limit]) });
    checkAddress(response.url);
    if (!response.ok || !response.body) throw new AdgenError('PROVIDER_UNAVAILABLE', `Replicate does not hand out the finished file (${response.status}).`, { isTransient: true });
    await pipeline(Readable.fromWeb(response.body as ReadableStream), atMost(MOST_BYTES), createWriteStream(path), { signal: AbortSignal.any([signal, limit]) });
  } catch (error) {
    await rm(path, { force: true });
    signal.throwIfAborted();
    if (limit.aborted) throw new AdgenError('PROVIDER_UNAVAILABLE', `The finished file did not come from Replicate within ${PATIENCE_MS / 1000} s.`, { isTransient: true });
    throw isDiskError(error) ? error : mapError(error, 'fetching the finished file');
  }
}

/** Plain http only from this machine, as in a test. */
function checkAddress(text: string): void {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))) return;
  throw new AdgenError('PROVIDER_REJECTED', 'Replicate named a file that is not at an https address; it was not fetched.');
}

function atMost(limit: number) {
  return async function* measured(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > limit) throw new AdgenError('PROVIDER_REJECTED', `The file from Replicate is larger than ${limit / 1e6} MB; it was not kept.`);
      yield chunk;
    }
  };
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
