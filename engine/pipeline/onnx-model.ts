/** The user's ONNX model as cut-out steps see it: where it is, and the hash that makes their key. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Services } from './services.ts';

let known: { path: string; mtimeMs: number; size: number; hash: string } | undefined;

/** Undefined when no model is configured. Hashes a file once until it changes; a missing one is left to the link, which records it. */
export async function onnxModelOf(services: Pick<Services, 'onnxModelPath'>): Promise<{ path: string; hash: string } | undefined> {
  const path = services.onnxModelPath;
  if (!path) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found) return { path, hash: 'missing' };
  const { mtimeMs, size } = found;
  if (known?.path !== path || known.mtimeMs !== mtimeMs || known.size !== size) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    known = { path, mtimeMs, size, hash: hash.digest('hex') };
  }
  return { path, hash: known.hash };
}
