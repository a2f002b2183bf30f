import { describe, expect, it } from 'vitest';
import type { RunEvent, StepView } from '#engine/jobs/run-events.ts';
import { createEta, formatEta } from '#core/lib/eta.ts';
import { createLineView } from './line-view.ts';
import { describe as describeRun } from './live-view.ts';

const step = (name: string, change: Partial<StepView> = {}): StepView => ({ key: name, kind: 'segment', name, stage: 'RENDERING', state: 'running', isCacheHit: false, progress: 0.5, weight: 1, ...change });
const event = (body: object): RunEvent => ({ runId: 'r', atMs: 0, ...body }) as RunEvent;

describe('the line view', () => {
  it('writes one line per change and none for repeats or progress', () => {
    const lines: string[] = [];
    const view = createLineView({ write: (text: string) => lines.push(text) > 0 } as never);
    view.show(event({ type: 'run', state: 'running', stage: 'RENDERING', progress: 0.4 }));
    view.show(event({ type: 'step', step: step('scene_1 9:16'), progress: 0.41 }));
    view.show(event({ type: 'step', step: step('scene_1 9:16'), progress: 0.42 }));
    view.show(event({ type: 'progress', step: step('scene_1 9:16'), progress: 0.43 }));
    view.show(event({ type: 'step', step: step('scene_1 9:16', { state: 'failed', error: { code: 'TOOL_FAILED', message: 'ffmpeg\x1b[2J ended' } }), progress: 0.5 }));
    expect(lines).toEqual(['[ 40 %] RENDERING\n', '[ 41 %] scene_1 9:16: started\n', '[ 50 %] scene_1 9:16: failed (ffmpeg [2J ended)\n']);
  });
});

describe('the live view', () => {
  it('shows a bar for the run, a line per stage, a bar per running step, within the width', () => {
    const lines = describeRun([step('a', { stage: 'PLANNING', state: 'succeeded' }), step('scene_2 16:9'), step('b', { state: 'queued' })], 0.25, 'about 9 s left', 60);
    expect(lines[0]).toBe(`${'█'.repeat(6)}${'░'.repeat(18)}  25 %  about 9 s left`);
    expect(lines).toContain('✓ Plan              1/1');
    expect(lines).toContain('▸ Film              0/2');
    expect(lines.at(-1)).toBe('    ██████░░░░░░ scene_2 16:9');
    expect(describeRun([step('x'.repeat(200))], 0, '', 30).every((line) => [...line].length < 30)).toBe(true);
  });
});

describe('the estimate', () => {
  it('follows the speed of the run and says nothing before it knows', () => {
    const eta = createEta();
    expect(eta.remainingMs(0, 0)).toBeUndefined();
    expect(eta.remainingMs(0.1, 1000)).toBeCloseTo(9000, 0);
    expect(eta.remainingMs(1, 2000)).toBeUndefined();
    expect(formatEta(undefined)).toBe('');
    expect(formatEta(59_400)).toBe('about 59 s left');
    expect(formatEta(80_000)).toBe('about 1 min 20 s left');
  });
});
