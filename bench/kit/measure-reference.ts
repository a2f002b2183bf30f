/** Renders the reference advert from its document, with an empty data folder. */
import { runAdgen } from './adgen.ts';
import { measureParts } from './measure-render.ts';
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
    return { advert, usage: await measureParts(dataDir, render), dataDir, outDir };
  });
}
