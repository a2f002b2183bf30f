/** A run that ends before it has a plan leaves a project all the same: it is found under the id that was given, and goes on from there. */
import { fileURLToPath } from 'node:url';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestEngine } from '../host/testing/test-engine.ts';
import type { TestEngine } from '../host/testing/test-engine.ts';
import { getRun } from '../jobs/run-store.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let running: TestEngine;
const api = () => createRouterClient(running.router, { context: {} });

beforeAll(async () => {
  running = await openTestEngine();
});

afterAll(() => running.close());

test('canceled at once, it is a project with its brief, and resumed it becomes the advert', { timeout: 120_000 }, async () => {
  const { runId, projectId } = await api().adverts.make({ photoPaths: [SAMPLE], brief: { productName: 'Fizzo', description: 'Blood orange soda', callToAction: 'Taste it' }, ratios: ['1:1'], durationFrames: 120, sceneCount: 3, engine: 'embedded' });
  expect(await api().runs.cancel({ runId })).toEqual({ outcome: 'canceled' });
  const sketched = await api().projects.open({ projectId });
  expect(sketched.document).toMatchObject({ id: projectId, name: 'Fizzo', brief: { callToAction: 'Taste it' }, products: [{ name: 'Fizzo' }] });
  expect(sketched.document.products[0]?.cutout).toBeUndefined();
  expect((await api().runs.list({ projectId })).map(({ id, state }) => [id, state])).toEqual([[runId, 'canceled']]);
  expect((await api().projects.list({ query: '', show: 'active', sort: 'updated', limit: 10, offset: 0 })).items.map(({ id }) => id)).toEqual([projectId]);

  await api().runs.resume({ runId });
  const planned = await vi.waitFor(async () => {
    const opened = await api().projects.open({ projectId });
    expect(opened.document.products[0]?.cutout).toBeDefined();
    return opened;
  }, { timeout: 100_000, interval: 100 });
  expect(planned.revision).toBeGreaterThan(sketched.revision);
  await api().runs.cancel({ runId });
  expect(getRun(running.engine.db, runId).state).toBe('canceled');
  expect((await api().projects.open({ projectId })).document).toEqual(planned.document);
});
