/**
 * The one place that decides what becomes of an engine: event in, next state and effects out. Pure. Times come with the events,
 * timers are data in the machine, and a state that waits for anything has one; so nothing can wait for ever.
 */
import { begin } from './begin.ts';
import type { Effect, EngineEvent } from './events.ts';
import type { Limits } from './limits.ts';
import { reduceEnding } from './reduce-ending.ts';
import { reduceServing } from './reduce-serving.ts';
import { reduceStarting } from './reduce-starting.ts';
import { change, type Step, stay } from './step.ts';
import { forgetCrashes, type Machine, servingOf } from './states.ts';

/** The machine after `event`, and what to do. An event that means nothing in this state changes nothing. */
export function reduce(machine: Machine, event: EngineEvent, limits: Limits): Step {
  if ('run' in event && event.run !== machine.run) return stay(machine);
  if (event.type === 'timer' && !isDue(machine, event)) return stay(machine);
  if (event.type === 'job-released') return release(machine, event.jobId);
  const { state } = machine;
  if (state.name === 'starting') return reduceStarting(machine, state, event, limits);
  if (servingOf(state) !== undefined) return reduceServing(machine, servingOf(state)!, event, limits);
  if (state.name === 'stopping' || state.name === 'crashed') return reduceEnding(machine, state, event, limits);
  if (state.name === 'external') return reduceExternal(machine, event, limits);
  return reduceResting(machine, event, limits);
}

/** Stopped, broken, or waiting to start again: no process is there. */
function reduceResting(machine: Machine, event: EngineEvent, limits: Limits): Step {
  const isWaiting = machine.state.name === 'restarting';
  if (event.type === 'start') return begin({ ...machine, history: forgetCrashes(machine.history) }, event.atMs, limits);
  if (event.type === 'timer' && isWaiting) {
    const { history } = machine;
    return begin({ ...machine, history: { ...history, restartsMs: [...history.restartsMs, event.atMs] } }, event.atMs, limits);
  }
  if (event.type === 'attach' && !isWaiting) {
    const { url } = event;
    return change({ ...machine, run: machine.run + 1 }, { name: 'external', url, answer: 'unknown' }, { probe: event.atMs + limits.probeMs }, [{ type: 'probe-external', url }]);
  }
  if (event.type === 'stop') return change(machine, { name: 'stopped' }, {});
  return stay(machine);
}

/** Somebody else's server: asked how it is, let go of, and nothing more. */
function reduceExternal(machine: Machine, event: EngineEvent, limits: Limits): Step {
  const { state } = machine;
  if (state.name !== 'external') return stay(machine);
  if (event.type === 'stop') return change({ ...machine, run: machine.run + 1 }, { name: 'stopped' }, {});
  if (event.type === 'probe') return stay({ ...machine, state: { ...state, answer: event.answer } });
  if (event.type === 'timer') {
    const effect: Effect = { type: 'probe-external', url: state.url };
    return change(machine, state, { probe: event.atMs + limits.probeMs }, [effect]);
  }
  return stay(machine);
}

function isDue(machine: Machine, event: EngineEvent & { type: 'timer' }): boolean {
  const due = machine.timers[event.timer];
  return due !== undefined && due <= event.atMs;
}

/** The user trusts a held job again; it starts without a record. */
function release(machine: Machine, jobId: string): Step {
  const { history } = machine;
  if (!history.held.includes(jobId)) return stay(machine);
  const { [jobId]: _, ...crashesWith } = history.crashesWith;
  return stay({ ...machine, history: { ...history, crashesWith, held: history.held.filter((id) => id !== jobId) } }, [{ type: 'requeue-job', jobId }]);
}
