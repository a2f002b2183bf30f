import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from './clock.ts';
import type { EngineCommand } from './engine-command.ts';
import type { EngineListener } from './spawn-engine.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'adgen-supervisor-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Time that passes when told to. */
function createTestClock(): Clock & { pass(ms: number): void } {
  let nowMs = 0;
  const alarms = new Set<{ dueMs: number; run: () => void }>();
  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const alarm = { dueMs: nowMs + delayMs, run };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...alarms].filter((alarm) => alarm.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        alarms.delete(next);
        nowMs = next.dueMs;
        next.run();
      }
      nowMs = endMs;
    },
  };
}

/** An engine that does only what the test says; what is done to it is written down. */
function openPuppet({ dies = true } = {}) {
  const clock = createTestClock();
  const done: string[] = [];
  const notes: string[] = [];
  let listener: EngineListener | undefined;
  let command: EngineCommand | undefined;
  let isKilled = false;
  const supervisor: Supervisor = createSupervisor({
    folder, clock, env: {}, spec: { engineId: 'e', pythonPath: 'python', mainPath: 'main.py', baseDir: folder },
    spawn(given, from) {
      [listener, command, isKilled] = [from, given, false];
      done.push('spawn');
      return {
        pid: 999_999_999,
        say: (line) => void done.push(`say ${line}`),
        terminate: () => void done.push('terminate'),
        killTree() {
          done.push('kill');
          isKilled = true;
        },
        members: () => (isKilled && dies ? [] : [999_999_999]),
      };
    },
  });
  supervisor.subscribe({ onNote: (text) => notes.push(text) });
  const say = (facts: object, run = command!.run): void => listener!.onLines([JSON.stringify({ ...facts, run })]);
  const started = async (): Promise<void> => {
    supervisor.start().catch(() => {}); // the test looks at the state
    await expect.poll(() => done.length).toBeGreaterThan(0);
  };
  return { supervisor, clock, done, notes, say, started, listener: () => listener! };
}

describe('time and effects', () => {
  test('a start that is alive is told about, and one that is not is killed', async () => {
    const { supervisor, clock, done, notes, say, started, listener } = openPuppet();
    await started();
    say({ event: 'HELLO', pid: 1, python: '3.12.1', guarded: true });
    for (let cpu = 0; cpu < 130; cpu += 2) {
      clock.pass(2000);
      say({ event: 'BEAT', cpu });
    }
    expect(supervisor.state).toMatchObject({ name: 'starting', phase: 'importing' });
    expect(notes).toEqual(['The engine is starting, which can take minutes the first time (loading).', 'Still working: loading.']);
    listener().onLines(['pytorch version: 2.10.0']);
    for (let beats = 0; beats < 45; beats += 1) {
      clock.pass(2000);
      say({ event: 'BEAT', cpu: 128.001 });
    }
    clock.pass(91_000);
    expect(supervisor.state).toMatchObject({ name: 'broken', problem: { code: 'BOOT_SILENT', message: 'The start of the engine stopped at "preparing the device": 180 s without a line or any work.' } });
    expect(done).toEqual(['spawn', 'kill']);
  });

  test('a stop goes from asking to terminating to killing, and is over only when everything is gone', async () => {
    const { supervisor, clock, done, started } = openPuppet({ dies: false });
    await started();
    const stopped = supervisor.quit();
    const told = expect(stopped).rejects.toMatchObject({ data: { code: 'ENGINE_STUCK' } });
    clock.pass(6999);
    expect(done).toEqual(['spawn', 'say stop']);
    clock.pass(2);
    clock.pass(3001);
    expect(done.slice(2, 4)).toEqual(['terminate', 'kill']);
    clock.pass(5002);
    await told;
    expect(clock.nowMs()).toBeLessThan(15_100);
    const kills = done.length;
    clock.pass(60_000);
    expect(done.length).toBe(kills);
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('words of another run are not listened to', async () => {
    const { supervisor, say, started } = openPuppet();
    await started();
    const hello = { event: 'HELLO', pid: 1, python: '3.12.1', guarded: true };
    say(hello, 'other');
    expect(supervisor.state).toMatchObject({ name: 'starting', phase: 'spawned' });
    say(hello);
    expect(supervisor.state).toMatchObject({ name: 'starting', phase: 'importing' });
  });
});

test('a folder that cannot be one is named', () => {
  writeFileSync(join(folder, 'file'), '');
  const spec = { engineId: 'e', pythonPath: 'python', mainPath: 'main.py', baseDir: folder };
  expect(() => createSupervisor({ spec, folder: join(folder, 'file') })).toThrow(expect.objectContaining({ code: 'READ_ONLY', message: expect.stringContaining('choose another folder') }));
});

test('somebody else’s server is used, watched, and never started nor stopped', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end(JSON.stringify({ system: { argv: ['main.py'] } }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { supervisor, clock, done } = openPuppet();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await supervisor.attach(url);
  await expect.poll(() => supervisor.state).toMatchObject({ name: 'external', answer: 'ok' });
  expect(supervisor.url).toBe(url);
  expect(await supervisor.start()).toBe(url);
  clock.pass(20_001);
  await expect.poll(() => requests.length).toBe(2);
  await supervisor.quit();
  expect(supervisor.state).toEqual({ name: 'stopped' });
  expect(new Set(requests)).toEqual(new Set(['GET /system_stats']));
  expect(done).toEqual([]);
});
