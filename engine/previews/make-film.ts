/**
 * One ratio of a saved document as a film, and its sound: made by the steps that an export would run, under the same keys. What is there is only
 * looked up, which is why asking after every edit is cheap.
 */
import type { Film } from '#core/composition/film.ts';
import { totalFrames } from '#core/composition/timeline.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import { getRun, listRuns } from '#engine/jobs/run-store.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { createFilmBuilder } from '#engine/pipeline/film-builder.ts';
import { withHiddenRun } from '#engine/pipeline/hidden-run.ts';
import type { HiddenRunDeps, HiddenRunWishes } from '#engine/pipeline/hidden-run.ts';
import { makeSound } from '#engine/pipeline/make-sound.ts';
import { makeProductPictures } from '#engine/pipeline/product-pictures.ts';
import { readRequest, UnreadableRequestError } from '#engine/pipeline/run-request.ts';
import { soundPreviewStep } from '#engine/pipeline/steps/sound-preview-step.ts';
import { workOrder } from '#engine/pipeline/work-order.ts';
import { readStudioSettings } from '#engine/settings/studio-settings.ts';

/** A film and what its user should know about it. */
export interface PreviewFilm {
  readonly film: Film;
  readonly notices: string[];
}

/** Makes what is missing of one ratio. */
export async function makePreviewFilm(project: AdProject, ratio: Ratio, deps: HiddenRunDeps, signal: AbortSignal): Promise<PreviewFilm> {
  return await withHiddenRun(wishesOf(deps.db, project.id), deps, signal, async (run) => {
    const pictures = await makeProductPictures(project, run);
    const film = await createFilmBuilder(project, ratio, workOrder(project, 0), pictures, run).filmOf(project.scenes.map((_, index) => index));
    return { film, notices: run.notices };
  });
}

/** The finished mix as WAV, and the music in it. */
export async function makePreviewSound(project: AdProject, deps: HiddenRunDeps, signal: AbortSignal): Promise<{ mix: AssetRef; music: AssetRef | null }> {
  return await withHiddenRun(wishesOf(deps.db, project.id), deps, signal, async (run) => {
    const { mix, music } = await makeSound(project, 0, run);
    const { artifacts } = await run.step(soundPreviewStep(mix, (totalFrames(project) * project.timebase.den) / project.timebase.num));
    const wav = artifacts['wav'];
    if (!wav) throw new Error('the sound preview left no file');
    return { mix: wav, music: music ?? null };
  });
}

const ANYTHING: HiddenRunWishes = { isOffline: false, engine: 'auto', workflows: [] };

/** What the newest run of the project asked for: the same providers make the same pictures. The offline switch counts above that. */
export function wishesOf(db: StudioDb, projectId: string): HiddenRunWishes {
  const wishes = lastWishes(db, projectId);
  return { ...wishes, isOffline: wishes.isOffline || readStudioSettings(db).isOffline };
}

function lastWishes(db: StudioDb, projectId: string): HiddenRunWishes {
  const newest = listRuns(db, { projectId, limit: 1 })[0];
  if (!newest) return ANYTHING;
  try {
    return readRequest(getRun(db, newest.id));
  } catch (error) {
    if (error instanceof UnreadableRequestError) return ANYTHING; // begun by another version
    throw error;
  }
}
