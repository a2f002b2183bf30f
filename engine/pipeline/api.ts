/** The `adverts` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { acceptMake } from './accept-request.ts';
import { projectIdOf } from './make-document.ts';
import { makeRequestSchema } from './run-request.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `adverts` procedures of the contract. */
export function advertsApi({ engine, hub }: ApiTools) {
  return {
    make: os.adverts.make.handler(async ({ input }) => {
      const run = await acceptMake(input, engine);
      hub.start(run.id);
      return { runId: run.id, projectId: projectIdOf(makeRequestSchema.parse(run.request)) };
    }),
    render: os.adverts.render.handler(() => notYet('adverts.render')),
    regenerate: os.adverts.regenerate.handler(() => notYet('adverts.regenerate')),
    forecast: os.adverts.forecast.handler(() => notYet('adverts.forecast')),
  };
}
