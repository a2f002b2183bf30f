/** Data folders for the page to show: copies of the sample advert's, with more projects in them. */
import { cp } from 'node:fs/promises';
import type { AdProject } from '#core/project/schema.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { listProjects } from '#engine/projects/list-projects.ts';
import { getProject, importProject } from '#engine/projects/project-store.ts';
import type { Workshop } from '../../kit/workshop.ts';

/** A data folder that no other question changes, and the sample advert in it. */
export interface SampleStudio {
  readonly folder: string;
  readonly sampleId: string;
}

/** Copies the finished sample advert; `stock` answers further documents from it, which are saved before anybody has the folder open. */
export async function sampleStudio(workshop: Workshop, stock: (sample: AdProject) => Iterable<AdProject> = () => []): Promise<SampleStudio> {
  const { dataDir } = await workshop.sample();
  const folder = workshop.newPath();
  await cp(dataDir, folder, { recursive: true });
  const db = openStudioDb(folder);
  try {
    const sampleId = listProjects(db, { query: '', show: 'active', sort: 'updated', limit: 1, offset: 0 }).items[0]?.id ?? '';
    const sample = getProject(db, sampleId);
    db.transaction(() => {
      for (const document of stock(sample)) importProject(db, document, () => document.createdMs);
    });
    return { folder, sampleId };
  } finally {
    await db.close();
  }
}
