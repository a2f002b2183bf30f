import { describe, expect, it } from 'vitest';
import { createTaskView } from './task-view.ts';

function collect(isTTY: boolean): { stream: Parameters<typeof createTaskView>[0] & { columns: number }; text: () => string } {
  const written: string[] = [];
  const stream = { isTTY, columns: 60, write: (text: string) => written.push(text) > 0 } as never;
  return { stream, text: () => written.join('') };
}

describe('a task in a pipe', () => {
  it('writes a line per step and per further tenth, never one that goes back, and no control characters', () => {
    const { stream, text } = collect(false);
    const view = createTaskView(stream);
    view.show({ fraction: 0, step: 'packages', detail: 'torch\x1b[2J' });
    view.show({ fraction: 0.04, step: 'packages', detail: '20 MB' });
    view.show({ fraction: 0.11, step: 'packages', detail: '60 MB' });
    view.show({ fraction: 0.02, step: 'packages' });
    view.show({ fraction: 0.05, step: 'self-test' });
    view.close();
    expect(text()).toBe('[  0 %] packages: torch [2J\n[ 11 %] packages: 60 MB\n[ 11 %] self-test\n');
  });
});

describe('a task on a terminal', () => {
  it('redraws one line within the width, not for every event, and ends it', () => {
    let clockMs = 0;
    const { stream, text } = collect(true);
    const view = createTaskView(stream, () => clockMs);
    view.show({ fraction: 0.25, step: 'packages' });
    clockMs = 10;
    view.show({ fraction: 0.5, step: 'packages' });
    expect(text()).toBe(`\r\x1b[K${'█'.repeat(6)}${'░'.repeat(18)}  25 %  packages`);
    view.show({ fraction: 1, step: 'x'.repeat(200) });
    view.close();
    const lines = text().split('\r\x1b[K');
    expect(lines).toHaveLength(4);
    expect([...(lines[2] ?? '')]).toHaveLength(59);
    expect(text().endsWith('\n')).toBe(true);
  });

  it('leaves nothing when nothing was shown', () => {
    const { stream, text } = collect(true);
    createTaskView(stream).close();
    expect(text()).toBe('');
  });
});
