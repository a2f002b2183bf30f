/** kill -9 of a process that installs, in every stage: nothing of it goes on, and the next one goes on where it was. */
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngineStore } from '../engine-store.ts';
import { isRunning, pidsIn, untilGone } from '../testing/running.ts';
import type { EngineStore, InstallStage } from '../types.ts';
import { verifyEngine } from '../verify-engine.ts';
import type { InstallConfig } from './fixtures/install.ts';
import { python, serveSmallEngine } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

const PROGRAM = join(import.meta.dirname, 'fixtures', 'install.ts');

let root: string;
let engine: SmallEngine;
let store: EngineStore;
const folder = (): string => join(root, 'engine');
const pidFile = (): string => join(root, 'pids');

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'adgen killed ü-')));
  engine = await serveSmallEngine();
  store = createEngineStore({ folder: folder(), modelsDir: join(root, 'models'), source: engine.source, reserveBytes: 0 });
  const { release, lock } = engine;
  await writeFile(join(root, 'config.json'), JSON.stringify({ folder: folder(), modelsDir: join(root, 'models'), release, lock } satisfies InstallConfig));
});
afterEach(async () => {
  await engine.close();
  await rm(root, { recursive: true, force: true });
});

/** `hangsIn`: the stand-in that waits to be killed there. */
const start = (hangsIn = '') => execa(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, join(root, 'config.json')], { reject: false, buffer: false, env: { STAND_IN_HANGS: hangsIn, STAND_IN_PIDS: pidFile() } });

async function killWhen(child: ReturnType<typeof start>, moment: () => Promise<unknown>): Promise<void> {
  child.stdout.resume();
  await Promise.race([moment(), child.then(({ exitCode }) => expect.unreachable(`it came to its end with ${exitCode}`))]);
  child.kill('SIGKILL');
  expect((await child).signal).toBe('SIGKILL');
}

/** When the process says that it is in a stage. */
async function saidIn(child: ReturnType<typeof start>, stage: InstallStage): Promise<void> {
  let said = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += String(chunk);
    if (said.includes(`{"stage":"${stage}"`)) return;
  }
}

describe.runIf(python !== undefined && process.platform !== 'win32')('an installation that is killed', () => {
  test('in one stage after the other is whole in the end', async () => {
    const interruptedIn = async (): Promise<string | undefined> => (await store.status()).interrupted?.stage;
    const inDownload: readonly (readonly [InstallStage, 'uv' | 'source' | 'torch', string])[] = [['uv', 'uv', '/uv-0.0.0-py3-none-any.whl'], ['source', 'source', '/source.zip'], ['packages', 'torch', '/torch-1.0-py3-none-any.whl']];
    const inProgram: readonly (readonly [InstallStage, string])[] = [['python', 'python'], ['packages', 'pip'], ['self-test', 'self-test']];
    const killInDownload = async (stage: InstallStage): Promise<void> => {
      for (const [, name, path] of inDownload.filter(([at]) => at === stage)) {
        engine.files[name].stall = { afterBytes: 20, times: 1 };
        await killWhen(start(), () => engine.server.asked(path));
        expect(await interruptedIn()).toBe(stage);
      }
    };
    const killInProgram = async (stage: InstallStage): Promise<void> => {
      for (const [, program] of inProgram.filter(([at]) => at === stage)) {
        await rm(pidFile(), { force: true });
        await killWhen(start(program), () => pidsIn(pidFile(), 1));
        const pids = readFileSync(pidFile(), 'utf8').trim().split('\n').map(Number);
        await untilGone(pids);
        expect(pids.filter(isRunning)).toEqual([]);
        expect(await interruptedIn()).toBe(stage);
      }
    };
    for (const stage of ['uv', 'python', 'source', 'packages', 'self-test'] as const) {
      await killInDownload(stage);
      await killInProgram(stage);
    }
    const locking = start();
    await killWhen(locking, () => saidIn(locking, 'lock'));
    expect(await interruptedIn()).toBe('lock');
    expect((await store.status()).engines).toEqual([]);
    const switching = start();
    await killWhen(switching, () => saidIn(switching, 'switch'));
    // The journal was ahead of the word, so it may have been done already.
    expect(await store.status()).toMatchObject({ engines: [{ comfyVersion: '9.9.9' }] });

    const last = start();
    last.stdout.resume();
    expect((await last).exitCode).toBe(0);
    const status = await store.status();
    const [installed] = status.engines;
    expect(status).toMatchObject({ current: { engineId: installed?.id }, problems: [], interrupted: undefined });
    expect(await verifyEngine({ folder: folder(), engineId: installed?.id ?? '', isDeep: true })).toEqual([]);
    expect((await readdir(folder())).sort()).toEqual(['current.json', 'engines', 'tools', 'work']);
    expect((await readdir(join(folder(), 'engines', installed?.id ?? ''))).sort()).toEqual(['base', 'comfy', 'engine.lock.json', 'python']);
  }, 120_000);
});
