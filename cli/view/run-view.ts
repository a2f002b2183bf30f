/**
 * Shows a run while it works: on a terminal a block that is redrawn, in a pipe one plain line per change. A view only listens;
 * it never influences the run.
 */
import type { RunEvent } from '#engine/jobs/run-events.ts';
import { createLineView } from './line-view.ts';
import { createLiveView } from './live-view.ts';

export interface RunView {
  show(event: RunEvent): void;
  /** Leaves the terminal as a finished text. */
  close(): void;
}

/** Watches one run; events of others are ignored. */
export function createRunView(runId: string, stream: NodeJS.WriteStream = process.stderr): RunView {
  const view = stream.isTTY ? createLiveView(stream) : createLineView(stream);
  return {
    show: (event) => {
      if (event.runId === runId) view.show(event);
    },
    close: () => view.close(),
  };
}
