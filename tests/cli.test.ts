/** What scripts rely on: exit codes, one JSON document on stdout and nothing else, plain lines in a pipe, sentences for every mistake. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleProject } from '#core/composition/testing/sample-film.ts';
import { openStudioDb } from '#engine/db/open.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import { adgen, root, sampleCan, sampleMug, scratchFolder, SHORT } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await scratchFolder('cli');
  data = at('data');
});
afterAll(() => folder.remove());

describe('adgen', () => {
  it('documents its commands and exit codes', async () => {
    const { exitCode, stdout, stderr } = await adgen(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 130 canceled\./);
    for (const command of ['make', 'render', 'runs', 'show', 'resume', 'cancel', 'cutout', 'import', 'doctor', 'clean']) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect((await adgen(['make', '--help'])).stdout).toMatch(/--scenes <n> .*3 to 8.*default: "4"/);
  });

  it('examines the machine', async () => {
    const { exitCode, stdout } = await adgen(['doctor', '--json', '--data', data]);
    const report = JSON.parse(stdout) as { findings: { name: string; state: string }[]; encoders: { name: string; works: boolean }[] };
    expect(exitCode).toBe(0);
    expect(report.findings.find(({ name }) => name === 'ffmpeg')).toMatchObject({ state: 'ok' });
    expect(report.encoders.find(({ name }) => name === 'libx264')).toMatchObject({ works: true });
    const elsewhere = await adgen(['doctor', '--data', '/proc/adgen-test']);
    expect(elsewhere).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/✗ data folder .*cannot be written/), stderr: expect.stringMatching(/needs your attention: data folder/) });
  });

  it('has an empty history at first', async () => {
    expect(await adgen(['runs', '--data', data])).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/No runs yet/) });
    expect(await adgen(['resume', '--latest', '--data', data])).toMatchObject({ exitCode: 2, stdout: '', stderr: 'Error: There is no run to resume yet.' });
    const clean = await adgen(['clean', '--dry-run', '--json', '--data', data]);
    expect(JSON.parse(clean.stdout)).toEqual({ isDryRun: true, items: [], projects: [], bytes: 0 });
  });

  it.each(['show', 'cancel', 'resume'])('says that there is no such run: %s', async (command) => {
    const { exitCode, stdout, stderr } = await adgen([command, 'run-0', '--data', data]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: 'Error: There is no run run-0. "adgen runs" lists the runs there are.' });
  });

  it('says that a run of another version cannot be resumed, also with another folder, and keeps that with the run', async () => {
    const db = openStudioDb(at('foreign'));
    const { id } = createRun(db, { request: { kind: 'make', pictures: [] } });
    await db.close();
    const sentence = `Run ${id} was begun by another version of AdGen Studio and cannot be resumed by this one; start it anew.`;
    expect(await adgen(['resume', id, '--data', at('foreign'), '--out', at('elsewhere')])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(new RegExp(`Error: ${sentence}$`)) });
    expect(existsSync(at('elsewhere'))).toBe(false);
    expect(JSON.parse((await adgen(['show', id, '--json', '--data', at('foreign')])).stdout)).toMatchObject({ state: 'failed', error: { message: sentence } });
  });

  it('cuts out both samples', async () => {
    const { exitCode, stdout, stderr } = await adgen(['cutout', sampleCan, sampleMug, '--json', '--data', data, '--out', at('cut')]);
    expect(exitCode, stderr).toBe(0);
    const results = JSON.parse(stdout) as { name: string; mask: string; cutout: string; method: string }[];
    expect(results.map(({ name, method }) => ({ name, method }))).toEqual([{ name: 'soda-can', method: 'embedded' }, { name: 'mug', method: 'embedded' }]);
    expect((await readdir(at('cut'))).sort()).toEqual(['mug_mask.png', 'mug_masked.png', 'soda-can_mask.png', 'soda-can_masked.png']);
    for (const [index, photo] of [sampleCan, sampleMug].entries()) {
      const { width, height } = await sharp(photo).metadata();
      expect(await sharp(at(`cut/${results[index]?.mask}`)).metadata()).toMatchObject({ width, height, channels: 1, depth: 'uchar' });
      expect(await sharp(at(`cut/${results[index]?.cutout}`)).metadata()).toMatchObject({ width, height, channels: 4 });
    }
  }, 120_000);

  it('names the place of a mistake in a document, and the files that it misses', async () => {
    const project = sampleProject();
    const wrong = structuredClone(project) as unknown as { scenes: { seed: unknown }[] };
    if (wrong.scenes[1]) wrong.scenes[1].seed = 'seven';
    await mkdir(at('documents'));
    await writeFile(at('documents/wrong.json'), JSON.stringify(wrong));
    await writeFile(at('documents/lonely.json'), JSON.stringify(project));
    const render = (file: string) => adgen(['render', '--json', '--project', at(`documents/${file}`), '--data', data, '--out', at('rendered')]);
    expect(await render('wrong.json')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: ".*wrong\.json": The project cannot be used\. scenes\[1\]\.seed: [^\n]*expected number[^\n]*$/) });
    expect(await render('lonely.json')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: The document needs .*(cutout|assets).*Put the files .* next to the document\.$/) });
    expect(existsSync(at('rendered'))).toBe(false);
    expect(JSON.parse((await adgen(['runs', '--json', '--data', data])).stdout)).toEqual([]);
  });

  it('prints run.json and nothing else also when the run fails, and plain lines to stderr', async () => {
    const { exitCode, stdout, stderr } = await adgen(['make', '--json', '--product', sampleCan, ...SHORT, '--data', data, '--out', at('failed')], { env: { ADGEN_FFMPEG: at('no-ffmpeg') } });
    expect(exitCode).toBe(1);
    const run = JSON.parse(stdout) as RunDocument;
    expect(run).toMatchObject({ format: 'adgen-run/1', state: 'failed', stage: 'FAILED', error: { code: 'MISSING_TOOL' } });
    expect(run.steps.find(({ kind }) => kind === 'cutout')).toMatchObject({ state: 'succeeded', attempts: 1 });
    const lines = stderr.split('\n');
    expect(lines.filter((line) => !/^(\[[ \d]{3} %\] \S|Error: )/.test(line))).toEqual([]);
    expect(lines.at(-1)).toMatch(/^Error: .*ffmpeg/);
    expect(stderr).not.toContain('\u001b');
    expect(existsSync(at('failed'))).toBe(false);
    expect(await adgen(['show', run.runId, '--data', data])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Run failed: .*\n(.*\n)*  MISSING_TOOL: /) });
    expect((await adgen(['runs', '--data', data])).stdout).toMatch(new RegExp(`^${run.runId}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  failed  `));
  }, 120_000);

  it('says the same through npm start', async () => {
    const start = (...args: string[]) => execa(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { reject: false, stdin: 'ignore', cwd: folder.path });
    expect(await start('make', '--product', 'missing.jpg', '--data', data, '--out', 'out')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: The product photo ".*missing\.jpg" does not exist; check the path\.$/) });
    const { exitCode, stdout, stderr } = await start('runs', '--json', '--data', data);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect((JSON.parse(stdout) as { state: string }[])[0]).toMatchObject({ state: 'failed' });
  });
});
