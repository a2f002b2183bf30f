/** Real processes in uv's place: what they say is heard, and none of them stays. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, pidsIn, untilGone } from '../testing/running.ts';
import { runUv } from './run-uv.ts';
import type { UvCommand } from './uv-command.ts';

const PROGRAM = join(import.meta.dirname, 'fixtures', 'uv-like.ts');
const never = new AbortController().signal;

let folder: string;
let pidFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-uv-'));
  pidFile = join(folder, 'pids');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const like = (...args: string[]): UvCommand => ({ file: process.execPath, args: ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], env: { PATH: process.env['PATH'] ?? '', UV_CACHE_DIR: '/cache dir' }, purpose: 'install the packages' });

describe('uv', () => {
  it('is heard line by line, without colours', async () => {
    const lines: string[] = [];
    await runUv(like('says', '\u001B[2mResolved \u001B[1m93 packages\u001B[0m\nInstalled 93 packages\n + torch==2.11.0', '0'), { signal: never, onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['Resolved 93 packages', 'Installed 93 packages', ' + torch==2.11.0']);
  });

  it('gets arguments and environment letter by letter', async () => {
    const lines: string[] = [];
    await runUv(like('shows', 'a b', 'ü"\'$HOME', ''), { signal: never, onLine: (line) => lines.push(line) });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ args: ['a b', 'ü"\'$HOME', ''], env: { UV_CACHE_DIR: '/cache dir' } });
  });

  it('fails with the meaning of its last words', async () => {
    await expect(runUv(like('says', 'error: Failed to install: torch\n  Caused by: No space left on device (os error 28)\n', '2'), { signal: never })).rejects.toMatchObject({ code: 'DISK_FULL', data: { reason: 'DISK_FULL', exitCode: 2 } });
  });

  it('says when the program is not there', async () => {
    await expect(runUv({ ...like(), file: join(folder, 'no-uv') }, { signal: never })).rejects.toMatchObject({ code: 'TOOL_FAILED', message: expect.stringContaining('ENOENT'), data: { reason: 'ENV_BROKEN' } });
  });

  it.runIf(process.platform !== 'win32')('is cancelled with all that it has started', async () => {
    const controller = new AbortController();
    const running = runUv(like('hangs', pidFile), { signal: controller.signal });
    const pids = await pidsIn(pidFile, 2);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('does not start after it was cancelled', async () => {
    await expect(runUv(like('hangs', pidFile), { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    await expect(pidsIn(pidFile, 0)).resolves.toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('does not outlive whoever runs it', async () => {
    const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'fixtures', 'host.ts'), PROGRAM, pidFile], { stdio: 'ignore' });
    const pids = await pidsIn(pidFile, 2);
    host.kill('SIGKILL');
    await untilGone(pids);
  });
});
