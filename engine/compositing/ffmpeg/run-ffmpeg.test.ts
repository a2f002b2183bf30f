import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setEnvironmentData } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assertSucceeded } from './assert-succeeded.ts';
import { childJournal, journalChildrenIn, setChildJournal } from './child-journal.ts';
import { locateFfmpeg } from './locate-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

const TINY = 'testsrc2=size=64x48:rate=25:duration=0.4';
const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-threads', '1', '-pix_fmt', 'yuv420p'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** True while the process exists and is not a zombie. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !/\) [ZX] /.test(status);
}

async function waitFor<T>(what: () => Promise<T | undefined | false>, timeoutMs: number): Promise<T | undefined> {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await sleep(10)) {
    const value = await what();
    if (value) return value;
  }
  return undefined;
}

describe('a run', () => {
  test('ends in one value with every field, and the file is there whole', async () => {
    const output = path.join(folder, 'out.mp4');
    const frames: number[] = [];
    const result = await runFfmpeg({ inputs: [{ lavfi: TINY }], outputOptions: X264, output: { path: output }, totalFrames: 10, onProgress: (p) => frames.push(p.fraction ?? -1) });
    expect(result).toMatchObject({ exitCode: 0, signal: null, timedOut: false, isCanceled: false });
    expect(result.command).toContain('-i testsrc2=size=64x48');
    expect(result.durationMs).toBeGreaterThan(0);
    expect(frames.at(-1)).toBe(1);
    expect(await readdir(folder)).toEqual(['out.mp4']);
    expect(() => assertSucceeded(result, 'testing')).not.toThrow();
  });

  test('that fails tells the exit code and ffmpeg\'s last words, and leaves no file', async () => {
    await writeFile(path.join(folder, 'in.mp4'), 'not a film');
    const result = await runFfmpeg({ inputs: [{ path: path.join(folder, 'in.mp4') }], outputOptions: X264, output: { path: path.join(folder, 'out.mp4') } });
    expect(result.exitCode).toBeGreaterThan(0);
    expect(result.stderrTail).toContain('Invalid data');
    expect(await readdir(folder)).toEqual(['in.mp4']);
    expect(() => assertSucceeded(result, 'reading the clip')).toThrow(expect.objectContaining({ code: 'TOOL_FAILED', isTransient: false }));
  });

  test('keeps a file of the same name when it fails', async () => {
    const output = path.join(folder, 'out.mp4');
    await writeFile(output, 'the last good one');
    await runFfmpeg({ inputs: [{ lavfi: 'nosuchfilter' }], outputOptions: X264, output: { path: output } });
    expect(await readFile(output, 'utf8')).toBe('the last good one');
  });

  test('of a program that is not there is a result, not a crash', async () => {
    const result = await runFfmpeg({ ffmpegPath: path.join(folder, 'no-ffmpeg'), inputs: [{ lavfi: TINY }], outputOptions: [], output: 'null' });
    expect(result.exitCode === 0).toBe(false);
    expect(() => assertSucceeded(result, 'testing')).toThrow(expect.objectContaining({ code: 'TOOL_FAILED' }));
  });

  test('that overruns its time is killed and says so', async () => {
    const result = await runFfmpeg({ inputs: [{ lavfi: 'testsrc2=size=640x360:rate=30' }], outputOptions: X264, output: 'null', timeoutMs: 300 });
    expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL' });
    expect(() => assertSucceeded(result, 'testing')).toThrow(expect.objectContaining({ isTransient: true }));
  });

  test('killed by somebody else is transient', async () => {
    const pids: number[] = [];
    setChildJournal({ add: (pid) => pids.push(pid), remove: () => {} });
    const running = runFfmpeg({ inputs: [{ lavfi: 'testsrc2=size=640x360:rate=30' }], outputOptions: X264, output: 'null', onProgress: () => process.kill(pids[0] as number, 'SIGKILL') });
    const result = await running.finally(() => setChildJournal(undefined));
    expect(result).toMatchObject({ signal: 'SIGKILL', isCanceled: false, timedOut: false });
    expect(() => assertSucceeded(result, 'testing')).toThrow(expect.objectContaining({ code: 'TOOL_FAILED', isTransient: true }));
  });

  test.runIf(existsSync('/dev/full'))('on a full disk is DISK_FULL', async () => {
    const result = await runFfmpeg({ inputs: [{ lavfi: TINY }], outputOptions: ['-f', 'rawvideo', 'file:/dev/full'], output: 'null' });
    expect(() => assertSucceeded(result, 'encoding')).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
  });
});

test('a running child stands in the journal of the data folder, and no longer when it has ended', async () => {
  journalChildrenIn(folder);
  const journal = childJournal();
  const children = path.join(folder, 'tmp', 'children');
  let during: string[] = [];
  await runFfmpeg({
    inputs: [{ lavfi: TINY }], outputOptions: ['-f', 'rawvideo'], output: 'pipe',
    read: async (stdout) => {
      during = await readdir(children);
      stdout.resume();
    },
  });
  setEnvironmentData('adgen.childJournal.dataDir', undefined);
  expect(journal).toBeDefined();
  expect(during).toHaveLength(1);
  expect(await readdir(children)).toEqual([]);
});

describe('pipes', () => {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', '64x48', '-r', '25'];

  test('carry frames in and out, byte for byte', async () => {
    const frame = new Uint8Array(64 * 48);
    const chunks: Buffer[] = [];
    const result = await runFfmpeg({
      inputs: [{ pipe: true, options: raw }],
      outputOptions: ['-f', 'rawvideo'],
      output: 'pipe',
      feed: async (stdin) => {
        for (let i = 0; i < 20; i++) await stdin.write(frame.fill(i));
      },
      read: async (stdout) => {
        for await (const chunk of stdout) chunks.push(chunk as Buffer);
      },
    });
    expect(result.exitCode).toBe(0);
    const bytes = Buffer.concat(chunks);
    expect(bytes.length).toBe(20 * frame.length);
    expect(Array.from({ length: 20 }, (_, i) => bytes[i * frame.length])).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('that ffmpeg closes early end the feeding, and its exit code stands', async () => {
    let written = 0;
    const result = await runFfmpeg({
      inputs: [{ pipe: true, options: raw }],
      outputOptions: ['-frames:v', '3'],
      output: 'null',
      feed: async (stdin) => {
        for (; ; written++) await stdin.write(new Uint8Array(64 * 48));
      },
    });
    expect(result.exitCode).toBe(0);
    expect(written).toBeGreaterThanOrEqual(3);
  });

  test('whose feeder throws: ffmpeg is gone and the error comes through', async () => {
    const output = path.join(folder, 'out.mp4');
    const running = runFfmpeg({ inputs: [{ pipe: true, options: raw }], outputOptions: X264, output: { path: output }, feed: async () => { throw new RangeError('no frame'); } });
    await expect(running).rejects.toThrow('no frame');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('canceling', () => {
  test('kills a real encode at once and leaves nothing', async () => {
    const canceler = new AbortController();
    let canceledMs = 0;
    const frame = new Uint8Array(1920 * 1080 * 1.5);
    const result = await runFfmpeg({
      inputs: [{ pipe: true, options: ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', '1920x1080', '-r', '30'] }],
      outputOptions: ['-c:v', 'libx264', '-preset', 'veryslow'],
      output: { path: path.join(folder, 'out.mp4') },
      signal: canceler.signal,
      feed: async (stdin) => {
        for (let i = 0; ; i++) {
          await stdin.write(frame.fill(i * 37));
          if (i === 3) setTimeout(() => { canceledMs = performance.now(); canceler.abort(); }, 20);
        }
      },
    });
    // The promise is 300 ms; ten times that still tells a kill from an encoder that finishes its work.
    expect(performance.now() - canceledMs).toBeLessThan(3000);
    expect(result).toMatchObject({ isCanceled: true, signal: 'SIGKILL' });
    expect(await readdir(folder)).toEqual([]);
    expect(() => assertSucceeded(result, 'encoding')).toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  test('ends a reader that does not notice a cut stream', async () => {
    const canceler = new AbortController();
    const result = await runFfmpeg({
      inputs: [{ lavfi: 'testsrc2=size=64x48:rate=25', options: ['-re'] }],
      outputOptions: ['-f', 'framecrc'],
      output: 'pipe',
      signal: canceler.signal,
      read: async (stdout) => {
        for await (const line of createInterface({ input: stdout })) if (line.startsWith('0,')) canceler.abort();
      },
    });
    expect(result).toMatchObject({ isCanceled: true, signal: 'SIGKILL' });
  });

  test('before the start starts nothing', async () => {
    const result = await runFfmpeg({ inputs: [{ lavfi: TINY }], outputOptions: X264, output: 'null', signal: AbortSignal.abort() });
    expect(result).toMatchObject({ isCanceled: true, exitCode: null });
  });
});

describe.runIf(process.platform === 'linux')('no orphans', () => {
  const fixture = fileURLToPath(new URL('fixtures/encode-forever.ts', import.meta.url));

  async function startFixture(mode: string[]) {
    const pidFile = path.join(folder, 'pids');
    const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fixture, pidFile, ...mode], { stdio: ['pipe', 'inherit', 'inherit'] });
    const pid = await waitFor(async () => Number(await readFile(pidFile, 'utf8').catch(() => '0')), 20_000);
    return { parent, pid: pid as number };
  }

  test('kill -9 of the program takes ffmpeg with it', async () => {
    const { parent, pid } = await startFixture([]);
    expect(await isAlive(pid)).toBe(true);
    await sleep(200);
    parent.kill('SIGKILL');
    expect(await waitFor(async () => !(await isAlive(pid)), 3000)).toBe(true);
  });

  test('so does the end of a worker thread', async () => {
    const { parent, pid } = await startFixture(['worker']);
    expect(await isAlive(pid)).toBe(true);
    await sleep(200);
    parent.stdin?.write('end\n');
    const isGone = await waitFor(async () => !(await isAlive(pid)), 3000);
    parent.kill('SIGKILL');
    expect(isGone).toBe(true);
  });
});

describe('names', () => {
  const AWKWARD = ['-y.mp4', `quo'te"s.mp4`, 'new\nline.mp4', 'co:lon,semi;.mp4', '%03d.mp4', 'ümläut 日本.mp4', 'a&b=c.mp4'];

  test.each(AWKWARD)('%j works as output and as input', async (name) => {
    const file = path.join(folder, name);
    const made = await runFfmpeg({ inputs: [{ lavfi: TINY }], outputOptions: X264, output: { path: file } });
    expect(made).toMatchObject({ exitCode: 0 });
    const read = await runFfmpeg({ inputs: [{ path: file }], outputOptions: [], output: 'null' });
    expect(read).toMatchObject({ exitCode: 0, stderrTail: '' });
    expect((await stat(file)).size).toBeGreaterThan(500);
  });

  test('a picture named like a sequence is one picture', async () => {
    const file = path.join(folder, 'frame%03d.png');
    const made = await runFfmpeg({ inputs: [{ lavfi: TINY }], outputOptions: ['-frames:v', '1', '-f', 'image2', '-update', '1'], output: { path: file } });
    expect(made).toMatchObject({ exitCode: 0 });
    expect(await readdir(folder)).toEqual(['frame%03d.png']);
    expect(await runFfmpeg({ inputs: [{ path: file }], outputOptions: [], output: 'null' })).toMatchObject({ exitCode: 0 });
  });

  test('ffmpeg itself may live under a path with spaces', async () => {
    const { path: real } = await locateFfmpeg();
    const spaced = path.join(folder, 'my tools');
    await mkdir(spaced);
    await symlink(real, path.join(spaced, 'ff mpeg'));
    await chmod(spaced, 0o755);
    expect(await runFfmpeg({ ffmpegPath: path.join(spaced, 'ff mpeg'), inputs: [{ lavfi: TINY }], outputOptions: [], output: 'null' })).toMatchObject({ exitCode: 0 });
  });
});
