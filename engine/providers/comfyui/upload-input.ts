/** Brings what a workflow starts from to the server. */
import { createHash } from 'node:crypto';
import type { GeneratorCall } from '#engine/providers/types.ts';
import type { Station } from './station.ts';

/** Resolves with the name for the graph. It follows from the content, so that other content is another job and the same content the same one. */
export async function uploadInput(bytes: Uint8Array<ArrayBuffer>, extension: 'png' | 'mp4', { stepKey, signal }: Pick<GeneratorCall, 'stepKey' | 'signal'>, station: Pick<Station, 'upload'>): Promise<string> {
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  return await station.upload(bytes, `${name}.${extension}`, stepKey.slice(0, 32), signal);
}
