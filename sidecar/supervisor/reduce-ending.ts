/**
 * How a process ends: by request in three steps, each firmer than the one before, or by itself. Either way nothing goes on before
 * everything that it started is known to be gone.
 */
import { begin } from './begin.ts';
import type { Effect, EngineEvent } from './events.ts';
import type { ExitVerdict } from './exit-codes.ts';
import type { Limits } from './limits.ts';
import { below, RAM_LADDER } from './memory-ladder.ts';
import { engineLoop, engineStuck } from './problems.ts';
import { change, type Step, stay } from './step.ts';
import { type EngineState, forgetCrashes, type History, type Machine, servingOf } from './states.ts';

type Ending = EngineState & { readonly name: 'stopping' | 'crashed' };

/** Memory crashes until the engine is started more modestly. */
const MEMORY_CRASHES = 2;

/** Asks the engine to stop. A job that is on board goes back to the queue, blamed for nothing. */
export function stop(machine: Machine, atMs: number, limits: Limits, how: { readonly isQuit?: boolean; readonly next?: 'stopped' | 'restart' } = {}): Step {
  const jobId = servingOf(machine.state)?.jobId;
  const effects: Effect[] = [{ type: 'send-stop' }, ...(jobId === undefined ? [] : [{ type: 'requeue-job', jobId } as const])];
  return change(machine, { name: 'stopping', step: 'asked', next: how.next ?? 'stopped' }, { ask: atMs + (how.isQuit ? limits.askQuitMs : limits.askMs) }, effects);
}

/** It ended, or has to be ended: the tree is killed, the job on board is judged, memory is counted. `outcome` broken = trying again is no use. */
export function crash(machine: Machine, atMs: number, limits: Limits, verdict: ExitVerdict, outcome: 'retry' | 'broken' = 'retry'): Step {
  const { history } = machine;
  const jobId = servingOf(machine.state)?.jobId;
  const judged = judgeJob(history, jobId, limits);
  const remembered = judgeMemory(judged.history, verdict.isMemory);
  const counted: History = { ...remembered.history, crashes: history.crashes + 1, wasReady: history.wasReady && outcome === 'retry' };
  const state: Ending = { name: 'crashed', count: counted.crashes, problem: verdict.problem, next: 'retry' };
  return change({ ...machine, history: counted }, state, { gone: atMs + limits.goneMs }, [{ type: 'kill-tree' }, ...judged.effects, ...remembered.effects]);
}

export function reduceEnding(machine: Machine, state: Ending, event: EngineEvent, limits: Limits): Step {
  if (event.type === 'start') {
    if (state.name === 'crashed') return stay({ ...machine, state: { ...state, next: 'retry' } });
    return stay({ ...machine, history: forgetCrashes(machine.history), state: { ...state, next: 'restart' } });
  }
  if (event.type === 'stop') return stay({ ...machine, state: { ...state, next: 'stopped' } });
  if (event.type === 'tree-gone') return whenGone(machine, state, event.atMs, limits);
  if (event.type === 'timer' && event.timer === 'gone') return change(machine, { name: 'broken', problem: engineStuck(limits.goneMs / 1000) }, {});
  if (state.name === 'crashed') return stay(machine);
  if (event.type === 'exited' && state.step !== 'killed') return killTree(machine, state, event.atMs, limits);
  if (event.type === 'spawn-failed') return whenGone(machine, state, event.atMs, limits);
  if (event.type === 'timer' && event.timer === 'ask') {
    return change(machine, { ...state, step: 'terminated' }, { terminate: event.atMs + limits.terminateMs }, [{ type: 'terminate' }]);
  }
  if (event.type === 'timer' && event.timer === 'terminate') return killTree(machine, state, event.atMs, limits);
  return stay(machine);
}

/** Also after an orderly end: what it has started may still be there. */
function killTree(machine: Machine, state: Ending & { name: 'stopping' }, atMs: number, limits: Limits): Step {
  return change(machine, { ...state, step: 'killed' }, { gone: atMs + limits.goneMs }, [{ type: 'kill-tree' }]);
}

function whenGone(machine: Machine, state: Ending, atMs: number, limits: Limits): Step {
  if (state.next === 'stopped') return change(machine, { name: 'stopped' }, {});
  if (state.next === 'restart') return begin(machine, atMs, limits);
  if (state.name !== 'crashed') return stay(machine);
  const { history } = machine;
  if (!history.wasReady) return change(machine, { name: 'broken', problem: state.problem }, {});
  const restartsMs = history.restartsMs.filter((at) => atMs - at < limits.restartWindowMs);
  const delayMs = limits.restartDelaysMs[restartsMs.length];
  if (delayMs === undefined) return change(machine, { name: 'broken', problem: engineLoop(restartsMs.length, state.problem) }, {});
  const text = `${state.problem.message} It is started again; finished work is kept.`;
  return change({ ...machine, history: { ...history, restartsMs } }, { name: 'restarting', attempt: restartsMs.length + 1, problem: state.problem }, { backoff: atMs + delayMs }, [{ type: 'note', text }]);
}

/** A job that is on board at two crashes is held, so that it cannot take the others with it. */
function judgeJob(history: History, jobId: string | undefined, limits: Limits): { history: History; effects: Effect[] } {
  if (jobId === undefined) return { history, effects: [] };
  const times = (history.crashesWith[jobId] ?? 0) + 1;
  const crashesWith = { ...history.crashesWith, [jobId]: times };
  if (times < limits.poisonCrashes) return { history: { ...history, crashesWith }, effects: [{ type: 'requeue-job', jobId }] };
  const text = `The engine ended ${times} times while it worked on the same job; that job is held back, the others go on.`;
  return { history: { ...history, crashesWith, held: [...history.held.filter((id) => id !== jobId), jobId] }, effects: [{ type: 'hold-job', jobId }, { type: 'note', text }] };
}

function judgeMemory(history: History, isMemory: boolean): { history: History; effects: Effect[] } {
  if (!isMemory) return { history, effects: [] };
  const memoryCrashes = history.memoryCrashes + 1;
  const ramRung = below(RAM_LADDER, history.ramRung);
  if (memoryCrashes < MEMORY_CRASHES || ramRung === undefined) return { history: { ...history, memoryCrashes }, effects: [] };
  return { history: { ...history, memoryCrashes: 0, ramRung }, effects: [{ type: 'note', text: `Main memory did not suffice; the engine is started again ${RAM_LADDER[ramRung]?.label}.` }] };
}
