/** A journal in memory that does what the contract of `projects` says, for tests of the page's side. It can lose calls, answers and edits. */
import { AdgenError } from '#core/contract/errors.ts';
import { composeDiffs } from '#core/project/compose-diffs.ts';
import { applyDiff, isEmptyDiff, reverseDiff } from '#core/project/diff.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { JournalPage, JournalPort, OpenedDocument } from '../journal-port.ts';

interface Row {
  readonly id: number;
  readonly label: string;
  readonly mergeKey?: string;
  diff: ProjectDiff;
  isUndone: boolean;
}

/** What happens to the next calls: `cut` = it never arrives, `mute` = it is done but the answer is lost. */
export type Fault = 'cut' | 'mute';

/** The journal of one project. */
export class SmallJournal {
  document: AdProject;
  revision = 0;
  calls = 0;
  rows: Row[] = [];
  /** Taken one by one by the next calls. */
  faults: (Fault | undefined)[] = [];
  readonly #page: number;
  #nextId = 1;

  /** `page`: so many edits that can be undone are told at once. */
  constructor(document: AdProject, page = 200) {
    this.document = adProjectSchema.parse(document);
    this.#page = page;
  }

  /** As `DocumentSync` sees it. */
  port(): JournalPort {
    return {
      open: () => this.#call(() => this.opened()),
      history: ({ before }) => this.#call(() => this.#pageBefore(before)),
      edit: (input) => this.#call(() => this.edit(input)),
      undo: (input) => this.#call(() => this.#turn(input.revision, this.rows.findLast((row) => !row.isUndone), true)),
      redo: (input) => this.#call(() => this.#turn(input.revision, this.rows.find((row) => row.isUndone), false)),
    };
  }

  /** The answer to `open`. */
  opened(): OpenedDocument {
    const { history, hasOlder } = this.#pageBefore(Infinity);
    const undone = this.rows.filter((row) => row.isUndone).map((row) => this.#shown(row));
    return { document: structuredClone(this.document), revision: this.revision, history: [...history, ...undone], hasOlder };
  }

  #pageBefore(before: number): JournalPage {
    const older = this.rows.filter((row) => !row.isUndone && row.id < before);
    return { history: older.slice(-this.#page).map((row) => this.#shown(row)), hasOlder: older.length > this.#page };
  }

  /** Journals an edit; also how a test plays another window. */
  edit({ revision, label, mergeKey, diff }: { readonly revision: number; readonly label: string; readonly mergeKey?: string; readonly diff: ProjectDiff }): { revision: number; editId: number } {
    this.#expect(revision);
    if (isEmptyDiff(diff)) return { revision, editId: 0 };
    this.document = adProjectSchema.parse(applyDiff(this.document, structuredClone(diff)));
    const newest = this.rows.at(-1);
    this.rows = this.rows.filter((row) => !row.isUndone);
    if (mergeKey !== undefined && newest?.mergeKey === mergeKey && !newest.isUndone) {
      newest.diff = composeDiffs(newest.diff, diff);
      if (isEmptyDiff(newest.diff)) {
        this.rows.pop();
        return { revision: ++this.revision, editId: 0 };
      }
    } else this.rows.push({ id: this.#nextId++, label, ...(mergeKey ? { mergeKey } : {}), diff, isUndone: false });
    return { revision: ++this.revision, editId: this.rows.at(-1)?.id ?? 0 };
  }

  #turn(revision: number, row: Row | undefined, isUndo: boolean) {
    this.#expect(revision);
    if (!row) throw new AdgenError('NOT_FOUND', 'There is nothing to undo.');
    this.document = applyDiff(this.document, isUndo ? reverseDiff(row.diff) : row.diff);
    row.isUndone = isUndo;
    return { revision: ++this.revision, edit: this.#shown(row) };
  }

  #shown({ id, label, isUndone, diff }: Row) {
    return { id, label, isUndone, diff };
  }

  #expect(revision: number): void {
    if (revision !== this.revision) throw new AdgenError('CONFLICT', 'The project was changed in the meantime.');
  }

  async #call<T>(run: () => T): Promise<T> {
    this.calls += 1;
    const fault = this.faults.shift();
    await Promise.resolve();
    if (fault === 'cut') throw new Error('The line broke.');
    const answer = run();
    await Promise.resolve();
    if (fault === 'mute') throw new Error('The line broke.');
    return structuredClone(answer);
  }
}
