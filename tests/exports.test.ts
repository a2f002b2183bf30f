/** Exports as a page asks for them: a real engine on a made advert; files are probed, and the queue survives what it must. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import { psnr } from '#engine/compositing/fidelity/colour-difference.ts';
import { decodeRegion } from '#engine/compositing/fidelity/decode-region.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import { measureFile } from '#engine/exports/measure-file.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { makeAdvert, sampleCan, scratchFolder, SHORT } from './adgen.ts';
import { endOfExport, openPlainStudio } from './plain-studio.ts';
import type { PlainStudio } from './plain-studio.ts';

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
let projectId: string;
let studio: PlainStudio;

beforeAll(async () => {
  scratch = await scratchFolder('exports');
  data = join(scratch.path, 'data');
  const run = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data, '--out', join(scratch.path, 'made')]);
  projectId = run.projectId ?? '';
  studio = await openPlainStudio(data);
}, 300_000);

afterAll(async () => {
  await studio.engine.close();
  await scratch.remove();
});

async function folder(name: string): Promise<string> {
  const path = join(scratch.path, name);
  await mkdir(path, { recursive: true });
  return path;
}

const order = (change: Partial<ExportOrder> = {}): ExportOrder => ({ placementId: 'master', ratio: '1:1', rate: '30', encoder: 'libx264', ...change });

async function exportOne(change: Partial<ExportOrder>, outDir: string) {
  const { exportIds } = await studio.client.exports.start({ projectId, orders: [order(change)], outDir });
  return await endOfExport(studio.client, exportIds[0] ?? '');
}

test('a master is the rendition itself, checked, named and never put over another file', { timeout: 300_000 }, async () => {
  const out = await folder('master');
  const first = await exportOne({}, out);
  expect(first).toMatchObject({ state: 'succeeded', progress: 1, encoder: 'libx264', error: null });
  expect(first.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  const second = await exportOne({}, out);
  expect((await readdir(out)).sort()).toEqual(['Fizzo_master_1x1_30 (2).mp4', 'Fizzo_master_1x1_30.mp4']);
  expect(await readFile(first.path ?? '')).toEqual(await readFile(second.path ?? ''));
  const made = await measureFile(join(scratch.path, 'made', 'final_1x1.mp4'), {});
  const facts = await measureFile(first.path ?? '', {});
  expect([facts.video.fps, facts.video.bitrate, facts.durationSeconds]).toEqual([made.video.fps, made.video.bitrate, made.durationSeconds]);
});

test.each([['29.97', { num: 30_000, den: 1001 }], ['25', { num: 25, den: 1 }]] as const)('at %s frames a second the film lasts the same seconds and sounds the same', { timeout: 300_000 }, async (rate, fps) => {
  const made = await exportOne({ rate }, await folder(`rate-${rate}`));
  expect(made).toMatchObject({ state: 'succeeded', error: null });
  const facts = await measureFile(made.path ?? '', {});
  const master = await measureFile(join(scratch.path, 'made', 'final_1x1.mp4'), {});
  expect(facts.video.fps).toEqual(fps);
  expect(facts.video.isConstantRate).toBe(true);
  expect(Math.abs(facts.durationSeconds - master.durationSeconds)).toBeLessThanOrEqual(fps.den / fps.num);
  expect(facts.audio?.lufs).toBe(master.audio?.lufs);
  expect(made.findings.filter(({ rule }) => rule === 'fidelity')).toEqual([]);
});

test('where the clocks of two rates meet, both files show the same picture', { timeout: 300_000 }, async () => {
  const at25 = await exportOne({ rate: '25' }, await folder('meeting'));
  const region = { x: 0, y: 0, width: 1080, height: 1080 };
  for (const seconds of [0, 1, 2.4, 4.2, 5.6]) {
    const [slow, fast] = await Promise.all([
      decodeRegion({ videoPath: at25.path ?? '', frameIndex: Math.round(seconds * 25), fps: { num: 25, den: 1 }, region }),
      decodeRegion({ videoPath: join(scratch.path, 'made', 'final_1x1.mp4'), frameIndex: Math.round(seconds * 30), fps: { num: 30, den: 1 }, region }),
    ]);
    expect(psnr(slow, fast, new Uint8Array(region.width * region.height).fill(1))).toBeGreaterThan(40);
  }
});

test('what a placement asks for is what its file has: no edit lists, loudness, bits', { timeout: 300_000 }, async () => {
  const out = await folder('placements');
  const meta = await measureFile((await exportOne({ placementId: 'meta-feed' }, out)).path ?? '', {});
  expect(meta).toMatchObject({ hasEditList: false, isFaststart: true });
  const dv = await exportOne({ placementId: 'dv360', rate: '29.97', overrideReason: 'A test film is shorter than 15 seconds.' }, out);
  expect(dv.findings.map(({ rule }) => rule)).toEqual(['length.exact']);
  const facts = await measureFile(dv.path ?? '', {});
  expect(facts.video.bitrate).toBeGreaterThan(20_000_000);
  expect(Math.abs((facts.audio?.lufs ?? 0) + 24)).toBeLessThan(1);
});

test('what pre-flight refuses is not made without a reason', async () => {
  const findings = await studio.client.exports.check({ projectId, order: order({ placementId: 'dv360' }) });
  expect(findings.filter(({ severity }) => severity === 'refuse').map(({ rule }) => rule).sort()).toEqual(['length.exact', 'rate']);
  await expect(studio.client.exports.start({ projectId, orders: [order({ placementId: 'dv360' })], outDir: await folder('refused') })).rejects.toThrow(/say why it is to be exported all the same/);
  expect(await studio.client.exports.check({ projectId, order: order() })).toEqual([]);
});

test('unknown placements, projects and folders get a sentence, and nothing is queued', async () => {
  const before = (await studio.client.exports.list({})).length;
  const inFile = join(scratch.path, 'file.txt');
  await writeFile(inFile, 'x');
  await expect(studio.client.exports.start({ projectId, orders: [order({ placementId: 'myspace' })], outDir: await folder('x') })).rejects.toThrow(/no placement "myspace"/);
  await expect(studio.client.exports.start({ projectId: 'nothing', orders: [order()], outDir: await folder('x') })).rejects.toThrow(/no project/);
  await expect(studio.client.exports.start({ projectId, orders: [order()], outDir: join(inFile, 'under') })).rejects.toThrow(/is a file; a folder is needed/);
  await expect(studio.client.exports.start({ projectId, orders: [order()], outDir: 'films' })).rejects.toThrow(/not a whole path/);
  expect((await studio.client.exports.list({})).length).toBe(before);
});

test('a folder that vanishes fails its export with a sentence, and a retry goes on when it is back', { timeout: 300_000 }, async () => {
  const out = await folder('vanishing');
  const { exportIds } = await studio.client.exports.start({ projectId, orders: [order({ rate: '25', placementId: 'amazon-dsp', overrideReason: 'test' })].map((each) => ({ ...each, ratio: '1:1' as const })), outDir: out });
  await rm(out, { recursive: true });
  const failed = await endOfExport(studio.client, exportIds[0] ?? '');
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'BAD_INPUT', message: expect.stringContaining('is gone') } });
  await mkdir(out);
  await studio.client.exports.retry({ exportId: failed.id });
  expect((await endOfExport(studio.client, failed.id)).state).toBe('succeeded');
});

test('a cancel ends it, is told to watchers, and can be retried or forgotten', { timeout: 300_000 }, async () => {
  const stop = new AbortController();
  const states: string[] = [];
  const out = await folder('canceled');
  const { exportIds: [first = '', second = ''] } = await studio.client.exports.start({ projectId, orders: [order({ rate: '29.97', loudnessLufs: -20, placementId: 'amazon-streaming-tv', overrideReason: 'test' }), order({ placementId: 'pinterest-video' })], outDir: out });
  const watching = (async () => {
    for await (const { id, state } of await studio.client.exports.watch({ projectId }, { signal: stop.signal })) if (id === first) states.push(state);
  })();
  await vi.waitFor(() => expect(states).toContain('running'), { timeout: 120_000 });
  expect(await studio.client.exports.cancel({ exportId: second })).toEqual({ changed: 1 });
  expect(await studio.client.exports.cancel({ exportId: first })).toEqual({ changed: 1 });
  await vi.waitFor(() => expect(states.at(-1)).toBe('canceled'));
  stop.abort();
  await watching;
  expect(await readdir(out)).toEqual([]);
  expect(await studio.client.exports.forget({ exportId: first })).toEqual({ changed: 1 });
  await studio.client.exports.retry({ exportId: second });
  expect((await endOfExport(studio.client, second)).state).toBe('succeeded');
});

test('an engine that ends in the middle goes on at the next start', { timeout: 300_000 }, async () => {
  const out = await folder('restarted');
  const { exportIds: [id = ''] } = await studio.client.exports.start({ projectId, orders: [order({ rate: '25', loudnessLufs: -18 })], outDir: out });
  await vi.waitFor(async () => expect((await studio.client.exports.list({ projectId })).find((each) => each.id === id)?.state).toBe('running'), { timeout: 120_000 });
  await studio.engine.close();
  studio = await openPlainStudio(data);
  expect(await endOfExport(studio.client, id)).toMatchObject({ state: 'succeeded', path: join(out, 'Fizzo_master_1x1_25.mp4') });
});

test('copies for chats, the delivery and the client’s report', { timeout: 300_000 }, async () => {
  await studio.client.settings.set({ exportDir: await folder('extras') });
  const made = await exportOne({}, await folder('extras'));
  const gif = await studio.client.exports.convert({ exportId: made.id, format: 'gif' });
  const webm = await studio.client.exports.convert({ exportId: made.id, format: 'webm' });
  expect((await probeMedia(gif.path)).video).toMatchObject({ codec: 'gif', width: 540 });
  expect((await probeMedia(webm.path)).video).toMatchObject({ codec: 'vp9', width: 1080 });
  const delivery = await studio.client.exports.delivery({ projectId });
  expect((await readFile(delivery.path)).subarray(0, 2).toString()).toBe('PK');
  const report = await readFile((await studio.client.exports.report({ projectId })).path, 'utf8');
  expect(report).toContain('The product is true to the photo.');
  expect(report.match(/data:image\/jpeg;base64,/g)?.length).toBeGreaterThanOrEqual(2);
  expect(report).not.toMatch(/<script|https?:\/\/|src="(?!data:)/);
});

test('a report in German, with a name that is markup', { timeout: 300_000 }, async () => {
  const { document } = await studio.client.projects.open({ projectId });
  importProject(studio.engine.db, { ...document, id: 'markup', name: '<img src=x onerror=alert(1)>', brief: { ...document.brief, language: 'de' } });
  await expect(studio.client.exports.report({ projectId: 'markup' })).rejects.toThrow(/no finished file/);
  const { exportIds: [id = ''] } = await studio.client.exports.start({ projectId: 'markup', orders: [order()], outDir: await folder('markup') });
  await vi.waitFor(async () => expect((await studio.client.exports.list({ projectId: 'markup' })).find((each) => each.id === id)?.state).toBe('succeeded'), { timeout: 280_000, interval: 200 });
  const report = await readFile((await studio.client.exports.report({ projectId: 'markup' })).path, 'utf8');
  expect(report).toContain('lang="de"');
  expect(report).toContain('Das Produkt entspricht dem Foto.');
  expect(report).not.toContain('<img src=x');
});

test('encoders are tried, not assumed, and what works is remembered', { timeout: 300_000 }, async () => {
  const found = await studio.client.exports.encoders();
  expect(found.find(({ id }) => id === 'libx264')).toEqual({ id: 'libx264', label: 'x264 (software)', isHardware: false, works: true, reason: null });
  for (const { works, reason } of found) expect(works).toBe(reason === null);
  expect(JSON.parse(await readFile(join(data, 'encoders.json'), 'utf8'))).toMatchObject({ encoders: found });
});

test('a hardware encoder that fails gives way to software, and says so', { timeout: 300_000 }, async () => {
  const works = (await studio.client.exports.encoders()).some(({ id, works: does }) => id === 'h264_vaapi' && does);
  const made = await exportOne({ encoder: 'h264_vaapi' }, await folder('hardware'));
  expect(made).toMatchObject({ state: 'succeeded', encoder: works ? 'h264_vaapi' : 'libx264' });
  expect(made.findings.map(({ rule }) => rule).includes('encoder-failed')).toBe(!works);
});

