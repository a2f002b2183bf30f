/**
 * Progress for a terminal: one bar for the run with what is left of it in time, one line per stage, one bar per step at work.
 */
import type { RunEvent, StepView } from '#engine/jobs/run-events.ts';
import type { Stage } from '#engine/jobs/types.ts';
import { STAGES } from '#engine/jobs/types.ts';
import { oneLine } from '../terminal.ts';
import { createEta, formatEta } from '#core/lib/eta.ts';
import type { RunView } from './run-view.ts';

const BAR = 24;
const REDRAW_MS = 120;
const MAX_RUNNING = 6;

const STAGE_NAMES: Partial<Record<Stage, string>> = {
  PLANNING: 'Plan', EXTRACTING_PRODUCT: 'Product', GENERATING_SCENES: 'Scenes', GENERATING_AUDIO: 'Sound', COMPOSITING: 'Words and stills', RENDERING: 'Film',
};

export function createLiveView(stream: NodeJS.WriteStream): RunView {
  const steps = new Map<string, StepView>();
  const eta = createEta();
  let progress = 0;
  let drawnLines = 0;
  const draw = (): void => {
    const lines = describe([...steps.values()], progress, formatEta(eta.remainingMs(progress, performance.now())), stream.columns || 80);
    stream.write(`${erase(drawnLines)}${lines.join('\n')}\n`);
    drawnLines = lines.length;
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    show(event: RunEvent) {
      if (event.type === 'steps') for (const step of event.steps) steps.set(step.key, step);
      if (event.type === 'step' || event.type === 'progress') steps.set(event.step.key, event.step);
      if (event.type !== 'steps') progress = Math.max(progress, event.progress);
    },
    close() {
      clearInterval(timer);
      draw();
    },
  };
}

/** The block as lines that fit the width; pure, for its test. */
export function describe(steps: readonly StepView[], progress: number, eta: string, columns: number): string[] {
  const stages = STAGES.flatMap((stage) => {
    const own = steps.filter((step) => step.stage === stage);
    const name = STAGE_NAMES[stage];
    if (own.length === 0 || !name) return [];
    const done = own.filter((step) => step.state === 'succeeded').length;
    const mark = own.some((step) => step.state === 'failed') ? '✗' : done === own.length ? '✓' : own.some((step) => step.state === 'running') ? '▸' : '·';
    return [`${mark} ${name.padEnd(17)} ${done}/${own.length}`];
  });
  const running = steps.filter((step) => step.state === 'running').slice(0, MAX_RUNNING).map((step) => `    ${bar(step.progress, 12)} ${oneLine(step.name)}${step.note ? ` · ${oneLine(step.note)}` : ''}`);
  return [`${bar(progress, BAR)} ${String(Math.floor(progress * 100)).padStart(3)} %  ${eta}`, ...stages, ...running].map((line) => [...line].slice(0, columns - 1).join(''));
}

export function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

function erase(lines: number): string {
  return lines === 0 ? '' : `\x1b[${lines}A\x1b[0J`;
}
