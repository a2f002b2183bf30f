import { describe, expect, test } from 'vitest';
import { engineError } from '#sidecar/protocol/failures.ts';
import type { RemoteJob } from '#sidecar/protocol/jobs.ts';
import { emptyTracker, track } from './job-tracker.ts';
import { startProgress } from './progress.ts';
import { TRACKER_LIMITS } from './tracker-types.ts';
import type { TrackerEffect, TrackerEvent, TrackerState } from './tracker-types.ts';

const limits = TRACKER_LIMITS;
const progress = startProgress({ a: { class_type: 'KSampler', inputs: {} }, b: { class_type: 'SaveImage', inputs: {} } });
const outputs = [{ nodeId: 'b', filename: 'x.png', subfolder: '', type: 'output', kind: 'image' }] as const;

const submitted = (jobId: string, wasSent = false): TrackerEvent => ({ type: 'submitted', jobId, promptIds: [`${jobId}-1`, `${jobId}-2`], progress, wasSent });
const posted = (jobId: string): TrackerEvent => ({ type: 'posted', jobId });
const looked = (jobId: string, found: RemoteJob | undefined, promptId = `${jobId}-1`): TrackerEvent => ({ type: 'looked', jobId, promptId, found });
const tick: TrackerEvent = { type: 'tick' };
const up: readonly TrackerEvent[] = [{ type: 'connected' }, { type: 'identified' }];
const step = (promptId: string, value: number): TrackerEvent => ({ type: 'engine', event: { type: 'step', promptId, node: 'a', value, max: 10 } });
const ended = (promptId: string): TrackerEvent => ({ type: 'engine', event: { type: 'ended', promptId, hasHistory: true } });

/** Plays events, each at its time, and says what the last one led to. */
function play(...script: readonly (TrackerEvent | readonly [number, TrackerEvent])[]): { state: TrackerState; effects: readonly TrackerEffect[]; all: readonly TrackerEffect[] } {
  let state = emptyTracker();
  let [effects, all]: [readonly TrackerEffect[], readonly TrackerEffect[]] = [[], []];
  let nowMs = 0;
  for (const entry of script) {
    const [atMs, event] = 'type' in entry ? [nowMs, entry] : entry;
    nowMs = atMs;
    const tracked = track(state, event, nowMs, limits);
    ({ state, effects } = tracked);
    all = [...all, ...effects];
  }
  return { state, effects, all };
}

const names = (effects: readonly TrackerEffect[]): string[] => effects.map((effect) => {
  if (effect.type === 'settle') return `settle ${effect.jobId} ${effect.outcome.type === 'failed' ? String(effect.outcome.error.data['reason']) : effect.outcome.type}`;
  return 'jobId' in effect ? `${effect.type} ${effect.jobId}` : effect.type;
});

type Script = readonly (TrackerEvent | readonly [number, TrackerEvent])[];

describe('the begin of a job', () => {
  test.each<[string, Script, number]>([
    ['is told once, however often it is heard of', [...up, submitted('a'), posted('a'), step('a-1', 1), step('a-1', 2), looked('a', { state: 'running' })], 1],
    ['is told when only looking it up shows it', [...up, submitted('a'), posted('a'), looked('a', { state: 'running' })], 1],
    ['is not told while it waits on the server', [...up, submitted('a'), posted('a'), looked('a', { state: 'pending' })], 0],
    ['is told again when it is sent again', [...up, submitted('a'), posted('a'), step('a-1', 1), looked('a', undefined), posted('a'), step('a-1', 1)], 2],
  ])('%s', (_, script, expected) => expect(play(...script).all.filter(({ type }) => type === 'running')).toHaveLength(expected));
});

describe('sending', () => {
  test.each<[string, Script, string[]]>([
    ['nothing before it is known who answers', [submitted('a')], []],
    ['the first as soon as it is', [submitted('a'), { type: 'identified' }], ['post a']],
    ['one at a time', [...up, submitted('a'), submitted('b')], []],
    ['the next when the first is aboard', [...up, submitted('a'), submitted('b'), posted('a')], ['post b']],
    ['no third while two are aboard', [...up, submitted('a'), submitted('b'), submitted('c'), posted('a'), posted('b')], []],
    ['the third while the first is fetched', [...up, submitted('a'), submitted('b'), submitted('c'), posted('a'), posted('b'), looked('a', { state: 'completed', outputs })], ['collect a', 'post c']],
    ['a job of the journal is looked up, not sent', [...up, submitted('a', true), tick], ['look a']],
    ['nothing while it is in doubt what the server has', [...up, submitted('a'), posted('a'), { type: 'disconnected' }, ...up, submitted('b')], []],
    ['a refusal ends the job and makes room', [...up, submitted('a'), submitted('b'), { type: 'rejected', jobId: 'a', error: engineError('JOB_INVALID', 'No.') }], ['settle a JOB_INVALID', 'post b']],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));
});

describe('a lost answer', () => {
  const lost: Script = [...up, submitted('a'), { type: 'postLost', jobId: 'a' }];
  test.each<[string, Script, string[]]>([
    ['is followed by a question', [...lost, tick], ['look a']],
    ['and by a repetition only when the server knows nothing', [...lost, tick, looked('a', undefined)], ['post a']],
    ['not when it waits there', [...lost, tick, looked('a', { state: 'pending' })], []],
    ['not when it is done there', [...lost, tick, looked('a', { state: 'completed', outputs })], ['collect a']],
    ['not as long as the question is not answered', [...lost, tick, { type: 'lookFailed', jobId: 'a' }], []],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));

  test('is not repeated for ever', () => {
    const again: Script = Array.from({ length: limits.postsMost }, (): Script => [{ type: 'postLost', jobId: 'a' }, tick, looked('a', undefined)]).flat();
    expect(names(play(...up, submitted('a'), ...again).effects)).toEqual(['settle a JOB_LOST']);
  });

  test('of a job that was heard running counts as its loss when it is gone', () => {
    expect(play(...up, submitted('a'), step('a-1', 1), { type: 'postLost', jobId: 'a' }, tick, looked('a', undefined)).state.jobs.get('a')?.losses).toBe(1);
  });
});

describe('the end of a job', () => {
  const aboard: Script = [...up, submitted('a'), posted('a')];
  test.each<[string, Script, string[]]>([
    ['an event is a hint to look', [...aboard, ended('a-1')], ['look a']],
    ['polling finds it without events', [...aboard, [limits.pollMs, tick]], ['look a']],
    ['not while it is being looked up', [...aboard, [limits.pollMs, tick], [limits.pollMs * 5, tick]], []],
    ['done when the files are here', [...aboard, looked('a', { state: 'completed', outputs }), { type: 'collected', jobId: 'a' }], ['settle a done']],
    ['without files it has failed', [...aboard, looked('a', { state: 'completed', outputs: [] })], ['settle a JOB_EMPTY']],
    ['an error is the engine\'s', [...aboard, looked('a', { state: 'failed', error: engineError('JOB_FAILED', 'No.') })], ['settle a JOB_FAILED']],
    ['too little memory frees it', [...aboard, looked('a', { state: 'failed', error: engineError('JOB_OOM', 'No.') })], ['free', 'settle a JOB_OOM']],
    ['stopped by somebody else', [...aboard, looked('a', { state: 'canceled' })], ['settle a JOB_STOPPED']],
    ['news of another run are ignored', [...aboard, looked('a', { state: 'completed', outputs }, 'a-0')], []],
    ['news after the end are ignored', [...aboard, looked('a', { state: 'canceled' }), looked('a', { state: 'completed', outputs })], []],
    ['a file that is gone is made again', [...aboard, looked('a', { state: 'completed', outputs }), { type: 'collectFailed', jobId: 'a', error: engineError('RESULT_GONE', 'No.') }], ['post a']],
    ['a broken transfer is not the end', [...aboard, looked('a', { state: 'completed', outputs }), { type: 'collectFailed', jobId: 'a', error: engineError('RESULT_BROKEN', 'No.') }], []],
    ['a duplicate of a job that is over is stopped', [...aboard, looked('a', { state: 'completed', outputs }), { type: 'collected', jobId: 'a' }, { type: 'engine', event: { type: 'started', promptId: 'a-1' } }], ['cancel']],
    ['a start of somebody else\'s job is not', [...aboard, { type: 'engine', event: { type: 'started', promptId: 'z' } }], []],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));

  test('a file that is gone is made again under another id, once', () => {
    const gone: TrackerEvent = { type: 'collectFailed', jobId: 'a', error: engineError('RESULT_GONE', 'No.') };
    const first = play(...aboard, looked('a', { state: 'completed', outputs }), gone);
    expect(first.state.jobs.get('a')?.promptIds).toEqual(['a-2']);
    const second = [posted('a'), looked('a', { state: 'completed', outputs }, 'a-2'), gone, [10_000, tick], looked('a', { state: 'completed', outputs }, 'a-2'), gone, [20_000, tick], looked('a', { state: 'completed', outputs }, 'a-2'), gone] as const;
    expect(names(play(...aboard, looked('a', { state: 'completed', outputs }), gone, ...second).effects)).toEqual(['settle a RESULT_GONE']);
  });
});

describe('a server that has forgotten', () => {
  const two: Script = [...up, submitted('a'), submitted('b'), posted('a'), posted('b'), step('a-1', 3)];
  test('gets both again, the one that ran first', () => {
    expect(names(play(...two, { type: 'disconnected' }, ...up, tick).effects)).toEqual(['look a', 'look b']);
    expect(names(play(...two, { type: 'disconnected' }, ...up, tick, looked('b', undefined), looked('a', undefined)).effects)).toEqual(['post a']);
  });

  test('blames the job that ran, not the one that waited', () => {
    const { state } = play(...two, looked('a', undefined), looked('b', undefined));
    expect([state.jobs.get('a')?.losses, state.jobs.get('b')?.losses]).toEqual([1, 0]);
    const again = play(...two, looked('a', undefined), looked('b', undefined), posted('a'), posted('b'), step('a-1', 1), looked('a', undefined));
    expect(names(again.effects)).toContain('settle a JOB_LOST');
    expect(again.state.jobs.has('b')).toBe(true);
  });

  test('does not take progress back', () => {
    const values = play(...two, looked('a', undefined), looked('b', undefined), posted('a'), step('a-1', 1), step('a-1', 9)).all.flatMap((effect) => (effect.type === 'progress' ? [effect.value] : []));
    expect(values).toEqual(values.toSorted((x, y) => x - y));
    expect(values).toHaveLength(2);
  });
});

describe('cancel', () => {
  const cancel: TrackerEvent = { type: 'canceled', jobId: 'a' };
  const aboard: Script = [...up, submitted('a'), posted('a')];
  test.each<[string, Script, string[]]>([
    ['of a waiting job is immediate', [submitted('a'), cancel], ['settle a canceled']],
    ['while it is sent waits for the answer', [...up, submitted('a'), cancel], []],
    ['and is then passed on', [...up, submitted('a'), cancel, posted('a')], ['cancel']],
    ['of an unsure one is passed on when it is found', [...up, submitted('a'), { type: 'postLost', jobId: 'a' }, cancel, tick, looked('a', { state: 'running' })], ['running a', 'cancel']],
    ['of one that never arrived', [...up, submitted('a'), { type: 'postLost', jobId: 'a' }, cancel, tick, looked('a', undefined)], ['settle a canceled']],
    ['aboard', [...aboard, cancel], ['cancel']],
    ['twice is once', [...aboard, cancel, cancel], []],
    ['that comes too late throws the result away', [...aboard, cancel, looked('a', { state: 'completed', outputs })], ['settle a canceled']],
    ['that leaves no trace', [...aboard, cancel, looked('a', undefined)], ['settle a canceled']],
    ['that the engine does not follow is reported', [...aboard, cancel, [limits.cancelMs + 1, tick]], ['stuck a', 'settle a canceled']],
    ['while the files are fetched', [...aboard, looked('a', { state: 'completed', outputs }), cancel], ['settle a canceled']],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));
});

describe('time', () => {
  const running: Script = [...up, submitted('a'), posted('a'), step('a-1', 1), looked('a', { state: 'running' })];
  const late = limits.silentMs + 1;
  const alive = (atMs: number): Script => [[atMs, tick], [atMs, looked('a', { state: 'running' })]];
  test.each<[string, Script, string[]]>([
    ['a silent job is reported', [...running, [late, tick]], ['stuck a', 'look a']],
    ['once', [...running, ...alive(late), [late + limits.pollMs, tick]], ['look a']],
    ['and given up when nobody helps', [...running, ...alive(late), [late + limits.stuckGraceMs + 1, tick]], ['settle a ENGINE_STUCK']],
    ['not when it moves again', [...running, ...alive(late), [late + 10, step('a-1', 2)], [late + limits.stuckGraceMs + 1, tick]], ['look a']],
    ['a job of an earlier connection is silent by nature', [...running, { type: 'disconnected' }, ...up, [late, tick]], ['look a']],
    ['but not for ever', [...running, { type: 'disconnected' }, ...up, [limits.deafMs + 1, tick]], ['stuck a', 'look a']],
    ['a server that is away is waited for', [submitted('a'), [1, tick], [limits.unreachableMs, tick]], []],
    ['but not for ever', [submitted('a'), [1, tick], [limits.unreachableMs + 2, tick]], ['settle a ENGINE_UNREACHABLE']],
    ['and what does not answer is away too', [...running, [0, { type: 'lookFailed', jobId: 'a' }], [limits.unreachableMs + 1, tick]], ['settle a ENGINE_UNREACHABLE']],
    ['one answer starts the count anew', [...running, [0, { type: 'lookFailed', jobId: 'a' }], [10, looked('a', { state: 'running' })], [limits.unreachableMs + 1, tick]], ['look a']],
    ['a foreign server ends everything', [...running, submitted('b'), { type: 'refused', error: engineError('ENGINE_FOREIGN', 'No.') }], ['settle a ENGINE_FOREIGN', 'settle b ENGINE_FOREIGN']],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));
});

describe('previews', () => {
  const preview = (promptId?: string): TrackerEvent => ({ type: 'preview', preview: { mime: 'image/png', image: Buffer.alloc(1), promptId } });
  const two: Script = [...up, submitted('a'), submitted('b'), posted('a'), posted('b')];
  test.each<[string, Script, string[]]>([
    ['with an id belong to that job', [...two, step('a-1', 1), preview('b-1')], ['preview b']],
    ['without one to what runs', [...two, step('a-1', 1), preview()], ['preview a']],
    ['and to nobody when nothing is known to run', [...two, preview()], []],
    ['of somebody else are dropped', [...two, step('a-1', 1), preview('z')], []],
    ['after the end are dropped', [...two, step('a-1', 1), ended('a-1'), preview()], []],
  ])('%s', (_, script, expected) => expect(names(play(...script).effects)).toEqual(expected));
});
