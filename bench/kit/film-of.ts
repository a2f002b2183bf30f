/** The film of one ratio of a finished advert, with all steps coming from the cache. */
import type { Film } from '#core/composition/film.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import type { Engine } from '#engine/main.ts';
import { createFilmBuilder } from '#engine/pipeline/film-builder.ts';
import { makeProductPictures } from '#engine/pipeline/product-pictures.ts';
import { workOrder } from '#engine/pipeline/work-order.ts';
import type { RunContext } from '#engine/pipeline/run-context.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';

export async function filmOf(project: AdProject, ratio: Ratio, engine: Engine): Promise<Film> {
  const { db, queue, services } = engine;
  const { id } = createRun(db, { request: {} });
  queue.startRun(id);
  const run: RunContext = {
    runId: id, services, policy: { isOffline: true },
    wanted: [],
    choose: async () => undefined,
    async step(step) {
      queue.submit(id, [step]);
      const output = (await queue.waitFor(id, [step.key])).get(step.key);
      if (!output) throw new Error(`step ${step.name} ended without a result`);
      return output;
    },
    notice: () => undefined, remember: () => undefined,
  };
  const builder = createFilmBuilder(project, ratio, workOrder(project, 0), await makeProductPictures(project, run), run);
  const film = await builder.filmOf(project.scenes.map((_, index) => index));
  await queue.endRun(id, { state: 'succeeded' });
  return film;
}
