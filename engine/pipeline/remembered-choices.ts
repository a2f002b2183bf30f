/**
 * Which workflows were chosen lately. What was made with one of them is known by its key without asking a server, so that an advert which is
 * only read from the store starts none.
 */
import { z } from 'zod';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { settings } from '#engine/db/schema.ts';

const choicesSchema = z.array(z.object({ id: z.string(), hash: z.string() })).catch([]);

export type RememberedChoice = z.infer<typeof choicesSchema>[number];

/** Different servers and wishes alternate; more than these do not. */
const KEPT = 8;

const nameOf = (capability: string): string => `chosen workflows/${capability}`;

/** Newest first. */
export function recallChoices(db: StudioDb, capability: string): RememberedChoice[] {
  const row = db.orm.select({ value: settings.value }).from(settings).where(eq(settings.key, nameOf(capability))).get();
  return choicesSchema.parse(row?.value);
}

/** Puts a choice in front. */
export function rememberChoice(db: StudioDb, capability: string, choice: RememberedChoice, now: () => number = Date.now): void {
  const { id, hash } = choice;
  const known = recallChoices(db, capability);
  if (known[0]?.hash === hash && known[0].id === id) return;
  const value = [{ id, hash }, ...known.filter((other) => other.hash !== hash || other.id !== id)].slice(0, KEPT);
  db.orm.insert(settings).values({ key: nameOf(capability), value, updatedMs: now() }).onConflictDoUpdate({ target: settings.key, set: { value, updatedMs: now() } }).run();
}
