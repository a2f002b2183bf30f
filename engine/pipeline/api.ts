/** The `adverts` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { acceptMake } from './accept-request.ts';
import { projectIdOf } from './make-document.ts';
import { takePictures } from './take-pictures.ts';
import { makeRequestSchema } from './run-request.ts';
import { regenerateSaved, renderSaved } from './render-saved.ts';
import { forecastAdvert } from './forecast-advert.ts';

/** The `adverts` procedures of the contract. */
export function advertsApi({ engine, hub, host }: ApiTools) {
  return {
    make: os.adverts.make.handler(async ({ input }) => {
      const run = await acceptMake(input, engine);
      hub.start(run.id);
      return { runId: run.id, projectId: projectIdOf(makeRequestSchema.parse(run.request)) };
    }),
    render: os.adverts.render.handler(async ({ input }) => {
      const runId = await renderSaved(input, engine);
      hub.start(runId);
      return { runId };
    }),
    regenerate: os.adverts.regenerate.handler(async ({ input }) => {
      const begun = await regenerateSaved(input, engine);
      hub.start(begun.runId);
      return begun;
    }),
    takes: os.adverts.takes.handler(({ input }) => takePictures(engine.db, input)),
    forecast: os.adverts.forecast.handler(async ({ input }) => await forecastAdvert(input, engine, host)),
  };
}
