import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import type { RunRecord } from '#sidecar/supervisor/run-record.ts';
import { findShared, sharedSidecar } from './shared-sidecar.ts';

const never = new AbortController().signal;
const LIMITS = { watchMs: 10, absentMs: 150 };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'adgen-shared-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that only lives. */
async function live(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  onTestFinished(async () => await end(child));
  return child as ChildProcess & { pid: number };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function write(owner: { readonly pid: number }, engine: { readonly pid: number }, more: Partial<RunRecord> = {}): void {
  const record: RunRecord = { pid: engine.pid, startToken: startTokenOf(engine.pid), run: 'one', engineId: 'e', hostPid: owner.pid, hostStartToken: startTokenOf(owner.pid), ...more };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
}

// Where no start time can be read, a process cannot be told from a later one with its number.
describe.skipIf(process.platform === 'win32')('an engine of another program', () => {
  test('is found by its record while that program lives', async () => {
    expect(findShared(folder)).toBeUndefined();
    const owner = await live();
    write(owner, owner, { port: 4711 });
    expect(findShared(folder)).toMatchObject({ run: 'one', port: 4711 });
    write({ pid: process.pid }, owner);
    expect(findShared(folder)).toBeUndefined(); // our own
    write(owner, owner, { hostStartToken: 'another one\'s' });
    expect(findShared(folder)).toBeUndefined();
    write(owner, owner);
    await end(owner);
    expect(findShared(folder)).toBeUndefined();
  });

  test('is used as soon as it listens, with what it shows', async () => {
    const owner = await live();
    write(owner, owner);
    const access = sharedSidecar(folder, LIMITS);
    const connecting = access.connect(never);
    write(owner, owner, { port: 4711 });
    expect(await connecting).toEqual({ url: 'http://127.0.0.1:4711', nonce: 'one' });
    write(owner, owner, { port: 4711, showsRun: false });
    expect(await access.connect(never)).toEqual({ url: 'http://127.0.0.1:4711' });
    expect(access).toMatchObject({ kind: 'shared', needsNetwork: false });
  });

  test('that is started again by its owner is told of, once, to all who listen', async () => {
    const [owner, first, second] = [await live(), await live(), await live()];
    write(owner, first, { port: 1 });
    const access = sharedSidecar(folder, LIMITS);
    const told: string[] = [];
    for (const name of ['a', 'b']) onTestFinished(access.subscribe({ onLost: (reason) => told.push(`${name}: ${reason}`) }));
    await access.connect(never);
    await end(first);
    write(owner, second, { run: 'two', port: 2 });
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(new Set(told)).toEqual(new Set(['a: The engine was stopped or started again by its owner.', 'b: The engine was stopped or started again by its owner.']));
    expect(await access.connect(never)).toEqual({ url: 'http://127.0.0.1:2', nonce: 'two' });
    write(owner, second, { run: 'three', port: 3 });
    await vi.waitFor(() => expect(told).toHaveLength(4));
  });

  test('is waited for while its owner starts it again', async () => {
    const [owner, first, second] = [await live(), await live(), await live()];
    write(owner, first, { port: 1 });
    const access = sharedSidecar(folder, { ...LIMITS, absentMs: 60_000 });
    await end(first); // its record still stands
    let isConnected = false;
    const connecting = access.connect(never).finally(() => (isConnected = true));
    rmSync(join(folder, 'run.json'));
    await new Promise((resolve) => void setTimeout(resolve, 50));
    expect(isConnected).toBe(false);
    write(owner, second, { run: 'two', port: 2 });
    expect(await connecting).toEqual({ url: 'http://127.0.0.1:2', nonce: 'two' });
  });

  test('whose owner keeps it stopped, or is gone, is an error with something to do', async () => {
    const owner = await live();
    write(owner, owner, { port: 1 });
    const access = sharedSidecar(folder, LIMITS);
    rmSync(join(folder, 'run.json'));
    await expect(access.connect(never)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: `The program that owns the engine (process ${owner.pid}) has it stopped. Start the engine there, or close that program.` });
    await end(owner);
    await expect(access.connect(never)).rejects.toMatchObject({ data: { reason: 'ENGINE_UNREACHABLE' }, message: expect.stringContaining('has ended') });
  });

  test('is not waited for after an abort', async () => {
    const owner = await live();
    write(owner, owner);
    const ending = new AbortController();
    const connecting = sharedSidecar(folder, LIMITS).connect(ending.signal);
    ending.abort();
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
