/** An engine that was ready: what it works on, whether it still answers, and what to do when its memory does not suffice. */
import type { EngineEvent } from './events.ts';
import { classifyExit } from './exit-codes.ts';
import type { Limits } from './limits.ts';
import { below, VRAM_LADDER } from './memory-ladder.ts';
import { foreignServer, nobodyListens, stuckJob } from './problems.ts';
import { crash, stop } from './reduce-ending.ts';
import { change, type Step, stay } from './step.ts';
import { type Machine, serve, type Serving } from './states.ts';

export function reduceServing(machine: Machine, serving: Serving, event: EngineEvent, limits: Limits): Step {
  const become = (changes: Partial<Serving>): Step => stay({ ...machine, state: serve({ ...serving, ...changes }) });
  switch (event.type) {
    case 'stop': return stop(machine, event.atMs, limits, event);
    case 'exited': return crash(machine, event.atMs, limits, classifyExit(event.exit, serving.jobId !== undefined));
    case 'job-started': return become({ jobId: event.jobId });
    case 'job-ended': return endJob(machine, serving, event.jobId);
    case 'job-out-of-memory': return onOutOfMemory(machine, serving, event.jobId, event.atMs, limits);
    case 'job-stuck': return event.jobId === serving.jobId ? crash(machine, event.atMs, limits, { problem: stuckJob(event.jobId), isMemory: false }) : stay(machine);
    case 'ws-down': return become({ isWsDown: true });
    case 'ws-up': return become({ isWsDown: false });
    case 'probe': return onProbe(machine, serving, event, limits);
    case 'timer': return change(machine, machine.state, { probe: event.atMs + limits.probeMs }, [{ type: 'probe', port: serving.port }]);
    default: return stay(machine);
  }
}

/** Refused a few times is dead; no answer in time is busy, however long it lasts: loading a model blocks the server. */
function onProbe(machine: Machine, serving: Serving, event: EngineEvent & { type: 'probe' }, limits: Limits): Step {
  const due = (afterMs: number) => ({ probe: event.atMs + afterMs });
  switch (event.answer) {
    case 'ok': return change(machine, serve({ ...serving, refusals: 0, misses: 0 }), due(limits.probeMs));
    case 'timeout': return change(machine, serve({ ...serving, refusals: 0, misses: serving.misses + 1 }), due(limits.probeMs));
    case 'foreign': return crash(machine, event.atMs, limits, { problem: foreignServer(serving.port), isMemory: false });
    case 'refused': {
      const refusals = serving.refusals + 1;
      if (refusals >= limits.deadRefusals) return crash(machine, event.atMs, limits, { problem: nobodyListens(serving.port), isMemory: false });
      return change(machine, serve({ ...serving, refusals }), due(limits.probeAgainMs));
    }
  }
}

/** A job that ended well is no longer suspected of anything. */
function endJob(machine: Machine, serving: Serving, jobId: string): Step {
  const { history } = machine;
  const { [jobId]: _, ...crashesWith } = history.crashesWith;
  const { [jobId]: __, ...outOfMemory } = history.outOfMemory;
  return stay({ ...machine, history: { ...history, crashesWith, outOfMemory }, state: serve({ ...serving, jobId: serving.jobId === jobId ? undefined : serving.jobId }) });
}

/** First free what is loaded and try again; then one rung down for every further time, with a new process; then ask. */
function onOutOfMemory(machine: Machine, serving: Serving, jobId: string, atMs: number, limits: Limits): Step {
  const { history } = machine;
  const times = (history.outOfMemory[jobId] ?? 0) + 1;
  const counted = { ...history, outOfMemory: { ...history.outOfMemory, [jobId]: times } };
  const idle = serve({ ...serving, jobId: serving.jobId === jobId ? undefined : serving.jobId });
  if (times === 1) {
    return stay({ ...machine, history: counted, state: idle }, [{ type: 'free-memory', port: serving.port }, { type: 'requeue-job', jobId }]);
  }
  const vramRung = below(VRAM_LADDER, history.vramRung);
  if (vramRung === undefined) return stay({ ...machine, history: counted, state: idle }, [{ type: 'ask-smaller', jobId }]);
  const stopped = stop({ ...machine, history: { ...counted, vramRung } }, atMs, limits, { next: 'restart' });
  const text = `Not enough GPU memory; the engine is started again ${VRAM_LADDER[vramRung]?.label}.`;
  return { machine: stopped.machine, effects: [{ type: 'note', text }, ...stopped.effects, { type: 'requeue-job', jobId }] };
}
