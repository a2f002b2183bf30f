/**
 * The open document and its way to the engine. Edits apply here at once and are journaled by the engine in order, one at a time; undo and
 * redo likewise. What the engine has not answered is kept aside (`keep`) so that a killed page loses nothing. When the line breaks or
 * someone else edited, the newest state is fetched and the unsent edits are put on it. No React, no DOM: `project-store.ts` shows it.
 */
import { applyDiff, diffProject, isEmptyDiff, reverseDiff } from '#core/project/diff.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { shareStructure } from '../../editor/share-structure.ts';
import type { HistoryEntry, PendingOperation, UnsentEdit } from './history-entry.ts';
import type { JournalPage, JournalPort, JournaledEdit, OpenedDocument } from './journal-port.ts';
import { rebase } from './rebase.ts';
import { StepHistory } from './step-history.ts';

/** `waiting`: the engine cannot take edits now; they are kept and sent later. */
export type SaveState = 'saved' | 'saving' | 'waiting' | 'conflict';

/** What the user should know. */
export type SyncNews = { readonly kind: 'lost'; readonly count: number } | { readonly kind: 'recovered'; readonly count: number } | { readonly kind: 'refused'; readonly error: unknown };

interface SyncOptions {
  readonly port: JournalPort;
  /** So many steps that can be undone are held here; older ones are fetched when undo comes near. */
  readonly mostSteps: number;
  /** Keeps what was not sent; called at every change of it. */
  keep(edits: readonly UnsentEdit[]): void;
  onChange(): void;
  onNews(news: SyncNews): void;
  now(): number;
  /** Calls back later; returns how to call it off. */
  later(ms: number, run: () => void): () => void;
}

/** Edits of one gesture are one step of undo as long as pauses between them are shorter. */
const MERGE_MS = 4000;
const RETRY_MS = 2000;
/** Never a revision of the engine's: the newest state is taken over whatever its number. */
const UNKNOWN_REVISION = -1;
/** So often in a row means that it is not others who edit, but the edit that does not fit. */
const MOST_CONFLICTS = 4;

/** One open document. Made by `DocumentSync.open`. */
export class DocumentSync {
  document: AdProject;
  revision: number;
  history: StepHistory;
  saveState: SaveState = 'saved';
  /** Why edits wait. */
  saveError: unknown;
  readonly #options: SyncOptions;
  #queue: PendingOperation[] = [];
  #isPumping = false;
  #isFetchingOlder = false;
  #isStale = false;
  #isClosed = false;
  #gestureBase: AdProject | undefined;
  #gestures = 0;
  #conflicts = 0;
  #abort: AbortController | undefined;
  #cancelRetry: (() => void) | undefined;
  #waiters: { resolve(): void; reject(error: unknown): void }[] = [];

  constructor(opened: OpenedDocument, options: SyncOptions) {
    this.#options = options;
    this.document = opened.document;
    this.revision = opened.revision;
    this.history = this.#held(opened);
  }

  /** Changes the document at once. Returns false when the change changes nothing. Throws what `change` throws, and ZodError for a document that is none. */
  edit(label: string, change: (document: AdProject) => AdProject, gesture?: string): boolean {
    const next = shareStructure(this.document, adProjectSchema.parse(change(this.document)));
    const diff = diffProject(this.document, next);
    if (isEmptyDiff(diff)) return false;
    const newest = this.history.entries.at(-1);
    const isMore = gesture !== undefined && newest?.gesture === gesture && !newest.isUndone && this.#gestureBase !== undefined && this.#options.now() - newest.extendedMs < MERGE_MS;
    if (isMore) this.#extend(newest, next, diff);
    else this.#begin(label, diff, gesture);
    this.document = next;
    this.#moved();
    return true;
  }

  /** Takes the newest step back; false when there is none. */
  undo(): boolean {
    const entry = this.history.undoable;
    return entry !== undefined && this.#turn(entry, 'undo', reverseDiff(entry.diff));
  }

  /** Makes the oldest undone step again; false when there is none. */
  redo(): boolean {
    const entry = this.history.redoable;
    return entry !== undefined && this.#turn(entry, 'redo', entry.diff);
  }

  /** Resolves when the engine has journaled everything; rejects when it cannot now. */
  async flush(): Promise<void> {
    if (this.#queue.length === 0) return;
    this.#pump();
    await new Promise<void>((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  /** Puts what an earlier page has left on the document, and sends it. */
  resume(unsent: readonly UnsentEdit[]): void {
    if (unsent.length === 0) return;
    this.#putBack(this, unsent, 'recovered');
    if (this.#queue.length === 0) return;
    this.saveState = 'saving';
    this.#options.onChange();
    this.#pump();
  }

  /** Others may have edited: fetches the newest state and goes on from there. */
  refresh(): void {
    this.#isStale = true;
    this.#pump();
  }

  /** The line is new: what was asked on the old one is not waited for. */
  resync(): void {
    this.#abort?.abort();
    this.refresh();
  }

  /** The user has read that edits were lost. */
  acknowledge(): void {
    if (this.saveState !== 'conflict') return;
    this.saveState = this.#queue.length > 0 ? 'saving' : 'saved';
    this.#options.onChange();
  }

  /** How many edits the engine has not answered. */
  get unsentCount(): number {
    return this.#queue.length;
  }

  /** Stops sending. What was not sent stays kept. */
  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
  }

  #held({ history, hasOlder }: JournalPage): StepHistory {
    return new StepHistory(toEntries(history), hasOlder, this.#options.mostSteps);
  }

  #begin(label: string, diff: ProjectDiff, gesture: string | undefined): void {
    this.#gestures += 1;
    const mergeKey = gesture === undefined ? {} : { gesture, mergeKey: `${gesture.slice(0, 80)}#${this.#options.now().toString(36)}.${this.#gestures}` };
    const entry: HistoryEntry = { label, diff, isUndone: false, engineIds: [], extendedMs: this.#options.now(), ...mergeKey };
    this.history.add(entry);
    this.#gestureBase = this.document;
    this.#queue.push({ kind: 'edit', entry, diff });
  }

  // The step grows; what has not been sent of it is sent as one edit.
  #extend(entry: HistoryEntry, next: AdProject, diff: ProjectDiff): void {
    const waiting = this.#queue.at(-1);
    const before = this.#gestureBase ?? this.document;
    entry.diff = diffProject(before, next);
    entry.extendedMs = this.#options.now();
    const isUnsent = waiting?.entry === entry && waiting.kind === 'edit' && waiting.isSent !== true;
    if (isUnsent) waiting.diff = diffProject(applyDiff(this.document, reverseDiff(waiting.diff)), next);
    else this.#queue.push({ kind: 'edit', entry, diff });
  }

  #turn(entry: HistoryEntry, kind: 'undo' | 'redo', diff: ProjectDiff): boolean {
    this.document = shareStructure(this.document, applyDiff(this.document, diff));
    entry.isUndone = kind === 'undo';
    void this.#fetchOlder();
    this.#gestureBase = undefined;
    this.#queue.push({ kind, entry, diff });
    this.#moved();
    return true;
  }

  #moved(): void {
    this.#keep();
    if (this.saveState !== 'waiting') this.saveState = 'saving';
    this.#options.onChange();
    this.#pump();
  }

  #keep(): void {
    this.#options.keep(this.#queue.map(({ entry, diff }) => ({ label: entry.label, diff })));
  }

  #pump(): void {
    if (this.#isPumping || this.#isClosed) return;
    if (this.#cancelRetry && !this.#isStale) return;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#isPumping = true;
    void this.#work().finally(() => (this.#isPumping = false)).then(() => this.#isMoreToDo() && this.#pump());
  }

  #isMoreToDo(): boolean {
    return !this.#cancelRetry && !this.#isClosed && (this.#isStale || this.#queue.length > 0);
  }

  async #work(): Promise<void> {
    try {
      while (!this.#isClosed && (this.#isStale || this.#queue.length > 0)) {
        if (this.#isStale) await this.#catchUp();
        else await this.#sendNext();
      }
      this.#settle();
    } catch (error) {
      this.#wait(error);
    }
  }

  async #sendNext(): Promise<void> {
    const operation = this.#queue[0];
    if (!operation) return;
    operation.isSent = true;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      await this.#send(operation, signal);
      this.#queue.shift();
      this.#conflicts = 0;
      this.#keep();
    } catch (error) {
      this.#isStale = true;
      if (!signal.aborted) this.#judge(error);
    }
  }

  // A conflict is looked into by fetching the newest state; what is refused all the same can never be journaled.
  #judge(error: unknown): void {
    const code = codeOf(error);
    if (code === 'CONFLICT') this.#conflicts += 1;
    if (code !== 'CONFLICT' && code !== 'BAD_INPUT') throw error;
    this.revision = UNKNOWN_REVISION;
    if (code === 'CONFLICT' && this.#conflicts < MOST_CONFLICTS) return;
    this.#queue = [];
    this.#conflicts = 0;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
    this.#options.onNews({ kind: 'refused', error });
  }

  async #send(operation: PendingOperation, signal: AbortSignal): Promise<void> {
    const { entry, kind } = operation;
    if (kind === 'edit') await this.#sendEdit(operation, signal);
    else await this.#sendTurn(entry, kind, signal);
  }

  async #sendEdit({ entry, diff }: PendingOperation, signal: AbortSignal): Promise<void> {
    const { label, mergeKey } = entry;
    const answer = await this.#options.port.edit({ revision: this.revision, label, diff, ...(mergeKey ? { mergeKey } : {}) }, signal);
    this.revision = answer.revision;
    if (answer.editId === 0) this.#forget(entry);
    else if (entry.engineIds.at(-1) !== answer.editId) entry.engineIds.push(answer.editId);
  }

  // A gesture that has come back to where it began is no step. Whatever was asked of it meanwhile changes nothing.
  #forget(entry: HistoryEntry): void {
    if (!isEmptyDiff(entry.diff)) return;
    this.history.remove(entry);
    this.#queue = this.#queue.filter((operation, index) => index === 0 || operation.entry !== entry);
    this.#options.onChange();
  }

  async #sendTurn(entry: HistoryEntry, kind: 'undo' | 'redo', signal: AbortSignal): Promise<void> {
    for (const id of kind === 'undo' ? entry.engineIds.toReversed() : entry.engineIds) {
      const answer = await this.#options.port[kind]({ revision: this.revision }, signal).catch((error: unknown) => {
        throw codeOf(error) === 'NOT_FOUND' ? new OutOfStep() : error;
      });
      this.revision = answer.revision;
      if (answer.edit.id !== id) throw new OutOfStep();
    }
  }

  /** Steps that were let go come back before undo has reached them. */
  async #fetchOlder(): Promise<void> {
    const [held, before] = [this.history, this.history.wantedBefore];
    if (before === undefined || this.#isFetchingOlder || this.#isClosed) return;
    this.#isFetchingOlder = true;
    const older = await this.#options.port.history({ before }).catch(() => undefined); // out of reach: the edits that wait say so
    if (older && this.history === held && held.wantedBefore === before) held.addOlder(toEntries(older.history), older.hasOlder);
    if (!older) await new Promise<void>((resolve) => this.#options.later(RETRY_MS, resolve));
    this.#isFetchingOlder = false;
    this.#options.onChange();
    if (!older) void this.#fetchOlder();
  }

  async #catchUp(): Promise<void> {
    this.#isStale = false;
    try {
      const opened = await this.#options.port.open();
      if (this.#isClosed || opened.revision === this.revision) return;
      const unsent = this.#queue.map(({ entry, diff }) => ({ label: entry.label, diff }));
      this.#putBack({ ...opened, history: this.#held(opened) }, unsent, 'lost');
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
  }

  // Takes the newest state and puts unsent edits on it, each as an edit of its own.
  #putBack(opened: Pick<DocumentSync, 'document' | 'revision' | 'history'>, unsent: readonly UnsentEdit[], why: 'recovered' | 'lost'): void {
    const { document, kept, lost } = rebase(opened.document, unsent);
    const entries = kept.map(({ label, diff }): HistoryEntry => ({ label, diff, isUndone: false, engineIds: [], extendedMs: 0 }));
    this.history = opened.history;
    if (entries.length > 0) this.history.add(...entries);
    this.#queue = entries.map((entry) => ({ kind: 'edit', entry, diff: entry.diff }));
    this.document = shareStructure(this.document, document);
    this.revision = opened.revision;
    this.#gestureBase = undefined;
    this.#keep();
    if (lost.length > 0) this.#options.onNews({ kind: 'lost', count: lost.length });
    else if (why === 'recovered' && kept.length > 0) this.#options.onNews({ kind: 'recovered', count: kept.length });
    if (lost.length > 0) this.saveState = 'conflict';
    this.#options.onChange();
  }

  #settle(): void {
    if (this.#queue.length > 0) return;
    for (const { resolve } of this.#waiters.splice(0)) resolve();
    if (this.saveState === 'saved' || this.saveState === 'conflict') return;
    this.saveState = 'saved';
    this.#options.onChange();
    void this.#fetchOlder();
  }

  #wait(error: unknown): void {
    if (this.#isClosed) return;
    this.saveState = 'waiting';
    this.saveError = error;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
    this.#cancelRetry = this.#options.later(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#isStale = true;
      this.#pump();
    });
    this.#options.onChange();
  }
}

/** The journal took another step than the one meant: it is handled as a conflict. */
class OutOfStep extends Error {
  readonly code = 'CONFLICT';
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function toEntries(history: readonly JournaledEdit[]): HistoryEntry[] {
  return history.map(({ id, label, diff, isUndone }) => ({ label, diff, isUndone, engineIds: [id], extendedMs: 0 }));
}

