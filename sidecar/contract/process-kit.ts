/** What a case has at hand that starts, stops and kills engines: supervisors, jobs that outlive a restart, a host to be killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createMemoryJournal } from '../client/testing/memory-journal.ts';
import { membersOf } from '../supervisor/process-tree.ts';
import type { TreeRoot } from '../supervisor/process-tree.ts';
import { readRunRecord } from '../supervisor/run-record.ts';
import { createSupervisor } from '../supervisor/supervisor.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import type { Note, ProcessTarget } from './case.ts';
import { driveJobs } from './drive-jobs.ts';
import type { JobDriver } from './drive-jobs.ts';
import { prepareEngine } from './engine-choice.ts';
import { until } from './served-kit.ts';

export interface Host {
  readonly process: ChildProcess;
  readonly url: string;
  readonly root: TreeRoot;
}

export interface ProcessKit {
  readonly target: ProcessTarget;
  readonly folder: string;
  readonly note: Note;
  readonly journal: ReturnType<typeof createMemoryJournal>;
  /** One more owner of the same folder each time. */
  supervisor(): Promise<Supervisor>;
  driver(supervisor: Supervisor): JobDriver;
  /** Another program of ours that has started the engine. */
  host(): Promise<Host>;
  close(): Promise<void>;
}

const HOST = join(import.meta.dirname, 'host.ts');

export async function openProcessKit(target: ProcessTarget, note: Note): Promise<ProcessKit> {
  const folder = await mkdtemp(join(tmpdir(), 'adgen contract ü-'));
  const journal = createMemoryJournal();
  const supervisors: Supervisor[] = [];
  const drivers: JobDriver[] = [];
  const hosts: Host[] = [];
  return {
    target, folder, note, journal,
    async supervisor() {
      const supervisor = createSupervisor(await prepareEngine(target.choice, folder));
      supervisors.push(supervisor);
      return supervisor;
    },
    driver(supervisor) {
      const driver = driveJobs(supervisor, journal, folder);
      drivers.push(driver);
      return driver;
    },
    async host() {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', HOST, JSON.stringify(target.choice), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [said] = (await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit')])) as unknown[];
      assert.equal(typeof said, 'string', 'the host ended before its engine was ready');
      const { url, pid, run } = JSON.parse(said as string) as { url: string } & TreeRoot;
      const host = { process: child, url, root: { pid, run } };
      hosts.push(host);
      return host;
    },
    async close() {
      await Promise.all(drivers.map((driver) => driver.close()));
      await Promise.all(supervisors.map((supervisor) => supervisor.quit()));
      hosts.forEach((host) => host.process.kill('SIGKILL'));
      for (const { root } of hosts) await until(() => membersOf(root).length === 0, 'the end of a killed host\'s engine');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Who the engine's processes are. */
export function rootOf(supervisorFolder: string): TreeRoot {
  const record = readRunRecord(supervisorFolder);
  assert.ok(record, 'a running engine is on record');
  return { pid: record.pid, run: record.run };
}
