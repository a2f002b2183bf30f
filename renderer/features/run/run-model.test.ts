import { describe, expect, it } from 'vitest';
import { applyEvents, newRun } from './run-model.ts';
import type { RunEvent, StepView } from './run-model.ts';
import { stagesOf } from './run-stages.ts';
import { sceneStanding } from './scene-standing.ts';
import { subjectOf } from './step-subject.ts';

let clock = 1000;
const happened = (id?: number) => ({ runId: 'r', atMs: (clock += 10), ...(id === undefined ? {} : { id }) });
const step = (kind: string, name: string, change: Partial<StepView> = {}): StepView => ({ key: `${kind} ${name}`, kind, name, stage: 'GENERATING_SCENES', state: 'queued', isCacheHit: false, progress: 0, weight: 1, ...change });
const runIs = (state: 'running' | 'succeeded' | 'failed', stage: string, progress: number, id?: number): RunEvent => ({ type: 'run', ...happened(id), state, stage, progress });
const stepIs = (view: StepView, progress: number, id?: number): RunEvent => ({ type: 'step', ...happened(id), step: view, progress });
const asset = (letter: string) => ({ hash: letter.repeat(64), name: 'x', mime: 'video/mp4' });

describe('a step says what it is about', () => {
  it.each([
    ['backdrop', 'scene_1 backdrop 9:16', { sceneId: 'scene_1', ratio: '9:16', isTransition: false }],
    ['segment', 'scene_2 1:1', { sceneId: 'scene_2', ratio: '1:1', isTransition: false }],
    ['segment', 'scene_2 transition 16:9', { sceneId: 'scene_2', ratio: '16:9', isTransition: true }],
    ['segment', 'transition 16:9', { sceneId: 'transition', ratio: '16:9', isTransition: false }],
    ['captions', 'scene_2 captions 1:1', { sceneId: 'scene_2', ratio: '1:1', isTransition: false }],
    ['fidelity', 'fidelity scene_3 9:16', { sceneId: 'scene_3', ratio: '9:16', isTransition: false }],
    ['still', 'still 9:16', { ratio: '9:16', isTransition: false }],
    ['plan', 'plan', { isTransition: false }],
  ])('%s "%s"', (kind, name, expected) => expect(subjectOf({ kind, name })).toEqual(expected));
});

describe('a run', () => {
  it('never goes back: not by late events, not by a retry, not by a restart', () => {
    const running = step('segment', 'scene_1 9:16', { state: 'running', progress: 0.6 });
    let run = applyEvents(newRun('r'), [runIs('running', 'RENDERING', 0.2, 1), stepIs(running, 0.5, 2)]);
    run = applyEvents(run, [stepIs({ ...running, state: 'queued', progress: 0, error: { code: 'TOOL_FAILED', message: 'ffmpeg ended' } }, 0.3, 3), runIs('running', 'RENDERING', 0.1, 4)]);
    expect([run.progress, run.steps.get(running.key)?.progress]).toEqual([0.5, 0.6]);
    expect(sceneStanding(run, 'scene_1', '9:16', ['9:16']).retry?.message).toBe('ffmpeg ended');
  });

  it('takes each kept event once', () => {
    const events = [runIs('running', 'PLANNING', 0, 1), stepIs(step('plan', 'plan', { state: 'succeeded', progress: 1 }), 0.1, 2)];
    const once = applyEvents(newRun('r'), events);
    expect(applyEvents(once, events)).toEqual(once);
    expect(once.lastId).toBe(2);
  });

  it('that is taken up again has no error and a new beginning', () => {
    const failed = applyEvents(newRun('r'), [runIs('running', 'PLANNING', 0, 1), { type: 'run', ...happened(2), state: 'failed', stage: 'FAILED', progress: 0.3, error: { code: 'DISK_FULL', message: 'The disk is full.' } }]);
    expect(failed).toMatchObject({ state: 'failed', error: { message: 'The disk is full.' } });
    const again = applyEvents(failed, [runIs('running', 'PLANNING', 0.3, 3)]);
    expect([again.error, again.endedMs, again.progress, (again.startedMs ?? 0) > (failed.startedMs ?? 0)]).toEqual([null, null, 0.3, true]);
  });
});

describe('a scene', () => {
  const ratios = ['9:16', '1:1'] as const;
  const manifest = { kind: 'layers', layers: [], horizon: 0.6, gloss: 0, shadowColor: '#000000', ambient: '#ffffff', hasFloor: true };

  it('shows the newest picture that there is: preview, then the set, then the film', () => {
    const backdrop = step('backdrop', 'scene_1 backdrop 9:16', { state: 'running', progress: 0.4 });
    const kinds: string[] = [];
    let run = applyEvents(newRun('r'), [runIs('running', 'GENERATING_SCENES', 0.1, 1)]);
    const look = (...events: RunEvent[]): void => {
      run = applyEvents(run, events);
      kinds.push(sceneStanding(run, 'scene_1', '9:16', ratios).picture.kind);
    };
    look();
    look(stepIs(backdrop, 0.1, 2), { type: 'preview', ...happened(), stepKey: backdrop.key, name: backdrop.name, mime: 'image/jpeg', base64: 'AA==', progress: 0.1 });
    look(stepIs({ ...backdrop, state: 'succeeded', progress: 1, data: manifest, provider: 'comfyui' }, 0.2, 3));
    look(stepIs(step('segment', 'scene_1 9:16', { state: 'succeeded', progress: 1, artifacts: { segment: asset('a') } }), 0.5, 4));
    expect(kinds).toEqual(['none', 'preview', 'backdrop', 'film']);
    expect(sceneStanding(run, 'scene_1', '9:16', ratios)).toMatchObject({ provider: 'comfyui', state: 'running', progress: 0.5 });
  });

  it('is done when all its ratios are, and says who could not make it, once', () => {
    const fallback = [{ from: 'comfyui', to: 'embedded', reason: 'No model is installed.' }];
    const events = ratios.flatMap((ratio, index) => [
      stepIs(step('backdrop', `scene_1 backdrop ${ratio}`, { state: 'succeeded', progress: 1, provider: 'embedded', fallback }), 0.5, 10 + index * 2),
      stepIs(step('segment', `scene_1 ${ratio}`, { state: 'succeeded', progress: 1 }), 0.5, 11 + index * 2),
    ]);
    expect(sceneStanding(applyEvents(newRun('r'), events), 'scene_1', '1:1', ratios)).toMatchObject({ state: 'done', progress: 1, fallbacks: fallback });
  });

  it('keeps what it knew of a step when a later event says less', () => {
    const backdrop = step('backdrop', 'scene_1 backdrop 9:16', { state: 'succeeded', progress: 1, data: manifest, provider: 'embedded' });
    const { data: _data, provider: _provider, ...less } = backdrop;
    const run = applyEvents(newRun('r'), [stepIs(backdrop, 0.2, 1), stepIs(less, 0.2, 2)]);
    expect(sceneStanding(run, 'scene_1', '9:16', ratios)).toMatchObject({ provider: 'embedded', picture: { kind: 'backdrop' } });
  });
});

describe('stages', () => {
  it('that a render does not need are left out; those from before are kept ones', () => {
    const kept = step('backdrop', 'scene_1 backdrop 9:16', { state: 'succeeded', isCacheHit: true, progress: 1 });
    const run = applyEvents(newRun('r'), [runIs('running', 'RENDERING', 0.5, 1), { type: 'steps', ...happened(2), steps: [kept, step('segment', 'scene_1 9:16', { stage: 'RENDERING', state: 'running' })] }]);
    expect(stagesOf(run).map(({ stage, standing }) => [stage, standing])).toEqual([['GENERATING_SCENES', 'kept'], ['RENDERING', 'running']]);
  });

  it('that were not finished are shown so after a failure', () => {
    const run = applyEvents(newRun('r'), [{ type: 'steps', ...happened(1), steps: [step('backdrop', 'scene_1 backdrop 9:16', { state: 'failed' })] }, runIs('failed', 'FAILED', 0.2, 2)]);
    expect(stagesOf(run)).toEqual([{ stage: 'GENERATING_SCENES', standing: 'stopped', done: 0, total: 1 }]);
  });
});
