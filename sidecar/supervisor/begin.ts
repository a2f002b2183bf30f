/** The first step of every process. */
import type { Limits } from './limits.ts';
import { memoryFlags } from './memory-ladder.ts';
import { change, type Step } from './step.ts';
import type { EngineState, Machine } from './states.ts';

/** A new process, with the flags of the rung that memory has come down to. */
export function begin(machine: Machine, atMs: number, limits: Limits): Step {
  const { history } = machine;
  const state: EngineState = { name: 'starting', phase: 'spawned', activity: 'starting Python', startedMs: atMs };
  const timers = {
    hello: atMs + limits.helloMs,
    note: atMs + limits.noteMs,
    'still-working': atMs + limits.stillWorkingMs,
    silence: atMs + limits.silenceMs,
    hard: atMs + (history.isFirstRun ? limits.hardFirstRunMs : limits.hardMs),
  };
  return change({ ...machine, run: machine.run + 1 }, state, timers, [{ type: 'spawn', flags: memoryFlags(history) }]);
}
