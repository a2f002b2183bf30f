/** For tests: runs that need no rendering. */
import { normaliseBrief } from '#core/planning/normalise-brief.ts';
import { brandKitSchema } from '#core/project/schema.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import type { Engine } from '#engine/main.ts';
import { makeRequestSchema } from '#engine/pipeline/run-request.ts';

/** A run that waits for somebody to work on it. */
export function createQueuedRun({ db }: Engine): string {
  return createRun(db, { request: { kind: 'nothing' } }).id;
}

/** A run that fails in its first step once it is started: its photo is no picture. */
export async function createFailingRun({ db, services }: Engine): Promise<string> {
  const photo = await services.store.putBytes(Buffer.from('not a picture'), 'product_original.jpg', 'image/jpeg');
  const request = makeRequestSchema.parse({
    kind: 'make', photos: [{ asset: photo, name: '' }], brief: normaliseBrief({ productName: 'Fizzo' }).brief, brand: brandKitSchema.parse({}),
    ratios: ['1:1'], durationFrames: 180, sceneCount: 3, seed: 1, isOffline: true,
  });
  return createRun(db, { request }).id;
}
