import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Effect, EngineEvent } from './events.ts';
import { DEFAULT_LIMITS as LIMITS } from './limits.ts';
import type { Problem } from './problems.ts';
import { reduce } from './reducer.ts';
import { createMachine, type EngineState, isAtRest, type Machine, servingOf, type TimerName } from './states.ts';

const PROBLEM: Problem = { code: 'ENV_BROKEN', message: 'It is damaged.', action: 'Repair it.' };
const CRASH = { code: null, signal: 'SIGSEGV', lastLines: [] };
const KILLED = { code: null, signal: 'SIGKILL', lastLines: [] };
type Told = DistributiveOmit<EngineEvent, 'atMs' | 'run'>;
type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never;

/** Feeds events; `at` moves the clock. Effects of all steps are collected. */
function play(events: readonly (Told | number)[], from: Machine = createMachine({ isFirstRun: false }), startMs = 0): { machine: Machine; effects: Effect[]; atMs: number } {
  let machine = from;
  let atMs = startMs;
  const effects: Effect[] = [];
  for (const event of events) {
    if (typeof event === 'number') {
      atMs += event;
      continue;
    }
    const step = reduce(machine, { ...event, run: machine.run, atMs } as EngineEvent, LIMITS);
    machine = step.machine;
    effects.push(...step.effects);
  }
  return { machine, effects, atMs };
}

const START: Told[] = [{ type: 'start' }];
const LISTENING: Told[] = [...START, { type: 'hello' }, { type: 'listen', port: 9 }];
const READY: Told[] = [...LISTENING, { type: 'identity', port: 9, answer: 'ours' }, { type: 'object-info', answer: 'ok' }];
const BUSY: Told[] = [...READY, { type: 'job-started', jobId: 'A' }];
const CRASHED: Told[] = [...BUSY, { type: 'exited', exit: CRASH }];
const STATES: Record<string, Told[]> = {
  stopped: [],
  spawned: START,
  importing: [...START, { type: 'hello' }],
  listening: LISTENING,
  identified: [...LISTENING, { type: 'identity', port: 9, answer: 'ours' }],
  ready: READY,
  busy: BUSY,
  'ws-down': [...BUSY, { type: 'ws-down' }],
  unresponsive: [...READY, { type: 'probe', answer: 'refused' }],
  asked: [...READY, { type: 'stop' }],
  killed: [...READY, { type: 'stop' }, { type: 'exited', exit: CRASH }],
  crashed: CRASHED,
  restarting: [...CRASHED, { type: 'tree-gone' }],
  broken: [...START, { type: 'spawn-failed', problem: PROBLEM }],
  external: [{ type: 'attach', url: 'http://x' }],
};
const EVENTS: Record<string, Told> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  attach: { type: 'attach', url: 'http://y' },
  'job-started': { type: 'job-started', jobId: 'A' },
  'job-ended': { type: 'job-ended', jobId: 'A' },
  oom: { type: 'job-out-of-memory', jobId: 'A' },
  'job-stuck': { type: 'job-stuck', jobId: 'A' },
  'job-released': { type: 'job-released', jobId: 'A' },
  'ws-down': { type: 'ws-down' },
  'ws-up': { type: 'ws-up' },
  'spawn-failed': { type: 'spawn-failed', problem: PROBLEM },
  hello: { type: 'hello' },
  output: { type: 'output' },
  worked: { type: 'worked' },
  listen: { type: 'listen', port: 9 },
  ours: { type: 'identity', port: 9, answer: 'ours' },
  foreign: { type: 'identity', port: 9, answer: 'foreign' },
  'no-answer': { type: 'identity', port: 9, answer: 'none' },
  nodes: { type: 'object-info', answer: 'ok' },
  'no-nodes': { type: 'object-info', answer: 'none' },
  'probe-ok': { type: 'probe', answer: 'ok' },
  refused: { type: 'probe', answer: 'refused' },
  timeout: { type: 'probe', answer: 'timeout' },
  exited: { type: 'exited', exit: CRASH },
  gone: { type: 'tree-gone' },
};

function nameOf(state: EngineState): string {
  switch (state.name) {
    case 'starting': return state.phase;
    case 'degraded': return state.cause;
    case 'stopping': return state.next === 'restart' ? `${state.step}+restart` : state.step;
    case 'crashed': return state.next === 'stopped' ? 'crashed+stop' : `crashed(${state.count})`;
    case 'broken': return `broken(${state.problem.code})`;
    default: return state.name;
  }
}

test('the whole table: what every event makes of every state', () => {
  const table = Object.entries(STATES).map(([name, events]) => {
    const from = play(events).machine;
    const cells = Object.entries(EVENTS).flatMap(([label, event]) => {
      const { machine, effects } = play([event], from);
      const isSame = nameOf(machine.state) === nameOf(from.state);
      if (isSame && effects.length === 0) return [];
      const done = effects.length === 0 ? '' : ` [${effects.map((effect) => effect.type).join(', ')}]`;
      return [`  ${label} → ${isSame ? 'same' : nameOf(machine.state)}${done}`];
    });
    return [name, ...cells].join('\n');
  });
  expect(table.join('\n')).toMatchInlineSnapshot(`
    "stopped
      start → spawned [spawn]
      attach → external [probe-external]
    spawned
      stop → asked [send-stop]
      spawn-failed → broken(ENV_BROKEN)
      hello → importing
      listen → listening [check-identity]
      exited → crashed(1) [kill-tree]
    importing
      stop → asked [send-stop]
      spawn-failed → broken(ENV_BROKEN)
      listen → listening [check-identity]
      exited → crashed(1) [kill-tree]
    listening
      stop → asked [send-stop]
      spawn-failed → broken(ENV_BROKEN)
      listen → same [check-identity]
      ours → identified [load-object-info]
      foreign → crashed(1) [kill-tree]
      exited → crashed(1) [kill-tree]
    identified
      stop → asked [send-stop]
      spawn-failed → broken(ENV_BROKEN)
      nodes → ready
      no-nodes → crashed(1) [kill-tree]
      exited → crashed(1) [kill-tree]
    ready
      stop → asked [send-stop]
      job-started → busy
      oom → same [free-memory, requeue-job]
      ws-down → ws-down
      refused → unresponsive
      exited → crashed(1) [kill-tree]
    busy
      stop → asked [send-stop, requeue-job]
      job-ended → ready
      oom → ready [free-memory, requeue-job]
      job-stuck → crashed(1) [kill-tree, requeue-job]
      ws-down → ws-down
      refused → unresponsive
      exited → crashed(1) [kill-tree, requeue-job]
    ws-down
      stop → asked [send-stop, requeue-job]
      oom → same [free-memory, requeue-job]
      job-stuck → crashed(1) [kill-tree, requeue-job]
      ws-up → busy
      refused → unresponsive
      exited → crashed(1) [kill-tree, requeue-job]
    unresponsive
      stop → asked [send-stop]
      oom → same [free-memory, requeue-job]
      probe-ok → ready
      timeout → ready
      exited → crashed(1) [kill-tree]
    asked
      start → asked+restart
      spawn-failed → stopped
      exited → killed [kill-tree]
      gone → stopped
    killed
      start → killed+restart
      spawn-failed → stopped
      gone → stopped
    crashed
      stop → crashed+stop
      gone → restarting [note]
    restarting
      start → spawned [spawn]
      stop → stopped
    broken
      start → spawned [spawn]
      stop → stopped
      attach → external [probe-external]
    external
      stop → stopped"
  `);
});

describe('a start', () => {
  const timersOf = (events: readonly (Told | number)[], isFirstRun = false) => play(events, createMachine({ isFirstRun })).machine.timers;

  test('has its limits, and more time when it is the first', () => {
    expect(timersOf(START)).toEqual({ hello: 30_000, note: 45_000, 'still-working': 120_000, silence: 180_000, hard: 360_000 });
    expect(timersOf(START, true).hard).toBe(900_000);
  });

  test.each([
    ['says nothing', [...START, 30_000, timer('hello')], 'BOOT_SILENT', 'The start of the engine stopped at "starting Python": 30 s without a line or any work.'],
    ['falls silent', [...START, { type: 'hello' }, { type: 'output', activity: 'loading PyTorch' }, 180_000, timer('silence')], 'BOOT_SILENT', 'The start of the engine stopped at "loading PyTorch": 180 s without a line or any work.'],
    ['never ends', [...START, { type: 'hello' }, 200_000, { type: 'worked' }, 160_000, timer('hard')], 'BOOT_SLOW', 'The engine was not ready after 6 minutes; it was at "loading".'],
    ['lists no nodes', [...STATES['identified']!, 60_000, timer('object-info')], 'BOOT_SILENT', 'The engine runs but did not list its nodes within 60 s.'],
    ['is somebody else', [...LISTENING, { type: 'identity', port: 9, answer: 'foreign' }], 'ENGINE_FOREIGN', 'Another server answers on port 9 in place of the engine; it was left alone.'],
    ['ends by itself', [...START, { type: 'exited', exit: { code: 0, signal: null, lastLines: [] } }], 'BOOT_EXIT', 'The engine ended by itself (code 0).'],
  ] as [string, (Told | number)[], string, string][])('that %s ends broken, once nothing is left of it', (_, events, code, message) => {
    const ended = play(events);
    expect(nameOf(ended.machine.state)).toBe('crashed(1)');
    expect(ended.effects.map((effect) => effect.type)).toContain('kill-tree');
    expect(play([{ type: 'tree-gone' }], ended.machine).machine.state).toMatchObject({ name: 'broken', problem: { code, message } });
  });

  test('is given time as long as there is output or work', () => {
    const alive = Array.from({ length: 20 }, (_, index) => [10_000, index % 2 ? { type: 'worked' } : { type: 'output' }] as [number, Told]).flat();
    const { machine, atMs } = play([...START, { type: 'hello' }, ...alive, timer('silence')]);
    expect(machine.state).toMatchObject({ name: 'starting', phase: 'importing' });
    expect(machine.timers.silence).toBe(atMs + 180_000);
  });

  test('tells how far it is', () => {
    const { effects } = play([...START, { type: 'hello' }, { type: 'output', activity: 'loading PyTorch' }, 45_000, timer('note'), 75_000, timer('still-working'), 60_000, timer('still-working')]);
    expect(effects.flatMap((effect) => (effect.type === 'note' ? [effect.text] : []))).toEqual([
      'The engine is starting, which can take minutes the first time (loading PyTorch).', 'Still working: loading PyTorch.', 'Still working: loading PyTorch.',
    ]);
  });

  test('asks again who answers when nobody did', () => {
    const { effects } = play([...LISTENING, { type: 'identity', port: 9, answer: 'none' }, 1000, timer('identity')]);
    expect(effects.filter((effect) => effect.type === 'check-identity')).toHaveLength(2);
  });
});

describe('the stop sequence', () => {
  test('asks, terminates, kills, and waits until everything is gone', () => {
    const sequence = [...READY, { type: 'stop' }, 8000, timer('ask'), 3000, timer('terminate')] as (Told | number)[];
    const { machine, effects } = play(sequence);
    expect(effects.slice(-3).map((effect) => effect.type)).toEqual(['send-stop', 'terminate', 'kill-tree']);
    expect(play([5000, timer('gone')], machine, 11_000).machine.state).toMatchObject({ name: 'broken', problem: { code: 'ENGINE_STUCK' } });
    expect(play([{ type: 'tree-gone' }], machine, 11_000).machine.state).toEqual({ name: 'stopped' });
  });

  test('takes at most 15 s when the program quits', () => {
    expect(play([...READY, { type: 'stop', isQuit: true }]).machine.timers.ask! + LIMITS.terminateMs + LIMITS.goneMs).toBeLessThanOrEqual(15_000);
  });
});

describe('after a crash', () => {
  const again: (Told | number)[] = [{ type: 'exited', exit: CRASH }, { type: 'tree-gone' }];
  const ready: Told[] = READY.slice(1);

  test('starts again after 1, 5 and 20 s, then gives up', () => {
    const delays: (number | undefined)[] = [];
    let now = play(READY);
    for (const delayMs of [1000, 5000, 20_000]) {
      now = play(again, now.machine, now.atMs);
      delays.push(now.machine.timers.backoff! - now.atMs);
      now = play([delayMs, timer('backoff'), ...ready], now.machine, now.atMs);
    }
    expect(delays).toEqual([1000, 5000, 20_000]);
    expect(play(again, now.machine, now.atMs).machine.state).toMatchObject({ name: 'broken', problem: { code: 'ENGINE_LOOP', message: 'The engine was started again 3 times and ended each time. Last: The engine crashed (SIGSEGV).' } });
    const later = play([10 * 60_000 - 25_000, ...again], now.machine, now.atMs).machine;
    expect(later.state).toMatchObject({ name: 'restarting' });
  });

  test('a start by the user gives a new budget', () => {
    let now = play(READY);
    for (const delayMs of [1000, 5000, 20_000]) now = play([...again, delayMs, timer('backoff'), ...ready], now.machine, now.atMs);
    now = play([...again, { type: 'start' }, ...ready, ...again], now.machine, now.atMs);
    expect(now.machine.state).toMatchObject({ name: 'restarting', attempt: 1 });
  });

  test('holds the job that was on board twice, and no other', () => {
    const once = play([...BUSY, ...again, 1000, timer('backoff'), ...ready, { type: 'job-started', jobId: 'B' }, { type: 'job-ended', jobId: 'B' }, { type: 'job-started', jobId: 'A' }]);
    expect(once.effects.filter((effect) => effect.type === 'requeue-job')).toEqual([{ type: 'requeue-job', jobId: 'A' }]);
    const twice = play(again, once.machine, once.atMs);
    expect(twice.effects).toContainEqual({ type: 'hold-job', jobId: 'A' });
    expect(twice.machine.history.held).toEqual(['A']);
    const released = play([{ type: 'job-released', jobId: 'A' }], twice.machine, twice.atMs);
    expect(released.effects).toEqual([{ type: 'requeue-job', jobId: 'A' }]);
    expect(released.machine.history).toMatchObject({ held: [], crashesWith: {} });
  });

  test('a job that ended well in between is not suspected', () => {
    const { machine } = play([...BUSY, ...again, 1000, timer('backoff'), ...ready, { type: 'job-started', jobId: 'A' }, { type: 'job-ended', jobId: 'A' }, { type: 'job-started', jobId: 'A' }, ...again]);
    expect(machine.history.held).toEqual([]);
  });

  test('twice for lack of main memory makes it more modest', () => {
    const memory: (Told | number)[] = [{ type: 'job-started', jobId: 'A' }, { type: 'exited', exit: KILLED }, { type: 'tree-gone' }];
    const { effects } = play([...READY, ...memory, 1000, timer('backoff'), ...ready, { type: 'job-started', jobId: 'B' }, ...memory.slice(1), 5000, timer('backoff')]);
    expect(effects.findLast((effect) => effect.type === 'spawn')).toEqual({ type: 'spawn', flags: ['--cache-none'] });
  });
});

test('without GPU memory: free, then one rung down at a time, then the user is asked', () => {
  const fail: Told[] = [{ type: 'job-started', jobId: 'A' }, { type: 'job-out-of-memory', jobId: 'A' }];
  const again: Told[] = [{ type: 'exited', exit: { code: 0, signal: null, lastLines: [] } }, { type: 'tree-gone' }, ...READY.slice(1)];
  const { effects } = play([...READY, ...fail, ...fail, ...again, ...fail, ...again, ...fail, ...again, ...fail]);
  expect(effects.flatMap((effect) => (effect.type === 'spawn' ? [effect.flags.join(' ')] : ['free-memory', 'ask-smaller'].includes(effect.type) ? [effect.type] : []))).toEqual([
    '', 'free-memory', '--vram-headroom 1', '--disable-dynamic-vram', '--novram', 'ask-smaller',
  ]);
});

describe('an engine that serves', () => {
  test('is dead after three refused probes, and only busy when it does not answer in time', () => {
    const refuse: (Told | number)[] = [{ type: 'probe', answer: 'refused' }, 2000, timer('probe')];
    expect(nameOf(play([...READY, 20_000, timer('probe'), ...refuse, ...refuse, { type: 'probe', answer: 'refused' }]).machine.state)).toBe('crashed(1)');
    const miss: (Told | number)[] = Array.from({ length: 50 }, () => [{ type: 'probe', answer: 'timeout' }, 20_000, timer('probe')] as (Told | number)[]).flat();
    expect(nameOf(play([...READY, ...miss]).machine.state)).toBe('unresponsive');
    expect(nameOf(play([...READY, ...miss, { type: 'probe', answer: 'ok' }]).machine.state)).toBe('ready');
  });

  test('hears nothing of a process before it', () => {
    const { machine } = play(READY);
    expect(reduce(machine, { type: 'exited', exit: CRASH, run: machine.run - 1, atMs: 0 }, LIMITS).machine).toBe(machine);
  });
});

test('somebody else’s server is neither started nor stopped', () => {
  const { effects, machine } = play([{ type: 'attach', url: 'http://x' }, { type: 'start' }, { type: 'probe', answer: 'foreign' }, 20_000, timer('probe'), { type: 'stop', isQuit: true }]);
  expect(new Set(effects.map((effect) => effect.type))).toEqual(new Set(['probe-external']));
  expect(machine.state).toEqual({ name: 'stopped' });
});

describe('whatever happens', () => {
  const TIMERS: TimerName[] = ['hello', 'note', 'still-working', 'silence', 'hard', 'identity', 'object-info', 'probe', 'ask', 'terminate', 'gone', 'backoff'];
  const events = fc.array(fc.oneof(fc.constantFrom(...Object.values(EVENTS)), fc.constantFrom(...TIMERS).map(timer), fc.constantFrom(...READY, { type: 'exited', exit: KILLED } as Told), fc.integer({ min: 1, max: 200_000 })), { maxLength: 80 });

  test('a state that is not final has a timer, and time alone brings it to one that is, or that serves', () => {
    fc.assert(fc.property(events, fc.boolean(), (sequence, isFirstRun) => {
      let { machine, atMs } = play(sequence, createMachine({ isFirstRun }));
      for (let fired = 0; !isAtRest(machine.state) && servingOf(machine.state) === undefined && machine.state.name !== 'external'; fired += 1) {
        const [first] = (Object.entries(machine.timers) as [TimerName, number][]).sort(([, a], [, b]) => a - b);
        expect(first, `no timer in ${nameOf(machine.state)}`).toBeDefined();
        expect(fired, `for ever in ${nameOf(machine.state)}`).toBeLessThan(200);
        atMs = Math.max(atMs, first![1]);
        ({ machine } = play([timer(first![0])], machine, atMs));
      }
      if (!isAtRest(machine.state)) expect(machine.timers.probe).toBeDefined();
      else expect(machine.timers).toEqual({});
    }), { numRuns: 500 });
  });

  test('no second process is started before the first one is known to be gone', () => {
    fc.assert(fc.property(events, (sequence) => {
      let machine = createMachine({ isFirstRun: false });
      let isThere = false;
      let atMs = 0;
      for (const event of sequence) {
        if (typeof event === 'number') atMs += event;
        else {
          const { effects, machine: next } = play([event], machine, atMs);
          const wasGone = event.type === 'tree-gone' || event.type === 'spawn-failed' || nameOf(next.state) === 'broken(ENGINE_STUCK)';
          if (wasGone) isThere = false;
          if (effects.some((effect) => effect.type === 'spawn')) {
            expect(isThere).toBe(false);
            isThere = true;
          }
          machine = next;
        }
      }
    }), { numRuns: 500 });
  });
});

function timer(name: TimerName): Told {
  return { type: 'timer', timer: name };
}
