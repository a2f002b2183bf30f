/** Whatever ends a run in the middle, `resume` goes on from there, nothing is done twice, and no ffmpeg is left behind. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import { adgen, sampleCan, scratchFolder, SHORT, startAdgen, startThroughNpm } from './adgen.ts';
import { ffmpegsOf, processesOf, until, untilLine } from './processes.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
const at = (name: string): string => join(folder.path, name);
const makeArgs = (seed: number, dataDir: string, out: string): string[] => ['make', '--json', '--product', sampleCan, ...SHORT, '--seed', String(seed), '--data', dataDir, '--out', at(out)];
const resumeArgs = (...more: string[]): string[] => ['resume', '--latest', '--json', '--data', data, ...more];

/** Everything that does not say when the project was made. */
const FILES = ['final_1x1.mp4', 'still_1x1.jpg', 'product_mask.png', 'product_masked.png', 'captions.srt'] as const;

async function hashesIn(out: string): Promise<string[]> {
  return Promise.all(FILES.map(async (name) => createHash('sha256').update(await readFile(at(join(out, name)))).digest('hex')));
}

function namesOf(stderr: string, what: 'started' | 'succeeded'): string[] {
  return [...stderr.matchAll(/^\[ *\d+ %\] (.+): (started|succeeded)\b/gm)].filter((match) => match[2] === what).map((match) => match[1] ?? '');
}

/** A parent-death signal or a closed pipe ends ffmpeg, within moments. */
const expectNoFfmpeg = (): Promise<void> => until('the end of every ffmpeg', () => ffmpegsOf(folder.path).length === 0, 2000);

beforeAll(async () => {
  folder = await scratchFolder('kill');
  data = at('data');
});
afterAll(() => folder.remove());

describe.skipIf(process.platform === 'win32')('adgen make', () => {
  it('run twice at once on one data folder does every step once, and gives both the same files', async () => {
    const both = await Promise.all([adgen(makeArgs(1, at('reference'), 'one')), adgen(makeArgs(1, at('reference'), 'two'))]);
    for (const { exitCode, stderr } of both) expect(exitCode, stderr).toBe(0);
    const done = both.flatMap(({ stdout }) => (JSON.parse(stdout) as RunDocument).steps.filter((step) => !step.isCacheHit).map((step) => step.key));
    expect(new Set(done).size).toBe(done.length);
    expect(await hashesIn('one')).toEqual(await hashesIn('two'));
  }, 240_000);

  it('killed at any moment goes on where it was, to the same bytes', async () => {
    const moments = [/product_1 cut-out: started/, /scene_\d backdrop 1:1: started/, /scene_\d 1:1: started/, /scene_\d( transition)? 1:1: succeeded/, /final 1:1: started/];
    const done = new Set<string>();
    for (const [index, moment] of moments.entries()) {
      const process = startAdgen(index === 0 ? makeArgs(1, data, 'out') : resumeArgs());
      await untilLine(process, moment);
      process.kill('SIGKILL');
      const { stderr, signal } = await process;
      expect(signal).toBe('SIGKILL');
      expect(namesOf(stderr, 'started').filter((name) => done.has(name))).toEqual([]);
      namesOf(stderr, 'succeeded').forEach((name) => done.add(name));
      await expectNoFfmpeg();
      const [run] = JSON.parse((await adgen(['runs', '--json', '--data', data])).stdout) as { state: string; isInterrupted: boolean }[];
      expect(run).toMatchObject({ state: 'running', isInterrupted: true });
    }
    const { exitCode, stdout, stderr } = await adgen(resumeArgs());
    expect(exitCode, stderr).toBe(0);
    const run = JSON.parse(stdout) as RunDocument;
    expect(done.size).toBeGreaterThan(10);
    expect(namesOf(stderr, 'started').filter((name) => done.has(name))).toEqual([]);
    expect(run.steps.every((step) => step.state === 'succeeded')).toBe(true);
    expect(await hashesIn('out')).toEqual(await hashesIn('one'));
  }, 240_000);

  it('encodes a segment again when its ffmpeg is killed', async () => {
    const process = startAdgen(makeArgs(2, data, 'retried'));
    await untilLine(process, /scene_1 1:1: started/);
    await until('an ffmpeg that encodes', () => ffmpegsOf(data).length > 0);
    const [pid = 0] = ffmpegsOf(data);
    globalThis.process.kill(pid, 'SIGKILL');
    const { exitCode, stdout, stderr } = await process;
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/started again \(attempt 2\)/);
    expect((JSON.parse(stdout) as RunDocument).steps.some((step) => step.attempts === 2 && step.state === 'succeeded')).toBe(true);
  }, 120_000);

  it('stops at Ctrl-C, a cancel from elsewhere, a second Ctrl-C and the end of its starter, and goes on after each', async () => {
    const first = startThroughNpm(makeArgs(3, data, 'canceled'));
    await untilLine(first, /scene_1 1:1: started/);
    await until('an ffmpeg that encodes', () => ffmpegsOf(data).length > 0);
    first.kill('SIGINT');
    await untilLine(first, /Canceling/);
    const stopped = await first;
    expect(stopped.exitCode, stopped.stderr).toBe(130);
    expect(stopped.stderr).toMatch(/"adgen resume --latest" goes on/);
    expect(ffmpegsOf(data)).toEqual([]);
    const canceled = JSON.parse(stopped.stdout) as RunDocument;
    expect(canceled).toMatchObject({ state: 'canceled', stage: 'CANCELED' });

    const second = startAdgen(resumeArgs());
    await untilLine(second, /scene_1 1:1: started/);
    const asked = await adgen(['cancel', canceled.runId, '--data', data]);
    expect(asked).toMatchObject({ exitCode: 0, stdout: '' });
    expect((await second).exitCode).toBe(130);
    expect(ffmpegsOf(data)).toEqual([]);

    const third = startAdgen(resumeArgs());
    await untilLine(third, /scene_1 1:1: started/);
    third.kill('SIGINT');
    await delay(200); // sooner it would be taken for an echo of the first
    third.kill('SIGINT');
    expect((await third).exitCode).toBe(130);
    await expectNoFfmpeg();

    const fourth = startThroughNpm(resumeArgs());
    await untilLine(fourth, /scene_1 1:1: started/);
    fourth.kill('SIGKILL');
    await fourth;
    await until('the end of the program whose starter was killed', () => processesOf(data).length === 0, 5000);

    const { exitCode, stdout, stderr } = await adgen(resumeArgs('--out', at('elsewhere')));
    expect(exitCode, stderr).toBe(0);
    const run = JSON.parse(stdout) as RunDocument;
    expect(run).toMatchObject({ runId: canceled.runId, state: 'succeeded' });
    const kept = canceled.steps.filter((step) => step.state === 'succeeded').map(({ name, startedMs }) => ({ name, startedMs }));
    expect(kept.length).toBeGreaterThan(5);
    expect(run.steps.map(({ name, startedMs }) => ({ name, startedMs }))).toEqual(expect.arrayContaining(kept));
    expect((await readFile(at('elsewhere/final_1x1.mp4'))).length).toBeGreaterThan(10_000);
    expect(await adgen(['cancel', run.runId, '--data', data])).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/already ended/) });
  }, 240_000);
});
