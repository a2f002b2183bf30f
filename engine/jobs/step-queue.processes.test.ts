import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import { openStudioDb, type StudioDb } from '../db/open.ts';
import { openArtifactStore } from '../storage/artifact-store.ts';
import { type QueueProcessConfig, specsOf } from './fixtures/queue-process.ts';
import { livenessOf } from './process-liveness.ts';
import { createRun, getRun, listRunSteps, requestCancel } from './run-store.ts';
import { createStepQueue } from './step-queue.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures', 'queue-process.ts');
let dataDir: string;
let db: StudioDb;
/** Two dozen processes start here; compiled once they start a third faster. */
const compileCache = mkdtempSync(join(tmpdir(), 'adgen-compiled-'));
afterAll(() => rmSync(compileCache, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'adgen-queue-'));
  db = openStudioDb(dataDir);
  appendFileSync(logPath(), '');
});
afterEach(async () => {
  await db.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const logPath = (): string => join(dataDir, 'steps.log');
const configOf = (steps: QueueProcessConfig['steps'], lanes: QueueProcessConfig['lanes'] = { cpu: 2 }): QueueProcessConfig => ({
  dataDir,
  runId: createRun(db, { request: {} }).id,
  logPath: logPath(),
  lanes,
  steps,
});

describe('a run whose process is killed again and again', () => {
  test('ends with the same files, and no finished step runs twice', { timeout: 150_000 }, async () => {
    const steps = manySteps(42);
    const expected = await hashesOfUninterrupted(steps);
    const config = configOf(steps);
    const random = createRandom(7, 'kills');
    const finished = new Set<string>();
    const children: { pid: number; startToken: string; ownerKills: number }[] = [];
    onTestFinished(() => killMarked(config.runId));
    let kills = 0;
    for (let isOver = false; !isOver; ) {
      const linesBefore = readLog().length;
      const worker = await startProcess(config, (pid, startToken) => children.push({ pid, startToken, ownerKills: kills }));
      worker.go();
      if (kills < 10) await Promise.race([worker.ended, waitForLog(linesBefore + 1 + random.below(9)).then(() => delay(random.below(12)))]);
      else await worker.ended;
      isOver = worker.process.exitCode === 0;
      if (!isOver) kills += await worker.kill();
      const started = readLog().slice(linesBefore).filter(({ what }) => what === 'start').map(({ key }) => key);
      expect(started.filter((key) => finished.has(key))).toEqual([]);
      for (const { key, state } of listRunSteps(db, config.runId)) if (state === 'succeeded') finished.add(key);
    }
    expect(kills).toBeGreaterThanOrEqual(10);
    expect(getRun(db, config.runId)).toMatchObject({ state: 'succeeded', stage: 'COMPLETED', progress: 1, isInterrupted: false });
    expect(hashesOf(config.runId)).toEqual(expected);
    expect(listRunSteps(db, config.runId).filter((step) => step.isCacheHit)).toEqual([]);
    const orphans = children.filter(({ ownerKills }) => ownerKills < kills);
    expect(orphans.length).toBeGreaterThan(1);
    expect(orphans.filter((child) => livenessOf(child) !== 'dead')).toEqual([]);
  });

  test('is shown as interrupted, and can be taken over by another process', async () => {
    const config = configOf([{ name: 'quick', ms: 1 }, { name: 'endless', ms: 600_000, deps: ['quick'] }]);
    const worker = await startProcess(config);
    worker.go();
    await waitForLog(3);
    expect(getRun(db, config.runId).isInterrupted).toBe(false);
    const queue = openQueue();
    expect(() => queue.startRun(config.runId)).toThrow(expect.objectContaining({ code: 'CONFLICT', message: expect.stringContaining(String(worker.process.pid)) }));
    await worker.kill();
    expect(getRun(db, config.runId).isInterrupted).toBe(true);
    expect(queue.resumeInterrupted().map(({ id }) => id)).toEqual([config.runId]);
    queue.submit(config.runId, specsOf(config));
    await queue.endRun(config.runId, { state: 'succeeded' });
    expect(listRunSteps(db, config.runId).map(({ state, isCacheHit }) => [state, isCacheHit])).toEqual([['succeeded', false], ['canceled', false]]);
  });

  test('its place in a lane is free at once', async () => {
    const config = configOf([{ name: 'endless', ms: 600_000 }], { cpu: 1 });
    const worker = await startProcess(config);
    worker.go();
    await waitForLog(1);
    const queue = openQueue({ cpu: 1 });
    const mine = configOf([{ name: 'mine', ms: 0 }]);
    queue.submit(mine.runId, specsOf(mine));
    const done = queue.waitFor(mine.runId, specsOf(mine).map(({ key }) => key));
    await delay(60);
    expect(listRunSteps(db, mine.runId)[0]?.state).toBe('queued');
    await worker.kill();
    await done;
    await queue.endRun(mine.runId, { state: 'succeeded' });
  });
});

describe('two processes on one data folder', () => {
  test('share a lane fairly and never run more than its places', async () => {
    const many = (prefix: string) => Array.from({ length: 50 }, (_, i) => ({ name: `${prefix}${i}`, ms: 20 }));
    const workers = await Promise.all([startProcess(configOf(many('a'), { cpu: 1 })), startProcess(configOf(many('b'), { cpu: 1 }))]);
    for (const worker of workers) worker.go();
    expect(await Promise.all(workers.map(async (worker) => await worker.ended))).toEqual(['succeeded', 'succeeded']);
    const log = readLog();
    expect(mostAtOnce(log)).toBe(1);
    const owners = log.filter(({ what }) => what === 'start').map(({ pid }) => pid);
    // In the first half of the work each has had at least a quarter of it: neither waited for the other's end.
    const firstHalf = owners.slice(0, owners.length / 2);
    for (const { process } of workers) expect(firstHalf.filter((pid) => pid === process.pid).length).toBeGreaterThanOrEqual(firstHalf.length / 4);
  });

  test('do a step that both need once', async () => {
    const steps = Array.from({ length: 12 }, (_, i) => ({ name: `shared ${i}`, ms: 40, lane: 'net' as const }));
    const configs = [configOf(steps), configOf(steps)];
    const workers = await Promise.all(configs.map(async (config) => await startProcess(config)));
    for (const worker of workers) worker.go();
    expect(await Promise.all(workers.map(async (worker) => await worker.ended))).toEqual(['succeeded', 'succeeded']);
    expect(readLog().filter(({ what }) => what === 'start')).toHaveLength(12);
    const hits = configs.map(({ runId }) => listRunSteps(db, runId).filter((step) => step.isCacheHit).length);
    expect((hits[0] ?? 0) + (hits[1] ?? 0)).toBe(12);
  });

  test('one can cancel the other’s run', async () => {
    const config = configOf([{ name: 'endless', ms: 600_000 }]);
    const worker = await startProcess(config);
    worker.go();
    await waitForLog(1);
    expect(requestCancel(db, config.runId)).toBe('requested');
    expect(await worker.ended).toBe('AbortError');
    expect(readLog().map(({ what }) => what)).toEqual(['start', 'aborted']);
    expect(getRun(db, config.runId)).toMatchObject({ state: 'canceled', stage: 'CANCELED', isInterrupted: false });
    expect(requestCancel(db, config.runId)).toBe('ended');
  });
});

/** The last process leaves its children running, and a kill may fall between a spawn and its registration. */
function killMarked(runId: string): void {
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ADGEN_TEST_RUN=${runId}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      continue; // another user's, or gone
    }
  }
}

function manySteps(count: number): QueueProcessConfig['steps'] {
  return Array.from({ length: count }, (_, i) => ({
    name: `step ${i}`,
    ms: 2 + ((i * 7) % 11),
    deps: i < 3 ? [] : [`step ${i - 3}`, `step ${Math.floor(i / 2)}`],
    hasChild: i % 4 === 0,
  }));
}

function openQueue(lanes: QueueProcessConfig['lanes'] = {}, target = db) {
  const store = openArtifactStore(target.dataDir);
  const work = async ({ step }: { step: { name: string } }) => ({ artifacts: { file: await store.putBytes(Buffer.from(step.name), 'x', 'text/plain') }, data: {} });
  const queue = createStepQueue({ db: target, handlers: { work }, hasArtifact: (hash) => store.has(hash), lanes });
  onTestFinished(async () => await queue.close());
  return queue;
}

async function hashesOfUninterrupted(steps: QueueProcessConfig['steps']): Promise<string[]> {
  const config = configOf(steps);
  const elsewhere = mkdtempSync(join(tmpdir(), 'adgen-queue-'));
  onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
  const other = openStudioDb(elsewhere);
  const { id } = createRun(other, { id: config.runId, request: {} });
  const worker = await startProcess({ ...config, dataDir: elsewhere, logPath: join(elsewhere, 'log'), steps: steps.map((step) => ({ ...step, hasChild: false })) });
  worker.go();
  expect(await worker.ended).toBe('succeeded');
  const hashes = hashesOf(id, other);
  await other.close();
  return hashes;
}

function hashesOf(runId: string, target = db): string[] {
  const rows = target.prepare<[string], { hash: string }>('SELECT hash FROM run_steps JOIN step_artifacts USING (step_key) WHERE run_id = ? ORDER BY position').all(runId);
  return rows.map(({ hash }) => hash);
}

interface LogLine {
  readonly what: string;
  readonly key: string;
  readonly pid: number;
  readonly atMs: number;
}

function readLog(): LogLine[] {
  const lines = readFileSync(logPath(), 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => line.split(' ')).map(([what = '', key = '', pid, atMs]) => ({ what, key, pid: Number(pid), atMs: Number(atMs) }));
}

async function waitForLog(lines: number): Promise<void> {
  while (readLog().length < lines) await delay(3);
}

function mostAtOnce(log: readonly LogLine[]): number {
  let running = 0;
  let most = 0;
  for (const { what } of log) {
    running += what === 'start' ? 1 : -1;
    most = Math.max(most, running);
  }
  return most;
}

interface Worker {
  readonly process: ChildProcessWithoutNullStreams;
  /** The last line it printed, once it has exited. */
  readonly ended: Promise<string>;
  go(): void;
  kill(): Promise<1>;
}

async function startProcess(config: QueueProcessConfig, onChild?: (pid: number, startToken: string) => void): Promise<Worker> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', FIXTURE, JSON.stringify(config)], { env: { ...process.env, NODE_COMPILE_CACHE: compileCache, ADGEN_TEST_RUN: config.runId } });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  const exited = once(child, 'exit');
  let last = '';
  const isReady = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', (line) => {
    const [word, pid, token = ''] = line.split(' ');
    if (word === 'child') onChild?.(Number(pid), token);
    else last = line;
    if (line === 'ready') isReady.resolve();
  });
  await isReady.promise;
  return {
    process: child,
    ended: exited.then(() => last),
    go: () => void child.stdin.write('go\n'),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
      return 1;
    },
  };
}
