import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { KeyKeeper } from '#engine/host/host-tools.ts';
import { connectEngine } from '#electron/engine-client.ts';
import type { DoubleState } from './shell.ts';
import { prepareShells, releaseShells, startShell, withDataDir } from './shell.ts';

const KEY = 'r8_planted-secret-1234567890';

let data: Awaited<ReturnType<typeof withDataDir>>;

beforeAll(prepareShells, 120_000);
afterAll(releaseShells);
beforeEach(async () => void (data = await withDataDir()));
afterEach(() => data.remove());

/** A keeper on a fresh double; `ready`: as the shell asks for it. */
async function keeper(prepare: (state: DoubleState) => void = () => {}, environment: NodeJS.ProcessEnv = {}): Promise<KeyKeeper> {
  vi.resetModules();
  vi.doMock('electron', () => import('./double/electron.ts'));
  const { state } = await import('./double/state.ts');
  prepare(state);
  state.app.becomeReady(() => []);
  const { openKeyKeeper } = await import('#electron/keys.ts');
  return openKeyKeeper(join(data.dataDir, 'shell', 'keys.json'), environment);
}

/** Every file of the data folder that has the key in it. */
function filesWithKey(): string[] {
  return readdirSync(data.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path).includes(KEY));
}

test('a key set in the studio is kept by the keychain, reaches the engine, and stands nowhere in clear', async () => {
  const shell = await startShell({ dataDir: data.dataDir });
  await shell.page();
  const client = connectEngine(() => shell.address());
  await client.settings.setKey({ name: 'replicate', value: KEY });
  expect(await client.settings.keys()).toMatchObject({ keeper: 'keychain', keys: expect.arrayContaining([{ name: 'replicate', isSet: true, origin: 'keychain' }]) });
  await shell.quit();
  expect(filesWithKey()).toEqual([]);
  const path = join(data.dataDir, 'shell', 'keys.json');
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toEqual(['replicate']);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a key outlives the start, is replaced and forgotten', async () => {
  await (await keeper()).write('openai', KEY);
  const next = await keeper();
  expect([await next.read('openai'), await next.origin('openai')]).toEqual([KEY, 'keychain']);
  await next.write('openai', 'sk-other');
  expect(await next.read('openai')).toBe('sk-other');
  await next.write('openai', '');
  expect([await next.read('openai'), await next.origin('openai')]).toEqual([undefined, 'none']);
});

const poor: [string, (state: DoubleState) => void][] = [
  ['there is no keychain', (state) => void (state.keychain.isAvailable = false)],
  ...(process.platform === 'linux' ? [['the keychain is only basic_text', (state) => void (state.keychain.backend = 'basic_text')] satisfies (typeof poor)[number]] : []),
];

test.each(poor)('when %s, keys are for this session only and nothing is written', async (_what, prepare) => {
  const keys = await keeper(prepare);
  expect(keys.kind).toBe('session');
  await keys.write('openai', KEY);
  expect([await keys.read('openai'), await keys.origin('openai')]).toEqual([KEY, 'session']);
  expect(filesWithKey()).toEqual([]);
  expect(await (await keeper(prepare)).read('openai')).toBeUndefined();
});

test('the environment counts when nothing else is set', async () => {
  const keys = await keeper(() => {}, { OPENAI_API_KEY: 'sk-from-outside' });
  expect([await keys.read('openai'), await keys.origin('openai')]).toEqual(['sk-from-outside', 'environment']);
  await keys.write('openai', KEY);
  expect([await keys.read('openai'), await keys.origin('openai')]).toEqual([KEY, 'keychain']);
});

test('a damaged file, or one of another keychain, is as good as none', async () => {
  await (await keeper()).write('openai', KEY);
  const path = join(data.dataDir, 'shell', 'keys.json');
  const whole = readFileSync(path, 'utf8');
  for (const broken of ['', '{', '[]', '{"openai":7}', '{"openai":"bm90IG91cnM="}']) {
    writeFileSync(path, broken);
    expect(await (await keeper()).read('openai')).toBeUndefined();
  }
  writeFileSync(path, whole);
  expect(await (await keeper()).read('openai')).toBe(KEY);
});
