/** For tests: a small delivery, as another machine would send it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sampleProject } from '#core/composition/testing/sample-film.ts';
import { formatDocument } from '#engine/exports/delivery-files.ts';
import { writeDeliveryZip } from '#engine/exports/delivery-zip.ts';

/** Resolves with the project's name. */
export async function writeSmallDelivery(photoPath: string, path: string): Promise<string> {
  const photo = readFileSync(photoPath);
  const hash = createHash('sha256').update(photo).digest('hex');
  const project = JSON.parse(JSON.stringify(sampleProject()).replaceAll('a'.repeat(64), hash)) as ReturnType<typeof sampleProject>;
  await writeDeliveryZip([{ name: 'adproject.json', bytes: new TextEncoder().encode(formatDocument(project)) }, { name: `assets/${hash}.jpg`, bytes: photo }], path);
  return project.name;
}
