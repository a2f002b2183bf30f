/** From the spawn to the moment when the engine is known to be ours and has said which nodes it has. */
import type { EngineEvent } from './events.ts';
import { classifyExit } from './exit-codes.ts';
import type { Limits } from './limits.ts';
import { bootSilent, bootSlow, foreignServer, noObjectInfo, unreadableObjectInfo } from './problems.ts';
import { crash, stop } from './reduce-ending.ts';
import { change, type Step, stay, withTimer } from './step.ts';
import { type EngineState, type Machine, serve, type TimerName } from './states.ts';

type Starting = EngineState & { readonly name: 'starting' };

export function reduceStarting(machine: Machine, state: Starting, event: EngineEvent, limits: Limits): Step {
  const alive = { ...machine.timers, silence: event.atMs + limits.silenceMs };
  switch (event.type) {
    case 'stop': return stop(machine, event.atMs, limits, event);
    case 'spawn-failed': return change(machine, { name: 'broken', problem: event.problem }, {});
    case 'exited': return crash(machine, event.atMs, limits, classifyExit(event.exit, true));
    case 'hello': return state.phase === 'spawned' ? change(machine, { ...state, phase: 'importing', activity: 'loading' }, withTimer(alive, 'hello', undefined)) : stay(machine);
    case 'output': return change(machine, { ...state, activity: event.activity ?? state.activity }, alive);
    case 'worked': return change(machine, state, alive);
    case 'listen': return onListen(machine, state, event.port, event.atMs, limits);
    case 'identity': return onIdentity(machine, state, event, limits);
    case 'object-info': return onObjectInfo(machine, state, event.answer, event.atMs, limits);
    case 'timer': return onTimer(machine, state, event.timer, event.atMs, limits);
    default: return stay(machine);
  }
}

/** A process may listen on more than one port; the latest is asked until one of them is identified. */
function onListen(machine: Machine, state: Starting, port: number, atMs: number, limits: Limits): Step {
  if (state.phase === 'identified') return stay(machine);
  const timers = { ...withTimer(machine.timers, 'hello', undefined), silence: atMs + limits.silenceMs, identity: atMs + limits.httpMs + limits.identityRetryMs };
  return change(machine, { ...state, phase: 'listening', activity: 'asking who answers', port }, timers, [{ type: 'check-identity', port }]);
}

function onIdentity(machine: Machine, state: Starting, event: EngineEvent & { type: 'identity' }, limits: Limits): Step {
  if (state.phase !== 'listening' || event.port !== state.port) return stay(machine);
  if (event.answer === 'foreign') return crash(machine, event.atMs, limits, { problem: foreignServer(event.port), isMemory: false }, 'broken');
  if (event.answer === 'none') return change(machine, state, withTimer(machine.timers, 'identity', event.atMs + limits.identityRetryMs));
  const timers = { ...withTimer(machine.timers, 'identity', undefined), 'object-info': event.atMs + limits.objectInfoMs };
  return change(machine, { ...state, phase: 'identified', activity: 'reading the list of nodes' }, timers, [{ type: 'load-object-info', port: event.port }]);
}

function onObjectInfo(machine: Machine, state: Starting, answer: 'ok' | 'unreadable' | 'none', atMs: number, limits: Limits): Step {
  if (state.phase !== 'identified' || state.port === undefined) return stay(machine);
  if (answer !== 'ok') {
    const problem = answer === 'none' ? noObjectInfo(limits.objectInfoMs / 1000) : unreadableObjectInfo;
    return crash(machine, atMs, limits, { problem, isMemory: false });
  }
  const ready = { ...machine, history: { ...machine.history, wasReady: true, isFirstRun: false } };
  return change(ready, serve({ port: state.port, isWsDown: false, refusals: 0, misses: 0 }), { probe: atMs + limits.probeMs });
}

function onTimer(machine: Machine, state: Starting, timer: TimerName, atMs: number, limits: Limits): Step {
  const fail = (problem: Parameters<typeof crash>[3]['problem']): Step => crash(machine, atMs, limits, { problem, isMemory: false });
  switch (timer) {
    case 'hello': return fail(bootSilent(state.activity, limits.helloMs / 1000));
    case 'silence': return fail(bootSilent(state.activity, limits.silenceMs / 1000));
    case 'object-info': return fail(noObjectInfo(limits.objectInfoMs / 1000));
    case 'hard': return fail(bootSlow(state.activity, Math.round((atMs - state.startedMs) / 60_000)));
    case 'identity': {
      const timers = withTimer(machine.timers, 'identity', atMs + limits.httpMs + limits.identityRetryMs);
      return change(machine, state, timers, state.port === undefined ? [] : [{ type: 'check-identity', port: state.port }]);
    }
    case 'note': return change(machine, state, withTimer(machine.timers, 'note', undefined), [{ type: 'note', text: `The engine is starting, which can take minutes the first time (${state.activity}).` }]);
    case 'still-working': return change(machine, state, withTimer(machine.timers, 'still-working', atMs + limits.stillWorkingAgainMs), [{ type: 'note', text: `Still working: ${state.activity}.` }]);
    default: return stay(machine);
  }
}
