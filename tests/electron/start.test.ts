import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDataDir } from './shell.ts';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

let data: Awaited<ReturnType<typeof withDataDir>>;

beforeAll(async () => void (data = await withDataDir()));
afterAll(() => data.remove());

/** What `npm start` says until it prints the address; then it is ended. */
async function start(...words: readonly string[]): Promise<{ said: string; address: string }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
  const program = spawn(process.execPath, [START, ...words, '--data', data.dataDir], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let said = '';
  program.stderr.on('data', (chunk) => (said += String(chunk)));
  const exited = once(program, 'exit');
  const [line] = (await Promise.race([once(program.stdout, 'data'), exited.then(() => Promise.reject(new Error(`it ended early:\n${said}`)))])) as [Buffer];
  program.kill('SIGINT');
  await exited;
  return { said, address: line.toString() };
}

describe.runIf(process.platform === 'linux')('npm start on a machine without a display', () => {
  test('says in one line that the studio runs in the browser, and prints its address', async () => {
    const { said, address } = await start('open');
    expect(said.match(/The desktop window is not shown \(there is no display\); the same studio runs in your browser\./g)).toHaveLength(1);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\S+\n$/);
  });

  test('does not look for a window when a browser is asked for', async () => {
    const { said, address } = await start('open', '--browser');
    expect(said).not.toContain('desktop window');
    expect(address).toMatch(/^http:/);
  });
});
