/** Puts edits on a newer document than the one they were made on. */
import { AdgenError } from '#core/contract/errors.ts';
import { applyDiff, reverseDiff } from '#core/project/diff.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';

interface Rebased<T> {
  readonly document: AdProject;
  /** Those that were applied, in order. */
  readonly kept: readonly T[];
  /** Those that do not fit any more. What the newer document has already (it was journaled, its answer was lost) is in neither list. */
  readonly lost: readonly T[];
}

/** Applies edits in order; one that does not fit is left out, the others go on. */
export function rebase<T extends { readonly diff: ProjectDiff }>(newest: AdProject, edits: readonly T[]): Rebased<T> {
  let document = newest;
  const kept: T[] = [];
  const lost: T[] = [];
  for (const edit of edits) {
    const next = tryApply(document, edit.diff);
    if (next) {
      document = next;
      kept.push(edit);
    } else if (!tryApply(document, reverseDiff(edit.diff))) lost.push(edit);
  }
  return { document, kept, lost };
}

/** The document after a diff, or undefined when it does not fit or would leave a document that is none. */
export function tryApply(document: AdProject, diff: ProjectDiff): AdProject | undefined {
  try {
    const next = applyDiff(document, diff);
    return adProjectSchema.safeParse(next).success ? next : undefined;
  } catch (error) {
    if (error instanceof AdgenError && error.code === 'CONFLICT') return undefined;
    throw error;
  }
}
