/** How reducers answer. */
import type { Effect } from './events.ts';
import type { EngineState, Machine, Timers } from './states.ts';

export interface Step {
  readonly machine: Machine;
  readonly effects: readonly Effect[];
}

export const stay = (machine: Machine, effects: readonly Effect[] = []): Step => ({ machine, effects });

/** Another state; the timers of the one before are gone with it. */
export const change = (machine: Machine, state: EngineState, timers: Timers, effects: readonly Effect[] = []): Step => ({
  machine: { ...machine, state, timers }, effects,
});

export function withTimer(timers: Timers, name: keyof Timers, dueMs: number | undefined): Timers {
  const { [name]: _, ...others } = timers;
  return dueMs === undefined ? others : { ...others, [name]: dueMs };
}
