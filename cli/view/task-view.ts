/**
 * Shows a long task that is one bar: an installation, downloads, a check. On a terminal one line that is redrawn; in a pipe a line
 * for every new step and every further tenth.
 */
import { oneLine } from '../terminal.ts';
import { createEta, formatEta } from '#core/lib/eta.ts';
import { bar } from './live-view.ts';

export interface TaskProgress {
  /** 0..1 of the whole task; one that goes back is shown as standing still. */
  readonly fraction: number;
  /** What is being done; a new one is worth a line of its own. */
  readonly step: string;
  /** What changes all the time, such as the speed. */
  readonly detail?: string;
}

export interface TaskView {
  show(progress: TaskProgress): void;
  /** Leaves the terminal as a finished text. */
  close(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const REDRAW_MS = 120;
const BAR = 24;

export function createTaskView(stream: Stream = process.stderr, nowMs: () => number = () => performance.now()): TaskView {
  const view = stream.isTTY ? liveView(stream, nowMs) : lineView(stream);
  let reached = 0;
  return {
    show(progress) {
      reached = Math.max(reached, Math.min(1, progress.fraction));
      view.show({ ...progress, fraction: reached });
    },
    close: () => view.close(),
  };
}

/** The view is closed whatever happens, so that what follows begins on a line of its own. */
export async function withTaskView<T>(work: (view: TaskView) => Promise<T>): Promise<T> {
  const view = createTaskView();
  try {
    return await work(view);
  } finally {
    view.close();
  }
}

function lineView(stream: Stream): TaskView {
  let step = '';
  let tenth = -1;
  return {
    show({ fraction, step: next, detail }) {
      const nextTenth = Math.floor(fraction * 10);
      if (next === step && nextTenth === tenth) return;
      step = next;
      tenth = nextTenth;
      stream.write(`[${percent(fraction)}] ${oneLine(next)}${detail ? `: ${oneLine(detail)}` : ''}\n`);
    },
    close() {},
  };
}

function liveView(stream: Stream, nowMs: () => number): TaskView {
  const eta = createEta();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let last: TaskProgress | undefined;
  const draw = ({ fraction, step, detail }: TaskProgress): void => {
    const parts = [`${bar(fraction, BAR)} ${percent(fraction)}`, formatEta(eta.remainingMs(fraction, nowMs())), oneLine(step), oneLine(detail ?? '')];
    const line = parts.filter((part) => part !== '').join('  ');
    stream.write(`\r\x1b[K${[...line].slice(0, (stream.columns || 80) - 1).join('')}`);
  };
  return {
    show(progress) {
      const isNew = progress.step !== last?.step;
      last = progress;
      if (!isNew && nowMs() - drawnMs < REDRAW_MS) return;
      drawnMs = nowMs();
      draw(progress);
    },
    close() {
      if (last === undefined) return;
      draw(last);
      stream.write('\n');
    },
  };
}

const percent = (fraction: number): string => `${String(Math.floor(fraction * 100)).padStart(3)} %`;
