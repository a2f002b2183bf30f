import { expect, it } from 'vitest';
import { ThumbnailQueue } from './thumbnail-queue.ts';

it('runs a few at a time, newest first, and not what was given up', async () => {
  const queue = new ThumbnailQueue(1);
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  queue.add(() => gate.promise);
  const job = (name: string) => async () => void done.push(name);
  queue.add(job('first'));
  const giveUp = queue.add(job('second'));
  queue.add(job('third'));
  giveUp();
  gate.resolve();
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(done).toEqual(['third', 'first']);
});
