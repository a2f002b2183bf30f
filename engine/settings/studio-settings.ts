/**
 * The user's settings in the database: one row each, so that two changes at once do not undo each other, and a row that cannot be read
 * (of a newer version, or damaged) falls back to its default without taking the others along. Keys of services are never among them.
 */
import { z } from 'zod';
import { studioSettingsChangeSchema, studioSettingsSchema } from '#core/contract/settings.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { settings } from '#engine/db/schema.ts';

/** All of them, complete. */
export type StudioSettings = z.infer<typeof studioSettingsSchema>;
/** Those that change. */
export type StudioSettingsChange = z.infer<typeof studioSettingsChangeSchema>;

const PREFIX = 'studio.';
const DEFAULTS = studioSettingsSchema.parse({});
const NAMES = studioSettingsSchema.keyof().options;

/** What is set, with defaults for the rest. Never throws for what it finds in a row. */
export function readStudioSettings(db: StudioDb): StudioSettings {
  const rows = new Map(db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all().map(({ key, value }) => [key, value]));
  const known = NAMES.flatMap((name): [string, unknown][] => {
    const parsed = studioSettingsChangeSchema.shape[name].safeParse(parseJson(rows.get(PREFIX + name)));
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  return { ...DEFAULTS, ...Object.fromEntries(known) };
}

/** Keeps a change, all of it or nothing. */
export function writeStudioSettings(db: StudioDb, change: StudioSettingsChange): void {
  const updatedMs = Date.now();
  db.transaction(() => {
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) continue;
      const row = { key: PREFIX + name, value, updatedMs };
      db.orm.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run();
    }
  });
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a damaged row counts as not set
  }
}
