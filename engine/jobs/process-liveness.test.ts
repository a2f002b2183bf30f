import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reapOrphans, reapThreadChildren, registerChild, unregisterChild } from './child-registry.ts';
import { identityOf, isAlive, livenessOf, ownIdentity } from './process-liveness.ts';

function startSleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const identity = identityOf(child.pid ?? 0);
  if (identity === undefined) throw new Error('the child is not there');
  return { child, identity };
}

function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'adgen-children-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test('a process is alive until it is gone, and a zombie is gone', async () => {
  const { child, identity } = startSleeper();
  expect(livenessOf(identity)).toBe('alive');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(livenessOf(identity)).toBe('dead');
  expect(livenessOf(ownIdentity())).toBe('alive');
});

test('another process with the same pid, or one of an earlier boot, is dead', () => {
  const own = ownIdentity();
  expect(livenessOf({ pid: own.pid, startToken: own.startToken.replace(/t\w+$/, 't1') })).toBe('dead');
  expect(livenessOf({ pid: own.pid, startToken: 'l0123456789abn1t5' })).toBe('dead');
});

test('a process of another container is believed for as long as it gives signs of life', () => {
  const elsewhere = { pid: 1, startToken: ownIdentity().startToken.replace(/n\d+t/, 'n1t') };
  expect(livenessOf(elsewhere)).toBe(process.platform === 'linux' ? 'unknown' : 'dead');
  if (process.platform === 'linux') expect([isAlive(elsewhere, 1000), isAlive(elsewhere, 60_000)]).toEqual([true, false]);
});

test('children of living owners stay; a child that has ended leaves no entry', () => {
  const dataDir = makeDataDir();
  const { child, identity } = startSleeper();
  registerChild(identity, dataDir);
  expect(reapOrphans(dataDir)).toEqual([]);
  unregisterChild(identity, dataDir);
  expect(readdirSync(join(dataDir, 'tmp', 'children'))).toEqual([]);
  expect(child.exitCode).toBeNull();
});

test('children of dead owners are killed, whoever has their pids now is not', async () => {
  const dataDir = makeDataDir();
  const orphan = startSleeper();
  const innocent = startSleeper();
  registerChild(orphan.identity, dataDir);
  const folder = join(dataDir, 'tmp', 'children');
  const [name = ''] = readdirSync(folder);
  rmSync(join(folder, name));
  const deadOwner = `${process.pid}-l0123456789abn1t1_0`;
  writeFileSync(join(folder, `${orphan.identity.pid}-${orphan.identity.startToken}_${deadOwner}`), '');
  writeFileSync(join(folder, `${innocent.identity.pid}-${innocent.identity.startToken.replace(/t\w+$/, 't1')}_${deadOwner}`), '');
  expect(reapOrphans(dataDir)).toEqual([orphan.identity.pid]);
  await once(orphan.child, 'exit');
  expect(livenessOf(innocent.identity)).toBe('alive');
  expect(readdirSync(folder)).toEqual([]);
});

test('what a terminated thread has started is killed', async () => {
  const dataDir = makeDataDir();
  const { child, identity } = startSleeper();
  registerChild(identity, dataDir);
  expect(reapThreadChildren(dataDir, 12345)).toEqual([]);
  expect(reapThreadChildren(dataDir, 0)).toEqual([identity.pid]);
  await once(child, 'exit');
});
