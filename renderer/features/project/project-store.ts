/**
 * The document that is open in this window, for every screen: read it by `useProject` or `useProjectSelector`, change it by `editProject`
 * and nothing else. Everything applies at once and is journaled by the engine in the background (`document-sync.ts`).
 */
import type { z } from 'zod';
import { ZodError } from 'zod';
import { create } from 'zustand';
import type { projectCardSchema } from '#core/contract/projects.ts';
import type { projectDiffSchema } from '#core/project/diff-schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { stringsNow, useStrings } from '../../strings/index.ts';
import type { Strings } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { EditRefusal } from '../../editor/edit-refusal.ts';
import { DocumentSync } from './document-sync.ts';
import type { SaveState, SyncNews } from './document-sync.ts';
import type { JournalPort } from './journal-port.ts';
import { keepUnsent, takeUnsent } from './unsent-edits.ts';

/** A project as lists show it. */
export type ProjectCard = z.infer<typeof projectCardSchema>;
// The contract's type is not read-only; nobody writes into a diff.
type WireDiff = z.infer<typeof projectDiffSchema>;
/** What an edit is called in the history: a key of `strings/en/edits.ts`. */
export type EditLabel = keyof Strings['edits'];

interface OpenProject {
  readonly projectId: string;
  readonly document: AdProject;
  readonly revision: number;
  readonly card: ProjectCard;
  readonly saveState: SaveState;
  readonly saveError: unknown;
  /** Labels as they stand in the journal. */
  readonly undoKey: string | null;
  readonly redoKey: string | null;
  /** A sentence about the state that was opened, or null. */
  readonly notice: string | null;
}

/** Steps of undo that the page holds; the engine has them all. */
const MOST_STEPS = 200;

const useStore = create<{ readonly open: OpenProject | null }>(() => ({ open: null }));

let sync: DocumentSync | undefined;
const leaving = new Map<string, Promise<unknown>>();

/** Opens a project in this window; rejects with the engine's sentence. Answers how to leave it. */
export async function openProject(projectId: string, signal: AbortSignal): Promise<() => void> {
  await leaving.get(projectId);
  const opened = await engine.projects.open({ projectId }, { signal });
  const unsent = await takeUnsent(projectId);
  signal.throwIfAborted();
  const own = new DocumentSync(opened, {
    port: journalOf(projectId), mostSteps: MOST_STEPS, now: Date.now, onNews: tell,
    keep: (edits) => keepUnsent(projectId, edits),
    onChange: () => sync === own && show(own),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  sync = own;
  useStore.setState({ open: { projectId, card: opened.card, notice: opened.notice, ...snapshot(own) } });
  own.resume(unsent);
  return () => leave(projectId, own);
}

// What is under way is still sent; should that not work, it is kept and taken up when the project is opened again.
function leave(projectId: string, own: DocumentSync): void {
  if (sync === own) {
    sync = undefined;
    useStore.setState({ open: null });
  }
  const done = own.flush().catch(() => undefined).finally(() => { // not sent: kept, see above
    own.close();
    leaving.delete(projectId);
  });
  leaving.set(projectId, done);
}

function journalOf(projectId: string): JournalPort {
  const { projects } = engine;
  return {
    open: (signal) => projects.open({ projectId }, { signal }),
    history: ({ before }) => projects.history({ projectId, before }),
    edit: (input, signal) => projects.edit({ projectId, ...input, diff: input.diff as WireDiff }, { signal }),
    undo: (input, signal) => projects.undo({ projectId, ...input }, { signal }),
    redo: (input, signal) => projects.redo({ projectId, ...input }, { signal }),
  };
}

function show(own: DocumentSync): void {
  useStore.setState(({ open }) => ({ open: open && { ...open, ...snapshot(own) } }));
}

function snapshot(own: DocumentSync): Pick<OpenProject, 'document' | 'revision' | 'saveState' | 'saveError' | 'undoKey' | 'redoKey'> {
  const { document, revision, saveState, saveError, history } = own;
  return { document, revision, saveState, saveError, undoKey: history.undoable?.label ?? null, redoKey: history.redoable?.label ?? null };
}

function tell(news: SyncNews): void {
  const { edits } = stringsNow();
  if (news.kind === 'refused') toast.error(news.error);
  else if (news.kind === 'lost') toast.error(edits.lost(news.count));
  else toast.info(edits.recovered(news.count));
}

/** The open project, live. Only inside `ProjectSession`. */
export function useProject() {
  const open = useStore(openOf);
  const { edits } = useStrings();
  const { undoKey, redoKey, ...rest } = open;
  return { ...rest, canUndo: undoKey !== null, canRedo: redoKey !== null, undoLabel: labelOf(edits, undoKey), redoLabel: labelOf(edits, redoKey) };
}

/** A part of the document; renders again only when that part changes. Parts that an edit leaves alone keep their identity. */
export function useProjectSelector<T>(selector: (document: AdProject) => T): T {
  return useStore((state) => selector(openOf(state).document));
}

/** Id of the open project. */
export function useProjectId(): string {
  return useStore((state) => openOf(state).projectId);
}

/** The document outside React; undefined when none is open. */
export function projectNow(): AdProject | undefined {
  return sync?.document;
}

/** Calls back after every change of the document. Answers how to stop. */
export function subscribeProject(listener: (document: AdProject) => void): () => void {
  return useStore.subscribe((state, before) => {
    if (state.open && state.open.document !== before.open?.document) listener(state.open.document);
  });
}

/**
 * Changes the document; `change` is pure. Edits with the same `mergeKey` one shortly after the other (a drag, typing) are one step of undo.
 * False when nothing changed, or when the edit was refused: then the user has been told.
 */
export function editProject(label: EditLabel, change: (document: AdProject) => AdProject, { mergeKey }: { readonly mergeKey?: string } = {}): boolean {
  if (!sync) return false;
  try {
    return sync.edit(label, change, mergeKey);
  } catch (error) {
    const { timeline, edits } = stringsNow();
    if (error instanceof EditRefusal) toast.info(timeline.refusals[error.reason]);
    else if (error instanceof ZodError) toast.error(edits.invalid(error.issues[0]?.path.join(' → ') ?? ''));
    else throw error;
    return false;
  }
}

/** Takes the newest edit back. False when there is none. */
export function undoProject(): boolean {
  return sync?.undo() ?? false;
}

/** Makes the newest undone edit again. */
export function redoProject(): boolean {
  return sync?.redo() ?? false;
}

/** Resolves when everything is journaled; await it before asking the engine for something that reads the document. */
export async function flushProject(): Promise<void> {
  await sync?.flush();
}

/** Looks for changes that were made elsewhere (another window, a run); unsent edits are put on them. */
export function refreshProject(): void {
  sync?.refresh();
}

/** The line to the engine is new. */
export function resyncProject(): void {
  sync?.resync();
}

/** The user has read that edits could not be kept. */
export function acknowledgeConflict(): void {
  sync?.acknowledge();
}

/** The notice was read. */
export function dismissNotice(): void {
  useStore.setState(({ open }) => ({ open: open && { ...open, notice: null } }));
}

/** Shows another card (after renaming, tagging). */
export function showCard(card: Partial<ProjectCard>): void {
  useStore.setState(({ open }) => ({ open: open && { ...open, card: { ...open.card, ...card } } }));
}

function openOf({ open }: { readonly open: OpenProject | null }): OpenProject {
  if (!open) throw new Error('No project is open: this belongs inside ProjectSession.');
  return open;
}

function labelOf(edits: Strings['edits'], key: string | null): string | null {
  if (key === null) return null;
  const text: unknown = edits[key as EditLabel];
  return typeof text === 'string' ? text : edits.change;
}
