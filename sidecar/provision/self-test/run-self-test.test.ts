/** The real script in real processes, with a PyTorch of a few lines; and programs that misbehave in its place. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { isRunning, pidsIn, untilGone } from '../testing/running.ts';
import { runSelfTest, type SelfTestOptions } from './run-self-test.ts';

const pythonPath = findPython() ?? '';
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);

let folder: string;
let pidFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-self-test-'));
  pidFile = join(folder, 'pids');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (knobs: string, options: Partial<SelfTestOptions> = {}) => runSelfTest({
  pythonPath, variant: 'cu130', signal: new AbortController().signal, scriptPath: fixture('with_fake_torch.py'), ...options,
  // Only what is set here: nothing of this machine's Python.
  env: { PATH: process.env['PATH'], FAKE_TORCH: knobs, PID_FILE: pidFile },
});

describe.runIf(pythonPath !== '')('self-test', () => {
  it('is ok when the GPU computes right values', async () => {
    expect(await run('gpu')).toEqual({ outcome: 'ok', torch: '2.11.0+fake', device: 'cuda:0 Fake GPU', memoryFreeBytes: 7_000_000_000, detail: 'PyTorch 2.11.0+fake computes right values on cuda:0 Fake GPU.' });
  });

  it('is ok on the processor when that is the variant', async () => {
    expect(await run('processor', { variant: 'cpu' })).toMatchObject({ outcome: 'ok', device: 'cpu' });
  });

  it.each([['old-driver', 'driver is too old'], ['no-driver', 'no NVIDIA driver'], ['hidden', 'no NVIDIA GPU may be used'], ['processor', 'without GPU support']])('is cpu-only with a build for CUDA: %s', async (knob, words) => {
    expect(await run(knob)).toMatchObject({ outcome: 'cpu-only', device: 'cpu', detail: expect.stringContaining(words) });
  });

  it.each([['wrong-gpu', 'cu130'], ['wrong-cpu', 'cpu']] as const)('finds wrong values: %s', async (knob, variant) => {
    expect(await run(knob, { variant })).toMatchObject({ outcome: 'inconclusive', detail: expect.stringContaining('wrong values') });
  });

  it.each([
    ['no-kernel', 'at "multiply matrices": RuntimeError: CUDA error: no kernel image is available'],
    ['missing-part', 'at "import torch": ImportError: libcudart.so.13'],
  ])('tells an error with its words and not with what follows it: %s', async (knob, words) => {
    expect(await run(knob)).toMatchObject({ outcome: 'inconclusive', detail: expect.stringContaining(words) });
  });

  it.runIf(process.platform !== 'win32')('survives a crash', async () => {
    expect(await run('abort')).toMatchObject({ outcome: 'inconclusive', detail: expect.stringMatching(/was ended by SIGABRT at "import torch"/) });
  });

  it('takes nothing for a result that is none', async () => {
    expect(await run('', { scriptPath: fixture('prints_garbage.py') })).toEqual({ outcome: 'inconclusive', detail: 'The self-test ended with code 0 at "multiply matrices": all fine.' });
  });

  it('says when there is no such Python', async () => {
    expect(await run('', { pythonPath: fixture('no-python') })).toEqual({ outcome: 'inconclusive', detail: 'The self-test could not be started (ENOENT) at "start".' });
  });

  it.runIf(process.platform !== 'win32')('ends a hang and all that it has started', async () => {
    const result = await run('', { scriptPath: fixture('hangs_with_grandchild.py'), silenceMs: 2000 });
    expect(result).toEqual({ outcome: 'inconclusive', detail: 'The self-test did nothing for 2 s at "look for the device".' });
    expect((await pidsIn(pidFile, 2)).filter(isRunning)).toEqual([]);
  });

  it('ends what is busy for ever, in spite of its activity', async () => {
    expect(await run('', { scriptPath: fixture('busy_forever.py'), limitMs: 1500 })).toMatchObject({ outcome: 'inconclusive', detail: expect.stringContaining('was not done after 1.5 s') });
  });

  it.runIf(process.platform !== 'win32')('is cancelled with the processes gone', async () => {
    const controller = new AbortController();
    const result = run('', { scriptPath: fixture('hangs_with_grandchild.py'), signal: controller.signal });
    const pids = await pidsIn(pidFile, 2);
    controller.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('does not outlive whoever runs it', async () => {
    const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fixture('host.ts'), pythonPath, fixture('with_fake_torch.py')], { stdio: 'ignore', env: { ...process.env, FAKE_TORCH: 'hang', PID_FILE: pidFile } });
    const pids = await pidsIn(pidFile, 1);
    host.kill('SIGKILL');
    await untilGone(pids);
  });
});
