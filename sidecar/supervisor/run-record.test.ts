import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { isThere, startTokenOf } from './process-tree.ts';
import { readRunRecord, reapLeftover, removeRunRecord, writeRunRecord } from './run-record.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'adgen-run-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that leads its own group, and a server that answers in its name. */
async function leaveBehind(facts: { nonce: string; startToken?: string; hostPid?: number; hostStartToken?: string }): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
  const pid = child.pid!;
  const server = createServer((_, response) => void response.end(JSON.stringify({ adgen: facts.nonce })));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.close();
  });
  const { hostPid = 999_999_999, hostStartToken = 'gone', startToken = startTokenOf(pid) } = facts;
  const record = { pid, startToken, run: 'mine', engineId: 'e', port: (server.address() as AddressInfo).port, hostPid, hostStartToken };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  return pid;
}
async function survives(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 500 && isThere(pid); waited += 20) await new Promise((resolve) => void setTimeout(resolve, 20));
  return isThere(pid);
}

// Where no start time can be read nothing is ever killed: there, a job object holds the engine.
describe.skipIf(process.platform === 'win32')('what a killed host has left', () => {
  test('is killed when pid, start time and nonce agree', async () => {
    const pid = await leaveBehind({ nonce: 'mine' });
    expect(await reapLeftover(folder, 1000)).toBeUndefined();
    expect(await survives(pid)).toBe(false);
  });

  test.each([
    ['its start time differs: the pid was used again', { nonce: 'mine', startToken: 'another' }],
    ['another server answers', { nonce: 'other' }],
  ])('is left alone when %s', async (_, facts) => {
    const pid = await leaveBehind(facts);
    expect(await reapLeftover(folder, 1000)).toBeUndefined();
    expect(await survives(pid)).toBe(true);
  });

  test('is not left at all while the host lives', async () => {
    const pid = await leaveBehind({ nonce: 'mine', hostPid: process.ppid, hostStartToken: startTokenOf(process.ppid) });
    expect(await reapLeftover(folder, 1000)).toMatchObject({ code: 'ENGINE_IN_USE' });
    expect(isThere(pid)).toBe(true);
  });
});

test('a record is written whole, read back, and removed by its own run only', () => {
  writeRunRecord(folder, { pid: 5, startToken: 't', run: 'mine', engineId: 'e' });
  removeRunRecord(folder, 'other');
  expect(readRunRecord(folder)).toMatchObject({ pid: 5, run: 'mine', hostPid: process.pid });
  removeRunRecord(folder, 'mine');
  expect(readRunRecord(folder)).toBeUndefined();
});

test.each(['', '{"pid":', '{"pid":-1}', '[]'])('a damaged record (%s) is no record', async (content) => {
  writeFileSync(join(folder, 'run.json'), content);
  expect(await reapLeftover(folder, 100)).toBeUndefined();
});
