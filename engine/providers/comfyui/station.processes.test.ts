import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localSidecar } from '#sidecar/access/local-sidecar.ts';
import { colorOf, pictureGraph } from '#sidecar/client/testing/harness.ts';
import { spawnFakeEngine } from '#sidecar/fake/engine.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { createSupervisor } from '#sidecar/supervisor/supervisor.ts';
import type { Supervisor } from '#sidecar/supervisor/supervisor.ts';
import { SHORT } from '#sidecar/supervisor/testing/fixture-engine.ts';
import type { Station } from './station.ts';
import { endOf, openStationBench } from './testing/station-bench.ts';
import type { StationBench } from './testing/station-bench.ts';

let bench: StationBench;
let supervisor: Supervisor;
let station: Station;
beforeEach(() => {
  bench = openStationBench();
  const baseDir = join(bench.db.dataDir, 'base');
  mkdirSync(baseDir);
  supervisor = createSupervisor({ spec: { engineId: 'fake', pythonPath: process.execPath, mainPath: 'main.py', baseDir }, folder: join(bench.db.dataDir, 'engine'), limits: SHORT, spawn: spawnFakeEngine });
  station = bench.station({ access: localSidecar(supervisor) });
});
afterEach(async () => {
  await station.close();
  await supervisor.quit();
  await bench.close();
});

/** A picture with a node in between that does what `kind` says. */
const failing = (kind: string): Graph => ({ ...pictureGraph(1), bad: { class_type: 'AdgenProbeFail', inputs: { image: ['work', 0], kind } }, still: { class_type: 'SaveImage', inputs: { images: ['bad', 0], filename_prefix: 'still' } } });

test('a job that takes the engine down twice is held; those beside it come out, from another process', async () => {
  const pids = new Set<number | undefined>();
  const bad = endOf(station.run(bench.job('bad', 1, { graph: failing('abort'), onRunning: () => void pids.add(supervisor.pid) })));
  const good = station.run(bench.job('good', 0x3366cc));
  expect(await bad).toBe('JOB_HELD');
  expect(await colorOf((await good)[0])).toBe(0x3366cc);
  expect(pids.size).toBe(2);
  expect(supervisor.history.held).toEqual(['bad']);
  expect(await endOf(station.run(bench.job('bad', 1, { graph: failing('abort') })))).toBe('JOB_HELD');
});

test('a job that never fits into memory goes down the whole ladder before something smaller is asked for', async () => {
  expect(await endOf(station.run(bench.job('large', 1, { graph: failing('out-of-memory') })))).toBe('JOB_OOM');
  expect([supervisor.history.vramRung, station.usesTiledVae()]).toEqual([3, true]);
  expect(await endOf(station.run(bench.job('small', 2)))).toBe('done');
  expect(supervisor.state.name).toBe('ready');
});
