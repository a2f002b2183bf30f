import { expect, test } from 'vitest';
import { createMaskHistory } from './mask-history.ts';

function bench(maxCost = 100) {
  const said: string[] = [];
  const history = createMaskHistory(maxCost);
  const paint = (name: string, cost = 1): void => history.push({ cost, undo: () => said.push(`-${name}`), redo: () => said.push(`+${name}`) });
  return { said, history, paint };
}

test('strokes are taken back newest first and come again in order', () => {
  const { said, history, paint } = bench();
  paint('a');
  paint('b');
  expect([history.undo(), history.undo(), history.undo(), history.redo(), history.redo(), history.redo()]).toEqual([true, true, false, true, true, false]);
  expect(said).toEqual(['-b', '-a', '+a', '+b']);
});

test('a new stroke drops what was taken back', () => {
  const { said, history, paint } = bench();
  paint('a');
  history.undo();
  paint('b');
  expect([history.canRedo, history.redo()]).toEqual([false, false]);
  expect(said).toEqual(['-a']);
});

test('the oldest go when together they cost too much; the newest stays whatever it costs', () => {
  const { said, history, paint } = bench(10);
  paint('a', 5);
  paint('b', 5);
  paint('c', 5);
  paint('d', 50);
  while (history.undo());
  expect(said).toEqual(['-d']);
});
