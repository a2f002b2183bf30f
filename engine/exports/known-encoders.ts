/** Which encoders work here, remembered beside the database for as long as ffmpeg and machine are the same: trying them takes seconds. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { arch, cpus, hostname, release } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { tryEncoders } from '#engine/compositing/encode/probe-encoders.ts';
import type { EncoderVerdict } from '#engine/compositing/encode/probe-encoders.ts';
import type { Services } from '#engine/pipeline/services.ts';
import { replaceWithBytes } from '#engine/storage/durable-file.ts';

const keptSchema = z.object({
  machine: z.string(),
  encoders: z.array(z.object({ id: z.string(), label: z.string(), isHardware: z.boolean(), works: z.boolean(), reason: z.string().nullable() })),
});

/** Asks once per engine, and once for all who ask meanwhile. */
export function createKnownEncoders(services: Pick<Services, 'store' | 'ffmpegPath' | 'dataDir'>): () => Promise<EncoderVerdict[]> {
  let asked: Promise<EncoderVerdict[]> | undefined;
  return () => {
    asked ??= find(services).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

async function find(services: Pick<Services, 'store' | 'ffmpegPath' | 'dataDir'>): Promise<EncoderVerdict[]> {
  const path = join(services.dataDir, 'encoders.json');
  const machine = await fingerprint(await services.ffmpegPath());
  const kept = await read(path);
  if (kept?.machine === machine) return kept.encoders;
  const encoders = await tryEncoders(services);
  await replaceWithBytes(new TextEncoder().encode(`${JSON.stringify({ machine, encoders }, null, 2)}\n`), path);
  return encoders;
}

async function read(path: string): Promise<z.infer<typeof keptSchema> | undefined> {
  try {
    return keptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined; // not there yet, or not ours to read: everything is tried again
  }
}

async function fingerprint(ffmpegPath: string): Promise<string> {
  const { size, mtimeMs } = await stat(ffmpegPath);
  return createHash('sha256').update(JSON.stringify([ffmpegPath, size, mtimeMs, hostname(), arch(), release(), cpus()[0]?.model])).digest('hex');
}
