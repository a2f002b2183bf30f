/** With `--offline` nothing leaves this machine, whatever is configured; a spy in every thread of the process is the witness. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdProject } from '#core/project/schema.ts';
import { makeAdvert, root, sampleCan, scratchFolder, SHORT } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const at = (name: string): string => join(folder.path, name);
const args = (out: string): string[] => ['--product', sampleCan, ...SHORT, '--data', at('data'), '--out', at(out)];

/** A test address (RFC 5737) that nobody answers; what would plan there must be given up soon. */
const environment = (log: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'tests', 'fixtures', 'network-spy.mjs')).href}`,
  ADGEN_SPY_LOG: log,
  OPENAI_API_KEY: 'sk-test-0123456789abcdef',
  ADGEN_LLM_URL: 'http://192.0.2.1:8089/v1',
  ADGEN_LLM_TIMEOUT_S: '1',
});

beforeAll(async () => {
  folder = await scratchFolder('offline');
});
afterAll(() => folder.remove());

it('asks nobody with --offline', async () => {
  const run = await makeAdvert([...args('offline'), '--offline'], { env: environment(at('offline.log')) });
  expect(existsSync(at('offline.log'))).toBe(false);
  const plan = run.steps.find(({ kind }) => kind === 'plan');
  expect(plan).toMatchObject({ provider: 'embedded', state: 'succeeded', isCacheHit: false });
  expect(plan?.fallback).toBeUndefined();
  expect((JSON.parse(await readFile(at('offline/adproject.json'), 'utf8')) as AdProject).planning.provider).toBe('embedded');
}, 240_000);

it('asks the configured endpoint otherwise, and says why the embedded planner did it', async () => {
  const run = await makeAdvert(args('online'), { env: environment(at('online.log')) });
  expect(await readFile(at('online.log'), 'utf8')).toMatch(/^connect 192\.0\.2\.1$/m);
  expect(run.steps.find(({ kind }) => kind === 'plan')).toMatchObject({ provider: 'embedded', fallback: [{ from: 'openai', to: 'embedded', reason: expect.stringContaining('192.0.2.1:8089') }] });
  expect(run.notices.join('\n')).toMatch(/plan: openai could not do it/);
  expect(await readFile(at('online/run.json'), 'utf8')).not.toContain('sk-test');
}, 240_000);

/** Linux can take the network away from a process altogether; a system that does not let us has shown the rest above. */
function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it.runIf(canUnshare())('works on a machine without any network', async () => {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', join(root, 'cli', 'main.ts'), 'make', ...args('alone'), '--offline', '--seed', '2'];
  const { exitCode, stderr } = await execa('unshare', ['-n', ...command], { reject: false, cwd: root });
  expect(exitCode, stderr).toBe(0);
  expect(existsSync(at('alone/final_1x1.mp4'))).toBe(true);
}, 240_000);
