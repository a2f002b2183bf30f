/** Variants as projects: siblings of their own beside the project that they vary. */
import { AdgenError } from '#core/contract/errors.ts';
import { varyAdvert } from '#core/planning/vary-advert.ts';
import type { VaryAxis } from '#core/planning/vary-advert.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { insertCopy, newProjectId } from './change-projects.ts';
import { readStoredDocument } from './stored-document.ts';

/** Makes up to `count` variants; fewer when the brief has no more to say. Throws NOT_FOUND, CONFLICT (locked), BAD_INPUT (nothing else to say). */
export function varyProject(db: StudioDb, { projectId, axis, count }: { projectId: string; axis: VaryAxis; count: number }, now: () => number = Date.now): { projectIds: string[] } {
  return db.transaction(() => {
    const { document } = readStoredDocument(db, projectId);
    const siblings = variantsOf(db, projectId);
    const variants = varyAdvert(document, axis, count, siblings);
    const taken = new Set(siblings.map(({ name }) => name));
    return {
      projectIds: variants.map((content) => {
        const variant = { ...content, id: newProjectId(), name: freeName(document.name, taken), createdMs: now() };
        taken.add(variant.name);
        insertCopy(db, variant, projectId, now(), false);
        return variant.id;
      }),
    };
  });
}

/** Variants that were made before; one that cannot be read is no reason not to make another. */
function variantsOf(db: StudioDb, projectId: string): AdProject[] {
  const ids = db.prepare<[string]>('SELECT project_id FROM project_cards WHERE variant_of = ?').pluck().all(projectId) as string[];
  return ids.flatMap((id) => {
    try {
      return [readStoredDocument(db, id).document];
    } catch (error) {
      if (error instanceof AdgenError) return []; // told where that project is opened
      throw error;
    }
  });
}

/** "Fizzo" → "Fizzo B", "Fizzo C" …: the first one is A. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.slice(0, 190);
  const letters = [...'BCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${stem} ${letter}`);
  const free = letters.find((candidate) => !taken.has(candidate));
  return free ?? `${stem} ${taken.size + 2}`;
}
