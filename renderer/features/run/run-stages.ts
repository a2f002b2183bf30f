/** The stages of a run as the user sees them (DESIGN §1). They overlap: scenes are made while others are rendered. Pure. */
import { hasEnded } from './run-model.ts';
import type { RunModel, RunStep } from './run-model.ts';

/** In order; `COMPLETED` is the end. */
export const SHOWN_STAGES = ['PLANNING', 'EXTRACTING_PRODUCT', 'GENERATING_SCENES', 'GENERATING_AUDIO', 'COMPOSITING', 'RENDERING'] as const;
export type ShownStage = (typeof SHOWN_STAGES)[number];

/** How a stage is. `kept`: all of it was there from before. */
export interface StageStanding {
  readonly stage: ShownStage;
  readonly standing: 'waiting' | 'running' | 'done' | 'kept' | 'stopped';
  readonly done: number;
  readonly total: number;
}

/** All stages that this run has or may still come to. */
export function stagesOf(run: RunModel): StageStanding[] {
  const reached = SHOWN_STAGES.findIndex((stage) => stage === run.stage);
  const isOver = hasEnded(run);
  return SHOWN_STAGES.flatMap((stage, index) => {
    const own = [...run.steps.values()].filter((step) => step.stage === stage);
    if (own.length === 0 && (isOver || index < reached)) return []; // a render has no plan to make
    const done = own.filter((step) => step.state === 'succeeded').length;
    return [{ stage, standing: standingOf(own, done, isOver, run, index < reached), done, total: own.length }];
  });
}

function standingOf(own: readonly RunStep[], done: number, isOver: boolean, run: RunModel, isPassed: boolean): StageStanding['standing'] {
  const isAll = done === own.length && own.length > 0;
  if (isAll && (isOver || isPassed || run.state === 'succeeded')) return own.every((step) => step.isCacheHit) ? 'kept' : 'done';
  if (isOver) return 'stopped';
  return own.length > 0 ? 'running' : 'waiting';
}
