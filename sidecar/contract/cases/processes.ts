/** The life and death of the engine's process under our supervisor, and what becomes of jobs meanwhile. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { askJson } from '../../supervisor/engine-http.ts';
import { membersOf } from '../../supervisor/process-tree.ts';
import type { TreeRoot } from '../../supervisor/process-tree.ts';
import { readRunRecord } from '../../supervisor/run-record.ts';
import type { Supervisor } from '../../supervisor/supervisor.ts';
import type { ProcessCase } from '../case.ts';
import { assertPicture } from '../check-files.ts';
import { HELD } from '../drive-jobs.ts';
import { failGraph, pictureGraph, workGraph } from '../graphs.ts';
import { rootOf } from '../process-kit.ts';
import type { ProcessKit } from '../process-kit.ts';
import { until } from '../served-kit.ts';

const notOnWindows = (): string | undefined => (process.platform === 'win32' ? 'Windows has no such signal' : undefined);
/** As the engines of the contract have it; a version without our probe is none that we start. */
const NODES = { AdgenProbeWork: {} };
const GONE_MOST_MS = 1000;
/** Of our own memory over all cycles; a leak of one log buffer or one socket a time is more. */
const GROWTH_MOST_BYTES = 64 * 1024 * 1024;

const supervisorFolder = ({ folder }: ProcessKit): string => join(folder, 'supervisor');
const picturesMade = async ({ folder }: ProcessKit): Promise<string[]> => (await readdir(join(folder, 'base', 'output'), { recursive: true })).filter((name) => name.endsWith('.png'));

function listenTo(supervisor: Supervisor): string[] {
  const names: string[] = [];
  supervisor.subscribe({ onState: (state) => names.push(state.name) });
  return names;
}

async function killHost(kit: ProcessKit, prepare: (url: string) => Promise<void>): Promise<void> {
  const host = await kit.host();
  assert.ok(membersOf(host.root).length >= 1);
  await prepare(host.url);
  const killedMs = performance.now();
  host.process.kill('SIGKILL');
  await once(host.process, 'exit');
  await until(() => membersOf(host.root).length === 0, 'the engine is gone');
  const goneMs = performance.now() - killedMs;
  kit.note(`gone after ${Math.round(goneMs)} ms`);
  assert.ok(goneMs < GONE_MOST_MS, `gone after ${Math.round(goneMs)} ms, not within ${GONE_MOST_MS}`);
  assert.deepEqual(await askJson(`${host.url}/system_stats`, 5000), { kind: 'refused' });
}

export const processCases: readonly ProcessCase[] = [
  {
    name: 'kill -9 of the server in the middle of a job: it is started again, and the job comes out once',
    lacks: notOnWindows,
    async run(kit) {
      const supervisor = await kit.supervisor();
      const driver = kit.driver(supervisor);
      const states = listenTo(supervisor);
      let runs = 0;
      const kill = (): void => {
        if (++runs === 1) process.kill(rootOf(supervisorFolder(kit)).pid, 'SIGKILL');
      };
      const [first, second] = await Promise.all([
        driver.run('a', workGraph(NODES, 0xaa5500, kit.target.workSeconds), { onRunning: kill }),
        driver.run('b', pictureGraph(0x0055aa)),
      ]);
      await assertPicture(first, 0xaa5500);
      await assertPicture(second, 0x0055aa);
      assert.equal(runs, 2);
      assert.deepEqual(driver.verdicts, ['requeue a']);
      assert.equal((await picturesMade(kit)).length, 2);
      assert.deepEqual([...new Set(states)], ['starting', 'ready', 'busy', 'crashed', 'restarting']);
    },
  },
  {
    name: 'a job that takes the server down twice is held back, and the next one comes out',
    lacks: notOnWindows,
    async run(kit) {
      const supervisor = await kit.supervisor();
      const driver = kit.driver(supervisor);
      await assert.rejects(driver.run('poison', failGraph('abort')), { message: HELD });
      assert.deepEqual(driver.verdicts, ['requeue poison', 'hold poison']);
      await assertPicture(await driver.run('good', pictureGraph(0x00ff55)), 0x00ff55);
    },
  },
  {
    name: 'kill -9 of the host: the idle server and all its processes are gone within a second',
    lacks: notOnWindows,
    run: async (kit) => await killHost(kit, async () => {}),
  },
  {
    name: 'kill -9 of the host: the server is gone within a second also from the middle of a step that nobody can interrupt',
    lacks: notOnWindows,
    async run(kit) {
      await killHost(kit, async (url) => {
        await askJson(`${url}/prompt`, 5000, { prompt: failGraph('hold'), prompt_id: crypto.randomUUID() });
        await until(async () => {
          const answer = await askJson(`${url}/queue`, 5000);
          return answer.kind === 'json' && (answer.value as { queue_running: unknown[] }).queue_running.length === 1;
        }, 'the step has begun');
      });
      // What the killed one has left is no obstacle.
      const next = await kit.supervisor();
      await assertPicture(await kit.driver(next).run('next', pictureGraph(0x998800)), 0x998800);
    },
  },
  {
    name: 'a second program on the same folder is refused, and the first one\'s server stays',
    lacks: notOnWindows,
    async run(kit) {
      const host = await kit.host();
      const second = await kit.supervisor();
      await assert.rejects(second.start(), (error: { data?: { code?: string } }) => error.data?.code === 'ENGINE_IN_USE');
      assert.ok(membersOf(host.root).includes(host.root.pid));
    },
  },
  {
    name: 'noise in the log costs nothing: no colour is kept, no line is taken for the boot script\'s',
    async run(kit) {
      const supervisor = await kit.supervisor();
      const driver = kit.driver(supervisor);
      await supervisor.start();
      const states = listenTo(supervisor);
      await assertPicture(await driver.run('a', failGraph('noise', 0x556677)), 0x556677);
      await supervisor.log.flush();
      const text = supervisor.log.files().map((path) => readFileSync(path, 'utf8')).join('');
      assert.ok(text.includes('no text') && !text.includes('\u001B'));
      assert.equal(supervisor.state.name, 'ready');
      assert.deepEqual(states.filter((state) => state !== 'ready' && state !== 'busy'), []);
    },
  },
  {
    name: 'starting and stopping again and again leaves no process, port, file or memory behind',
    async run(kit) {
      const supervisor = await kit.supervisor();
      const states = listenTo(supervisor);
      const [starts, stops]: [number[], number[]] = [[], []];
      let settled: ReturnType<typeof countOwn> | undefined;
      const roots: TreeRoot[] = [];
      for (let cycle = 1; cycle <= kit.target.cycles; cycle++) {
        const startedMs = performance.now();
        const url = await supervisor.start();
        const readyMs = performance.now();
        roots.push(rootOf(supervisorFolder(kit)));
        await supervisor.stop();
        starts.push(readyMs - startedMs);
        stops.push(performance.now() - readyMs);
        assert.deepEqual(await askJson(`${url}/features`, 5000), { kind: 'refused' });
        if (cycle === 2) settled = countOwn();
      }
      const now = countOwn();
      assert.deepEqual(roots.flatMap(membersOf), []);
      assert.equal(readRunRecord(supervisorFolder(kit)), undefined);
      assert.deepEqual([...new Set(states)], ['starting', 'ready', 'stopping', 'stopped']);
      assert.ok(settled && now.files <= settled.files, `open files: ${settled?.files} after two cycles, ${now.files} at the end`);
      const growth = now.bytes - settled.bytes;
      assert.ok(growth < GROWTH_MOST_BYTES, `our memory grew by ${Math.round(growth / 1e6)} MB`);
      kit.note(`${kit.target.cycles} cycles; start ${spread(starts)}, stop ${spread(stops)}; ${now.files} open files, memory ${growth < 0 ? '' : '+'}${(growth / 1e6).toFixed(1)} MB`);
    },
  },
];

/** What this process holds: open files (0 where the system does not tell), and memory. */
function countOwn(): { readonly files: number; readonly bytes: number } {
  return { files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0, bytes: process.memoryUsage().rss };
}

function spread(valuesMs: readonly number[]): string {
  const sorted = valuesMs.toSorted((a, b) => a - b);
  return `${Math.round(sorted[0] ?? 0)}–${Math.round(sorted.at(-1) ?? 0)} ms`;
}
