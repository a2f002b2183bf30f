import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { askJson } from './engine-http.ts';
import { isThere, membersOf, type TreeRoot } from './process-tree.ts';
import { readRunRecord } from './run-record.ts';
import { FIXTURES, findPython, fixtureOptions } from './testing/fixture-engine.ts';
import { createSupervisor, type Supervisor, type SupervisorOptions } from './supervisor.ts';
import { servingOf } from './states.ts';

const python = findPython();
const isPosix = process.platform !== 'win32';
const isLinux = process.platform === 'linux';
let folder: string;

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'adgen engine ü-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

if (python === undefined) {
  test('the engine’s processes', (context) => {
    context.skip('Not tested: no python3 (or python) on the PATH of this machine. Install Python 3.10 or newer to run these tests.');
  });
}

interface Engine extends Supervisor {
  readonly notes: string[];
  readonly jobs: string[];
  readonly states: string[];
  /** Who its processes are; keeps its last answer after they ended. */
  root(): TreeRoot;
}

function open(fixture: string, more: Partial<SupervisorOptions> & { isBare?: boolean } = {}): Engine {
  const { isBare, ...others } = more;
  const base = fixtureOptions({ pythonPath: python!, fixture, folder, limits: others.limits, isBare });
  const supervisor = createSupervisor({ ...base, ...others, limits: base.limits });
  const engine = Object.assign(Object.create(supervisor) as Engine, { notes: [], jobs: [], states: [] });
  let root: TreeRoot | undefined;
  const look = (): void => {
    const record = readRunRecord(folder);
    if (record) root = record;
  };
  supervisor.subscribe({
    onState(state) {
      look();
      engine.states.push(state.name === 'starting' ? state.phase : state.name);
    },
    onNote: (text) => engine.notes.push(text),
    onJob: ({ jobId, action }) => engine.jobs.push(`${action} ${jobId}`),
  });
  engine.root = () => root ?? expect.fail('No process was started.');
  onTestFinished(() => supervisor.quit());
  return engine;
}

async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    if (waited > 20_000) expect.fail(`Waited for 20 s: ${what}`);
    await delay(20);
  }
}

const logOf = (engine: Supervisor): string => engine.log.files().map((path) => readFileSync(path, 'utf8')).join('');
const pidsIn = (text: string): number[] => [...text.matchAll(/grandchild (\d+)/g)].map((match) => Number(match[1]));
/** A zombie that waits for a slow init does not run. */
function isRunning(pid: number): boolean {
  return isThere(pid) && !(isLinux && /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
}
const problemOf = (engine: Supervisor): string | undefined => (engine.state.name === 'broken' ? engine.state.problem.code : undefined);

describe.skipIf(python === undefined)('an engine that', () => {
  test('behaves well is started, known, and stopped without a trace', async () => {
    const engine = open('well_behaved.py');
    const url = await engine.start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await askJson(`${url}/features`, 5000)).toEqual({ kind: 'json', value: { adgen: engine.root().run } });
    expect(readRunRecord(folder)).toMatchObject({ pid: engine.pid, port: Number(new URL(url).port), hostPid: process.pid });
    expect(new Set(engine.states)).toEqual(new Set(['spawned', 'importing', 'listening', 'identified', 'ready']));
    expect(await engine.start()).toBe(url);
    await engine.stop();
    expect(engine.state).toEqual({ name: 'stopped' });
    expect(membersOf(engine.root())).toEqual([]);
    expect(readRunRecord(folder)).toBeUndefined();
    expect(await askJson(`${url}/features`, 5000)).toEqual({ kind: 'refused' });
    expect(logOf(engine)).toContain('Z Total VRAM 0 MB, total RAM 8000 MB\n');
  });

  test('sleeps in an event loop is woken, and ends in an orderly way', async () => {
    const engine = open('sleeps_in_event_loop.py', { limits: { askMs: 60_000 } });
    await engine.start();
    await engine.stop();
    expect(logOf(engine)).toContain('Stopped server');
    expect(membersOf(engine.root())).toEqual([]);
  });

  test('is started and stopped again and again leaves nothing', async () => {
    const engine = open('well_behaved.py');
    for (let round = 0; round < 5; round += 1) {
      await engine.start();
      const root = engine.root();
      await engine.stop();
      expect(membersOf(root)).toEqual([]);
    }
    expect(engine.history).toMatchObject({ crashes: 0 });
  });

  test('is stopped in the middle of its start is gone as well', async () => {
    const engine = open('never_ready.py');
    const started = engine.start();
    await until(() => engine.states.includes('importing'), 'HELLO');
    await Promise.all([engine.stop(), expect(started).rejects.toMatchObject({ name: 'AbortError' })]);
    expect(membersOf(engine.root())).toEqual([]);
  });

  test('is never ready is given up and killed', async () => {
    const engine = open('never_ready.py', { limits: { silenceMs: 1500 } });
    await expect(engine.start()).rejects.toMatchObject({ data: { code: 'BOOT_SILENT', message: 'The start of the engine stopped at "preparing the device": 1.5 s without a line or any work.' } });
    expect(membersOf(engine.root())).toEqual([]);
  });

  test('floods its log with 50 MB is drained and gets ready', async () => {
    const engine = open('floods_logs.py');
    await engine.start();
    await engine.stop();
    const sizes = engine.log.files().map((path) => statSync(path).size);
    expect(Math.max(...sizes)).toBeLessThan(10.1 * 1024 * 1024);
    const text = logOf(engine);
    expect(text).toContain('flood is over');
    expect(text).not.toContain('\u001B');
    expect(membersOf(engine.root())).toEqual([]);
  });

  test.runIf(isLinux)('ignores every request to stop is killed', async () => {
    const engine = open('ignores_stop.py', { isBare: true, limits: { askMs: 200, terminateMs: 200 } });
    await engine.start();
    await engine.stop();
    expect(engine.states.filter((state) => state === 'stopping')).toHaveLength(3);
    expect(membersOf(engine.root())).toEqual([]);
  });

  test.runIf(isPosix)('has grandchildren takes them along, in its group or out of it', async () => {
    const engine = open('forks_grandchild.py');
    await engine.start();
    await engine.log.flush();
    const pids = pidsIn(logOf(engine)).slice(0, isLinux ? 2 : 1);
    expect(pids.map(isRunning)).toEqual(pids.map(() => true));
    await engine.stop();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(membersOf(engine.root())).toEqual([]);
  });

  test.runIf(isPosix)('is killed takes its grandchildren along, and is started again', async () => {
    const engine = open('forks_grandchild.py');
    await engine.start();
    const first = engine.root();
    process.kill(first.pid, 'SIGKILL');
    await until(() => engine.states.includes('restarting'), 'the restart');
    expect(membersOf(first)).toEqual([]);
    await until(() => engine.url !== undefined, 'the second engine');
    expect(engine.root().pid).not.toBe(first.pid);
    expect(engine.notes).toEqual(['The engine crashed (SIGKILL). It is started again; finished work is kept.']);
  });

  test('exits early without an error is a failed start', async () => {
    const engine = open('exits_early.py');
    await expect(engine.start()).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', data: { code: 'BOOT_EXIT', lastLines: ['nothing to do'] } });
    expect(membersOf(engine.root())).toEqual([]);
  });

  test('misses a module is damaged', async () => {
    const engine = open('misses_module.py');
    await expect(engine.start()).rejects.toMatchObject({ data: { code: 'ENV_BROKEN', action: 'Repair the engine; your media are kept.' } });
  });

  test('has no Python is damaged', async () => {
    const engine = open('well_behaved.py');
    const broken = createSupervisor({ ...fixtureOptions({ pythonPath: join(folder, 'no-python'), fixture: 'well_behaved.py', folder }) });
    await expect(broken.start()).rejects.toMatchObject({ data: { code: 'ENV_BROKEN' } });
    expect(engine.state.name).toBe('stopped');
  });

  test.runIf(isPosix)('crashes whenever it is ready is given up after three restarts', async () => {
    const engine = open('crashes_after_ready.py');
    await engine.start();
    await until(() => engine.state.name === 'broken', 'the end of the budget');
    expect(problemOf(engine)).toBe('ENGINE_LOOP');
    expect(engine.states.filter((state) => state === 'restarting')).toHaveLength(3);
    expect(membersOf(engine.root())).toEqual([]);
  });

  test.runIf(isPosix)('dies of one job has that job held, and goes on', async () => {
    const engine = open('crashes_on_job.py');
    await engine.start();
    for (const _ of [1, 2]) {
      await until(() => engine.url !== undefined, 'a ready engine');
      engine.report({ type: 'job-started', jobId: 'poison' });
      await askJson(`${engine.url}/prompt`, 5000, { poison: true });
      await until(() => servingOf(engine.state) === undefined, 'the crash');
    }
    await until(() => engine.url !== undefined, 'a ready engine');
    engine.report({ type: 'job-started', jobId: 'good' });
    await askJson(`${engine.url}/prompt`, 5000, { poison: false });
    engine.report({ type: 'job-ended', jobId: 'good' });
    expect(engine.jobs).toEqual(['requeue poison', 'hold poison']);
    expect(engine.history.held).toEqual(['poison']);
    expect(engine.state.name).toBe('ready');
  });

  test('answers with another nonce is not used, and not restarted', async () => {
    const engine = open('wrong_nonce.py');
    await expect(engine.start()).rejects.toMatchObject({ data: { code: 'ENGINE_FOREIGN' } });
    expect(membersOf(engine.root())).toEqual([]);
  });

  test.runIf(isPosix)('holds the interpreter is terminated', async () => {
    const engine = open('holds_interpreter.py', { limits: { askMs: 300 } });
    await engine.start();
    await delay(300);
    await engine.stop();
    expect(membersOf(engine.root())).toEqual([]);
  });
});

describe.skipIf(python === undefined)('when the host is killed', () => {
  const fixtures = ['well_behaved.py', ...(isPosix ? ['forks_grandchild.py'] : []), ...(isLinux ? ['holds_interpreter.py'] : [])];

  async function startHost(fixture: string): Promise<{ host: ChildProcess; record: TreeRoot }> {
    const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(FIXTURES, 'host.ts'), python!, fixture, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let record: TreeRoot | undefined;
    onTestFinished(async () => {
      host.kill('SIGKILL');
      await until(() => record === undefined || membersOf(record).length === 0, 'the end of the engine');
    });
    const said = await Promise.race([once(createInterface(host.stdout), 'line'), once(host, 'exit')]);
    if (typeof said[0] !== 'string') expect.fail('The host ended before its engine was ready.');
    record = JSON.parse(said[0]) as TreeRoot;
    return { host, record };
  }

  test.each(fixtures)('%s is gone within a second, with all that it has started', async (fixture) => {
    const { host, record } = await startHost(fixture);
    await delay(200); // until it holds the interpreter
    const before = membersOf(record);
    expect(before.length).toBeGreaterThanOrEqual(fixture === 'forks_grandchild.py' && isLinux ? 3 : 1);
    const killedMs = performance.now();
    host.kill('SIGKILL');
    await once(host, 'exit');
    while (membersOf(record).length > 0 && performance.now() - killedMs < 5000) await delay(10);
    const goneMs = performance.now() - killedMs;
    expect(membersOf(record)).toEqual([]);
    expect(before.filter(isRunning)).toEqual([]);
    expect(goneMs).toBeLessThan(1000);
    const next = open('well_behaved.py');
    await next.start(); // what the killed one has left in the folder is no obstacle
  });

  test('but while it lives its engine is left alone', async () => {
    const { record } = await startHost('well_behaved.py');
    const second = open('well_behaved.py');
    if (isPosix) await expect(second.start()).rejects.toMatchObject({ data: { code: 'ENGINE_IN_USE' } });
    expect(isRunning(record.pid)).toBe(true);
  });
});
