/**
 * Changes of exports, written down and told to whoever watches. On a full disk nothing can be written: an end is then told at once, and written
 * when there is room, so that nobody waits for an export that is over.
 */
import { EventPublisher } from '@orpc/server';
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { changeExport, claimNext, findExport, getExportRow, listExports, listOpen } from './export-orders.ts';
import type { ExportChange, ExportRow, ExportView } from './export-orders.ts';

/** How often a full disk is asked whether there is room again. */
const ROOM_MS = 1000;

export type ExportBook = ReturnType<typeof createExportBook>;

/** @param closing ends the waiting for room */
export function createExportBook(db: StudioDb, closing: AbortSignal) {
  const news = new EventPublisher<{ change: ExportView }>({ maxBufferedEvents: 1000 });
  let unwritten: ExportView | undefined;
  const asKnown = (view: ExportView): ExportView => (unwritten?.id === view.id ? unwritten : view);

  /** One that was removed with its project is nobody's news. */
  const tell = (id: string): void => {
    const view = findExport(db, id);
    if (view) news.publish('change', asKnown(view));
  };
  const change = (id: string, how: ExportChange): void => {
    changeExport(db, id, how);
    tell(id);
  };
  const tellUnwritten = (id: string, { state, error }: ExportEnd): void => {
    const view = findExport(db, id);
    if (!view || state === 'succeeded') return;
    const told = error ? serializeError(error) : undefined;
    unwritten = { ...view, state, error: told ? { code: told.code, message: told.message } : null };
    tell(id);
  };
  return {
    change,
    tell,
    /** Progress is only nice to know. */
    progress: (id: string, progress: number): void => void isFull(() => change(id, { progress })),
    /** Resolves when it is written, or rejects when the program ends before: the next start makes it again. */
    async end(id: string, how: ExportEnd): Promise<void> {
      while (isFull(() => changeExport(db, id, how))) {
        tellUnwritten(id, how);
        await delay(ROOM_MS, undefined, { signal: closing });
      }
      unwritten = undefined;
      tell(id);
    },
    /** The oldest that waits; what waits goes on waiting while nothing can be written, and `again` is called later. */
    claim(again: () => void): ExportRow | undefined {
      let row: ExportRow | undefined;
      if (isFull(() => (row = claimNext(db)))) setTimeout(again, ROOM_MS).unref();
      return row;
    },
    /** Throws NOT_FOUND, and DISK_FULL for one whose end could not be written yet. */
    rowOf(id: string): ExportRow {
      if (unwritten?.id === id && unwritten.error) throw new AdgenError('DISK_FULL', unwritten.error.message);
      return getExportRow(db, id);
    },
    list: (options: Parameters<typeof listExports>[1]): ExportView[] => listExports(db, options).map(asKnown),
    /** First all that have not ended, then every change, until `signal` aborts. */
    async *watch(projectId: string | undefined, signal: AbortSignal | undefined): AsyncGenerator<ExportView, void, void> {
      const isMeant = (view: ExportView): boolean => projectId === undefined || view.projectId === projectId;
      const live = news.subscribe('change', { ...(signal ? { signal } : {}), maxBufferedEvents: 1000 });
      try {
        yield* listOpen(db).map(asKnown).filter(isMeant);
        for await (const view of live) if (isMeant(view)) yield view;
      } catch (error) {
        if (!signal?.aborted) throw error;
      }
    },
  };
}

type ExportEnd = Omit<ExportChange, 'state'> & { readonly state: 'succeeded' | 'failed' | 'canceled' };

/** Whether the disk is too full for it. */
function isFull(write: () => unknown): boolean {
  try {
    write();
    return false;
  } catch (error) {
    if (serializeError(error).code === 'DISK_FULL') return true;
    throw error;
  }
}
