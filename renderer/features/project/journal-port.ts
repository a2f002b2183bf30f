/** The engine's journal of one project as the page sees it. */
import type { ProjectDiff } from '#core/project/diff.ts';
import type { AdProject } from '#core/project/schema.ts';

/** An edit of the engine's journal. */
export interface JournaledEdit {
  readonly id: number;
  readonly label: string;
  readonly isUndone: boolean;
  readonly diff: ProjectDiff;
}

/** A part of the engine's journal, newest edit last. */
export interface JournalPage {
  readonly history: readonly JournaledEdit[];
  readonly hasOlder: boolean;
}

/** What the engine answers to `open`. */
export interface OpenedDocument extends JournalPage {
  readonly document: AdProject;
  readonly revision: number;
}

/** The engine's side. Calls reject with an error that has a `code` when the engine refuses, with any other when it is out of reach. */
export interface JournalPort {
  open(signal?: AbortSignal): Promise<OpenedDocument>;
  /** The part of the history before an edit. */
  history(input: { readonly before: number }): Promise<JournalPage>;
  edit(input: { readonly revision: number; readonly label: string; readonly mergeKey?: string; readonly diff: ProjectDiff }, signal?: AbortSignal): Promise<{ readonly revision: number; readonly editId: number }>;
  undo(input: { readonly revision: number }, signal?: AbortSignal): Promise<{ readonly revision: number; readonly edit: JournaledEdit }>;
  redo(input: { readonly revision: number }, signal?: AbortSignal): Promise<{ readonly revision: number; readonly edit: JournaledEdit }>;
}
