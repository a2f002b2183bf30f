/** Kept brand kits. A project carries its own copy of the kit that it was made with, so nothing here changes an advert. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { brandSchema } from '#core/contract/brands.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { brandKitSchema } from '#core/project/schema.ts';
import type { BrandKit } from '#core/project/schema.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { brandKits } from '#engine/db/schema.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';

/** A kept brand kit. */
export type Brand = z.infer<typeof brandSchema>;

interface Row {
  readonly id: string;
  readonly document: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

const SELECT = 'SELECT id, document, created_ms AS createdMs, updated_ms AS updatedMs FROM brand_kits';

/** By name. One that cannot be read is left out; its row stays. */
export function listBrands(db: StudioDb): Brand[] {
  const rows = db.prepare<[], Row>(SELECT).all();
  return rows.flatMap((row) => toBrand(row) ?? []).sort((left, right) => left.kit.name.localeCompare(right.kit.name, 'en') || left.createdMs - right.createdMs);
}

/** A new one without `id`. Throws NOT_FOUND for an id that is not there, BAD_INPUT for a kit without a name or with a logo that the store lacks. */
export function saveBrand(db: StudioDb, store: ArtifactStore, { id, kit }: { id?: string | undefined; kit: BrandKit }, now: () => number = Date.now): Brand {
  const name = kit.name.trim();
  if (name === '') throw new AdgenError('BAD_INPUT', 'A brand kit needs a name to be found again. Give it one.');
  if (kit.logo && !store.has(kit.logo.hash)) throw new AdgenError('BAD_INPUT', 'The logo of this brand kit is not in the store any more. Add the logo again.');
  const document = { ...kit, name };
  const nowMs = now();
  return db.transaction(() => {
    if (id === undefined) {
      const row = { id: `b_${randomUUID().replaceAll('-', '').slice(0, 20)}`, name, document, createdMs: nowMs, updatedMs: nowMs };
      db.orm.insert(brandKits).values(row).run();
      return { id: row.id, kit: document, createdMs: nowMs, updatedMs: nowMs };
    }
    const before = db.prepare<[string], Row>(`${SELECT} WHERE id = ?`).get(id);
    if (!before) throw new AdgenError('NOT_FOUND', `There is no brand kit ${id}. It may have been removed in another window; save it as a new one.`);
    db.orm.update(brandKits).set({ name, document, updatedMs: nowMs }).where(eq(brandKits.id, id)).run();
    return { id, kit: document, createdMs: before.createdMs, updatedMs: nowMs };
  });
}

/** Projects that were made with it keep their copy. */
export function removeBrand(db: StudioDb, id: string): { changed: number } {
  return db.transaction(() => ({ changed: db.orm.delete(brandKits).where(eq(brandKits.id, id)).run().changes }));
}

function toBrand({ document, ...row }: Row): Brand | undefined {
  try {
    const { data } = brandKitSchema.safeParse(JSON.parse(document));
    return data && { ...row, kit: data };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
