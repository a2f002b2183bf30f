import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bundlePreload } from '#scripts/dist/bundle-app.ts';
import { withDataDir } from './shell.ts';

let data: Awaited<ReturnType<typeof withDataDir>>;
let preloadFolder: string;

beforeAll(async () => {
  data = await withDataDir();
  preloadFolder = await mkdtemp(join(tmpdir(), 'adgen-preload-'));
  await bundlePreload(preloadFolder);
}, 120_000);
afterAll(async () => {
  await data.remove();
  await rm(preloadFolder, { recursive: true, force: true });
});

test.runIf(process.platform !== 'win32')('when the main process is killed, its engine ends, too', async () => {
  const shell = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('fixtures/run-shell.ts', import.meta.url)), data.dataDir, preloadFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(shell, 'exit');
  const [line] = (await Promise.race([once(shell.stdout, 'data'), exited.then(([code]) => Promise.reject(new Error(`it ended with code ${code}`)))])) as [Buffer];
  const pid = Number(line.toString());
  expect(() => process.kill(pid, 0)).not.toThrow();
  shell.kill('SIGKILL');
  await exited;
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 15_000 });
});
