/** What the backdrops of a scene looked like that earlier runs made: the steps keep their results, so nothing is made for it. */
import { z } from 'zod';
import { backdropManifestSchema } from '#core/composition/backdrop-manifest.ts';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { and, desc, eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { runs, runSteps, steps } from '#engine/db/schema.ts';

/** One backdrop that was made. */
export interface TakePicture {
  readonly seed: number;
  readonly set: string;
  readonly manifest: BackdropManifest;
}

const paramsSchema = z.object({ request: z.object({ ratio: z.string(), scene: z.object({ id: z.string(), seed: z.number(), backdrop: z.object({ set: z.string() }) }) }) });

/** A scene can have 24 takes; so many runs back they are looked for. */
const LOOKED_AT = 60;

/** Newest first; of one seed and set the newest only. */
export function takePictures(db: StudioDb, { projectId, sceneId, ratio }: { readonly projectId: string; readonly sceneId: string; readonly ratio: Ratio }): TakePicture[] {
  const latest = db.orm.select({ id: runs.id }).from(runs).where(eq(runs.projectId, projectId)).orderBy(desc(runs.createdMs)).limit(LOOKED_AT).all();
  const found = latest.flatMap(({ id }) => readBackdrops(db, id)).filter((made) => made.sceneId === sceneId && made.ratio === ratio);
  return [...new Map(found.toReversed().map(({ seed, set, manifest }) => [`${seed} ${set}`, { seed, set, manifest }])).values()].toReversed();
}

/** Rows of another version of the program, or that are damaged, have no picture. */
function readBackdrops(db: StudioDb, runId: string): (TakePicture & { readonly sceneId: string; readonly ratio: string })[] {
  const rows = db.orm.select({ params: runSteps.params, outputs: steps.outputs }).from(runSteps).innerJoin(steps, eq(steps.key, runSteps.stepKey))
    .where(and(eq(runSteps.runId, runId), eq(steps.kind, 'backdrop'), eq(runSteps.state, 'succeeded'))).all();
  return rows.flatMap(({ params, outputs }) => {
    const [asked, manifest] = [paramsSchema.safeParse(params), backdropManifestSchema.safeParse(outputs?.data)];
    if (!asked.success || !manifest.success) return [];
    const { ratio, scene } = asked.data.request;
    return [{ sceneId: scene.id, ratio, seed: scene.seed, set: scene.backdrop.set, manifest: manifest.data }];
  });
}
