/** Takes the bytes of an upload to a scratch file, within the limit of their purpose, and hands the file on to be checked and kept. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { formatSize } from '#core/placements/preflight/figures.ts';
import { MEDIA_PURPOSES } from '#core/contract/media.ts';
import type { Services } from '#engine/pipeline/services.ts';
import { toDiskError } from '../storage/disk-errors.ts';
import { safeFileName } from '../storage/file-names.ts';
import { LIMITS, takeIn } from './take-in.ts';
import type { Media, Purpose } from './take-in.ts';

const querySchema = z.object({ purpose: z.enum(MEDIA_PURPOSES), name: z.string().max(1000).default('') });

/** Throws BAD_INPUT, DISK_FULL or READ_ONLY; nothing is left behind then, nor when the client hangs up. */
export async function receiveUpload(request: IncomingMessage, services: Services): Promise<Media> {
  const query = querySchema.safeParse(Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams));
  if (!query.success) throw new AdgenError('BAD_INPUT', `An upload says what it is for: purpose is one of ${MEDIA_PURPOSES.join(', ')}.`);
  const { purpose } = query.data;
  const name = safeFileName(query.data.name.slice(-255), 'file');
  assertSize(Number(request.headers['content-length'] ?? 0), purpose, name);
  const folder = services.store.tempPath();
  try {
    const path = join(folder, name);
    await writeBody(request, folder, path, purpose, name);
    return await takeIn({ path, name, purpose, isOurs: true }, services);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeBody(request: IncomingMessage, folder: string, path: string, purpose: Purpose, name: string): Promise<void> {
  let sizeBytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      try {
        assertSize(sizeBytes, purpose, name);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    mkdirSync(folder, { recursive: true });
    await pipeline(request, counter, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    const known = toDiskError(error, folder);
    if (known instanceof AdgenError && known.code === 'DISK_FULL') throw new AdgenError('DISK_FULL', `There is no room for "${name}": the disk that holds ${dataFolderOf(folder)} is full. Free some space, then add the file again.`, { cause: error });
    throw known;
  }
}

const dataFolderOf = (tempFolder: string): string => join(tempFolder, '..', '..');

function assertSize(sizeBytes: number, purpose: Purpose, name: string): void {
  const { maxBytes, noun, advice } = LIMITS[purpose];
  if (sizeBytes > maxBytes) throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" has more than the ${formatSize(maxBytes)} allowed; ${advice}.`);
}
