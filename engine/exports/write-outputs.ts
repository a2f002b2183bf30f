/** Puts a finished advert into the user's folder. Every file appears whole or not at all; `run.json` comes last. */
import { join } from 'node:path';
import { formatSrt } from '#core/planning/srt.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { FinishedAdvert } from '#engine/pipeline/render-document.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { replaceWithBytes } from '#engine/storage/durable-file.ts';
import { deliveredAssets, formatDocument } from './delivery-files.ts';
import { withOutputErrors } from './with-output-errors.ts';

export interface Outputs {
  readonly project: AdProject;
  readonly advert: FinishedAdvert;
  /** Hash of the delivery ZIP. */
  readonly delivery: string;
  readonly document: RunDocument;
}

/** Throws DISK_FULL, READ_ONLY, or BAD_INPUT when something is in the way. */
export async function writeOutputs(outDir: string, { project, advert, delivery, document }: Outputs, store: ArtifactStore): Promise<void> {
  const write = (name: string, work: (path: string) => Promise<void>): Promise<void> => withOutputErrors(join(outDir, name), () => work(join(outDir, name)));
  const writeText = (name: string, text: string): Promise<void> => write(name, (path) => replaceWithBytes(new TextEncoder().encode(text), path));
  for (const { name, asset } of deliveredAssets(project, advert)) await write(name, (path) => store.exportTo(asset, path));
  await write('delivery.zip', (path) => store.exportTo(delivery, path));
  await writeText('captions.srt', formatSrt(project));
  await writeText('adproject.json', formatDocument(project));
  await writeText('run.json', formatDocument(document));
}
