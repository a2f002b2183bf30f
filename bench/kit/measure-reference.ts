/** Renders the reference advert from its document, with an empty data folder. */
import { runAdgen } from './adgen.ts';
import { CHECKING, forgetSteps } from './forget-steps.ts';
import type { RenderUsage } from './measure-render.ts';
import { makeReferenceAdvert } from './reference-advert.ts';
import type { ReferenceAdvert } from './reference-advert.ts';
import { measureChildren } from './usage.ts';
import type { Workshop } from './workshop.ts';

export interface RenderedReference {
  readonly advert: ReferenceAdvert;
  readonly usage: RenderUsage;
  readonly dataDir: string;
  readonly outDir: string;
}

/** Shared between the questions of a round. */
export async function measureReference(workshop: Workshop, round: number): Promise<RenderedReference> {
  const advert = await workshop.once('painting the reference advert', () => makeReferenceAdvert(workshop.newPath()));
  return workshop.once(`round ${round}: rendering the reference advert`, async () => {
    const [dataDir, outDir] = [workshop.newPath(), workshop.newPath()];
    const render = () => measureChildren(() => runAdgen(['render', '--project', advert.projectPath, '--data', dataDir, '--out', outDir, '--offline']));
    const { cpuSeconds, wallSeconds } = await render();
    await forgetSteps(dataDir, CHECKING);
    const checking = await render();
    const nothing = await render();
    return { advert, usage: { cpuSeconds, wallSeconds, checkingCpuSeconds: checking.cpuSeconds - nothing.cpuSeconds }, dataDir, outDir };
  });
}
