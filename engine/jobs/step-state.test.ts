import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFinal, next, type StepEvent } from './step-state.ts';
import type { StepState } from './types.ts';

const STATES: StepState[] = ['queued', 'running', 'succeeded', 'failed', 'canceled'];
const EVENTS: StepEvent[] = ['start', 'succeed', 'fail', 'cancel', 'requeue', 'hit', 'reopen'];

test('the whole table', () => {
  const table = STATES.map((state) => `${state}: ${EVENTS.map((event) => tryNext(state, event)).join(' ')}`);
  expect(table).toEqual([
    'queued: running - - canceled queued succeeded queued',
    'running: - succeeded failed canceled queued succeeded -',
    'succeeded: - - - - - succeeded queued',
    'failed: - - - - - succeeded queued',
    'canceled: - - - - - succeeded queued',
  ]);
});

test('a final state is left by a reopening or a found result only', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATES), fc.array(fc.constantFrom(...EVENTS)), (start, events) => {
      let state = start;
      for (const event of events) {
        const after = tryNext(state, event);
        if (after === '-') continue;
        if (isFinal(state)) expect(['hit', 'reopen']).toContain(event);
        state = after;
      }
      expect(STATES).toContain(state);
    }),
  );
});

function tryNext(state: StepState, event: StepEvent): StepState | '-' {
  try {
    return next(state, event);
  } catch {
    return '-';
  }
}
