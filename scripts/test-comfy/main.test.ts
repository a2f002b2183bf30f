import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeServer } from '#sidecar/fake/server.ts';
import { formatResult, formatSummary } from './format.ts';

const main = join(import.meta.dirname, 'main.ts');
const run = async (...args: string[]) => await execa(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { reject: false });

let root: string;
let server: FakeServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'adgen-test-comfy-'));
  server = await startFakeServer({ folder: root, stepMs: 2 });
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

test.each([
  [[], 'Name a ComfyUI'],
  [['--comfy-url', 'http://127.0.0.1:1', '--comfy-dir', '.'], 'Name a ComfyUI'],
  [['--comfy-dir', tmpdir()], 'is no ComfyUI: it has no main.py'],
  [['--comfy-url'], 'argument missing'],
])('used as %j it says how it is used', async (args, sentence) => {
  const { exitCode, stderr } = await run(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(sentence);
  expect(stderr).toContain('Usage: npm run test:comfy');
});

test('a server that is none is named', async () => {
  const { exitCode, stderr } = await run('--comfy-url', 'http://127.0.0.1:1');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('http://127.0.0.1:1')]);
});

describe('at the address of a server', () => {
  test('our own workflows run, and every node is read', async () => {
    const { exitCode, stdout } = await run('--comfy-url', server.url, '--only', 'workflow', '--json');
    const document = JSON.parse(stdout) as { server: string; results: { name: string; outcome: string; error?: string }[] };
    expect(document.results.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(document.server).toBe('ComfyUI 0.33.0');
    expect(document.results.length).toBeGreaterThanOrEqual(4);
    expect(exitCode).toBe(0);
  });

  test('what holds is told in a line, and what cannot be run there too', async () => {
    const { exitCode, stdout } = await run('--comfy-url', server.url, '--only', 'its version');
    expect(stdout).toMatch(/^ComfyUI 0\.33\.0\n\n✓ it says its version and its devices \(\d+ ms\)\n/);
    expect(stdout).toContain('cases that start and kill servers were not run');
    expect(exitCode).toBe(0);
    expect((await run('--comfy-url', server.url, '--only', 'no such case')).exitCode).toBe(1);
  });
});

test('a broken case stands with its error, an absent one with its reason', () => {
  const error = Object.assign(new Error('it was blue'), { stack: 'Error: it was blue\n    at x' });
  const results = [
    { name: 'it is red', outcome: 'broken', ms: 12, notes: ['looked twice'], error },
    { name: 'it is green', outcome: 'not here', ms: 0, notes: [], reason: 'it has no colours' },
    { name: 'it is', outcome: 'held', ms: 3, notes: [] },
  ] as const;
  expect(results.map(formatResult)).toEqual(['✗ it is red (12 ms)\n    looked twice\n    Error: it was blue\n        at x', '– it is green: not on this version, it has no colours', '✓ it is (3 ms)']);
  expect(formatSummary(results)).toBe('1 of 3 cases held, 1 broken, 1 not on this version.');
});
