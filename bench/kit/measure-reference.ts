/** Renders the reference advert from its document, with an empty data folder. */
import { runAdgen } from './adgen.ts';
import { makeReferenceAdvert } from './reference-advert.ts';
import type { ReferenceAdvert } from './reference-advert.ts';
import { measureChildren } from './usage.ts';
import type { Usage } from './usage.ts';
import type { Workshop } from './workshop.ts';

export interface RenderedReference {
  readonly advert: ReferenceAdvert;
  readonly usage: Usage;
  readonly dataDir: string;
  readonly outDir: string;
}

/** Shared between the questions of a round. */
export async function measureReference(workshop: Workshop, round: number): Promise<RenderedReference> {
  const advert = await workshop.once('painting the reference advert', () => makeReferenceAdvert(workshop.newPath()));
  return workshop.once(`round ${round}: rendering the reference advert`, async () => {
    const [dataDir, outDir] = [workshop.newPath(), workshop.newPath()];
    const usage = await measureChildren(() => runAdgen(['render', '--project', advert.projectPath, '--data', dataDir, '--out', outDir, '--offline']));
    return { advert, usage, dataDir, outDir };
  });
}
