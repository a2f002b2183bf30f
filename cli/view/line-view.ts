/** Progress for pipes and log files: a line for every stage and every finished, retried or failed step. */
import type { RunEvent } from '#engine/jobs/run-events.ts';
import { oneLine } from '../terminal.ts';
import type { RunView } from './run-view.ts';

export function createLineView(stream: Pick<NodeJS.WritableStream, 'write'>): RunView {
  let stage = '';
  const shown = new Map<string, string>();
  const line = (progress: number, text: string): void => void stream.write(`[${String(Math.floor(progress * 100)).padStart(3)} %] ${oneLine(text)}\n`);
  return {
    show(event: RunEvent) {
      if (event.type === 'run' && event.stage !== stage) {
        stage = event.stage;
        line(event.progress, stage);
      }
      if (event.type !== 'step') return;
      const { key, name, state, isCacheHit, attempt, error } = event.step;
      const text = state === 'running' ? `${name}: started${(attempt ?? 1) > 1 ? ` again (attempt ${attempt})` : ''}` : `${name}: ${isCacheHit ? 'kept from before' : state}${error ? ` (${error.message})` : ''}`;
      if (shown.get(key) === text) return;
      shown.set(key, text);
      line(event.progress, text);
    },
    close() {},
  };
}
