/** Puts a finished advert into the user's folder. Every file appears whole or not at all; `run.json` comes last. */
import { join } from 'node:path';
import { formatSrt } from '#core/planning/srt.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { FinishedAdvert } from '#engine/pipeline/render-document.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { withDiskErrors } from '#engine/storage/disk-errors.ts';
import { replaceWithBytes } from '#engine/storage/durable-file.ts';
import { deliveredAssets, formatDocument } from './delivery-files.ts';

export interface Outputs {
  readonly project: AdProject;
  readonly advert: FinishedAdvert;
  /** Hash of the delivery ZIP. */
  readonly delivery: string;
  readonly document: RunDocument;
}

/** Throws DISK_FULL or READ_ONLY. */
export async function writeOutputs(outDir: string, { project, advert, delivery, document }: Outputs, store: ArtifactStore): Promise<void> {
  const writeText = (name: string, text: string): Promise<void> => withDiskErrors(join(outDir, name), () => replaceWithBytes(new TextEncoder().encode(text), join(outDir, name)));
  for (const { name, asset } of deliveredAssets(project, advert)) await store.exportTo(asset, join(outDir, name));
  await store.exportTo(delivery, join(outDir, 'delivery.zip'));
  await writeText('captions.srt', formatSrt(project));
  await writeText('adproject.json', formatDocument(project));
  await writeText('run.json', formatDocument(document));
}
