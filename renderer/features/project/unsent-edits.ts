/**
 * Edits that the engine has not answered, kept in the browser's local storage: written at once, there again after a crash of the page.
 * Every tab keeps its own under its session's name; one that opens a project takes over what dead tabs left.
 */
import { projectDiffSchema } from '#core/project/diff-schema.ts';
import { z } from 'zod';
import type { UnsentEdit } from './history-entry.ts';

const unsentSchema = z.array(z.object({ label: z.string().max(80), diff: projectDiffSchema }));

const PREFIX = 'adgen-unsent';
const SESSION_KEY = 'adgen-session';

/** This tab's name; the same after a reload. */
const session = sessionStorage.getItem(SESSION_KEY) ?? crypto.randomUUID();
sessionStorage.setItem(SESSION_KEY, session);
// Held while the tab lives, so that others can tell its edits from those of a dead one.
void navigator.locks?.request(lockOf(session), { mode: 'shared' }, () => new Promise(() => undefined));

/** Keeps what this tab has not sent; an empty list forgets. */
export function keepUnsent(projectId: string, edits: readonly UnsentEdit[]): void {
  const key = keyOf(projectId, session);
  try {
    if (edits.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(edits));
  } catch {
    // The storage is full or forbidden: edits are safe as soon as the engine has them, as always, and only a killed page could lose them.
  }
}

/** Takes what this tab and dead ones left for a project, oldest first within each. From now on it is kept under this tab's name. */
export async function takeUnsent(projectId: string): Promise<UnsentEdit[]> {
  const living = await livingSessions();
  const own = keyOf(projectId, session);
  const prefix = `${PREFIX}:${projectId}:`;
  const left = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== own && !living.has(key.slice(prefix.length))).sort();
  const edits = [...left, own].flatMap((key) => parse(localStorage.getItem(key)));
  keepUnsent(projectId, edits);
  for (const key of left) localStorage.removeItem(key);
  return edits;
}

async function livingSessions(): Promise<ReadonlySet<string>> {
  const locks = (await navigator.locks?.query())?.held ?? [];
  return new Set(locks.flatMap(({ name }) => (name?.startsWith(`${SESSION_KEY}:`) ? [name.slice(SESSION_KEY.length + 1)] : [])));
}

function parse(text: string | null): UnsentEdit[] {
  if (text === null) return [];
  try {
    return unsentSchema.parse(JSON.parse(text));
  } catch {
    return []; // written by another version or cut short: there is nothing in it that could be applied
  }
}

function keyOf(projectId: string, of: string): string {
  return `${PREFIX}:${projectId}:${of}`;
}

function lockOf(of: string): string {
  return `${SESSION_KEY}:${of}`;
}
