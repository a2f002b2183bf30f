import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import type { AdProject } from '#core/project/schema.ts';
import { adgen, makeAdvert, root, sampleCan, scratchFolder, SHORT } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
let out: string;
let first: RunDocument;

const sha256 = async (path: string): Promise<string> => createHash('sha256').update(await readFile(path)).digest('hex');

beforeAll(async () => {
  folder = await scratchFolder('make');
  data = join(folder.path, 'data');
  out = join(folder.path, 'out');
  first = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data, '--out', out]);
}, 300_000);
afterAll(() => folder.remove());

describe('adgen make', () => {
  it('writes exactly the files that were asked for', async () => {
    expect((await readdir(out)).sort()).toEqual(['adproject.json', 'captions.srt', 'delivery.zip', 'final_1x1.mp4', 'product_mask.png', 'product_masked.png', 'run.json', 'still_1x1.jpg']);
    expect(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))).toEqual(first);
  });

  it('delivers the stated video: size, rate, length, codec, colour tags, sound', () => {
    const video = first.renditions.find((rendition) => rendition.kind === 'video');
    expect(video?.probe).toMatchObject({
      isFaststart: true,
      video: { codec: 'h264', width: 1080, height: 1080, frames: 180, fps: { num: 30, den: 1 }, isConstantRate: true, pixFmt: 'yuv420p', color: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' } },
      audio: { codec: 'aac', sampleRate: 48_000, channels: 2 },
    });
    expect(Math.abs((video?.probe?.video?.durationSeconds ?? 0) - (video?.probe?.audio?.durationSeconds ?? 9))).toBeLessThanOrEqual(1 / 30);
    expect(Math.abs((video?.loudness?.lufs ?? 0) + 14)).toBeLessThanOrEqual(0.5);
    expect(video?.loudness?.truePeakDbtp).toBeLessThanOrEqual(-1);
  });

  it('finds the product faithful in what it delivers', () => {
    const fidelity = first.renditions.find((rendition) => rendition.kind === 'video')?.fidelity;
    expect(fidelity).toMatchObject({ verdict: 'faithful' });
    expect(fidelity?.deltaE2000).toBeLessThanOrEqual(0.8);
    expect(fidelity?.psnrDb).toBeGreaterThanOrEqual(40);
    expect(fidelity?.ssim).toBeGreaterThanOrEqual(0.97);
  });

  it('delivers a mask of the upright photo and a still of the stated size', async () => {
    expect(await sharp(join(out, 'product_mask.png')).metadata()).toMatchObject({ width: 1120, height: 1120, channels: 1, depth: 'uchar' });
    expect(await sharp(join(out, 'still_1x1.jpg')).metadata()).toMatchObject({ width: 1080, height: 1080, format: 'jpeg' });
  });

  it('does nothing twice: the same request again starts no ffmpeg and gives the same bytes', async () => {
    const log = join(folder.path, 'ffmpeg.log');
    const before = await sha256(join(out, 'final_1x1.mp4'));
    const again = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data, '--out', out], {
      env: { ADGEN_FFMPEG: join(root, 'tests', 'fixtures', 'logging-ffmpeg.sh'), ADGEN_REAL_FFMPEG: (await locateFfmpeg()).path, ADGEN_FFMPEG_LOG: log },
    });
    expect(again.steps.every((step) => step.isCacheHit)).toBe(true);
    expect(existsSync(log)).toBe(false);
    expect(await sha256(join(out, 'final_1x1.mp4'))).toBe(before);
    expect(again.projectId).toBe(first.projectId);
  });

  it('notices damage in its store, makes again what is damaged and nothing else, and delivers the same bytes', async () => {
    const files = ['final_1x1.mp4', 'still_1x1.jpg', 'delivery.zip', 'product_masked.png'];
    const before = await Promise.all(files.map((file) => sha256(join(out, file))));
    const [film = '', still = ''] = before.map((hash) => join(data, 'artifacts', hash.slice(0, 2), hash.slice(2)));
    await Promise.all([film, still].map((path) => chmod(path, 0o644)));
    const bytes = await readFile(film);
    const middle = bytes.length >> 1;
    await writeFile(film, bytes.fill((bytes[middle] ?? 0) ^ 0x10, middle, middle + 1));
    await truncate(still, 1000);
    const again = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data, '--out', out]);
    const remade = again.steps.filter((step) => !step.isCacheHit).map((step) => step.name);
    expect(remade.sort()).toEqual(['final 1:1', 'still 1:1']);
    expect(again.notices).toEqual(expect.arrayContaining(remade.map((name) => `${name}: what was kept of it was damaged and has been made again.`)));
    expect(await Promise.all(files.map((file) => sha256(join(out, file))))).toEqual(before);
  });

  it('redoes only what an edited caption touches', async () => {
    const document = JSON.parse(await readFile(join(out, 'adproject.json'), 'utf8')) as AdProject;
    const caption = document.scenes.find((scene) => !scene.isEndCard && scene.captions.length > 0)?.captions[0];
    if (!caption) throw new Error('no scene has a caption');
    caption.text = 'Hello Fizzo';
    const path = join(folder.path, 'edited.json');
    await writeFile(path, JSON.stringify(document));
    const result = await adgen(['render', '--json', '--project', path, '--data', data, '--out', join(folder.path, 'edited')]);
    expect(result.exitCode, result.stderr).toBe(0);
    const run = JSON.parse(result.stdout) as RunDocument;
    const done = run.steps.filter((step) => !step.isCacheHit).map((step) => step.kind);
    expect(done.filter((kind) => kind === 'segment')).toHaveLength(1);
    expect(done.filter((kind) => kind === 'captions')).toHaveLength(1);
    expect(done).not.toContain('backdrop');
    expect(done).not.toContain('cutout');
    expect(done).not.toContain('mix');
  });

  it('imports its delivery into an empty data folder and renders the same video from it', async () => {
    const elsewhere = join(folder.path, 'elsewhere');
    const imported = await adgen(['import', join(out, 'delivery.zip'), '--data', elsewhere, '--json']);
    expect(imported.exitCode, imported.stderr).toBe(0);
    expect(JSON.parse(imported.stdout)).toMatchObject({ projectId: first.projectId });
    const rendered = await adgen(['render', '--project', join(out, 'adproject.json'), '--data', elsewhere, '--out', join(folder.path, 'again')]);
    expect(rendered.exitCode, rendered.stderr).toBe(0);
    expect(await sha256(join(folder.path, 'again', 'final_1x1.mp4'))).toBe(await sha256(join(out, 'final_1x1.mp4')));
  }, 200_000);

  it('lists and shows its runs', async () => {
    const runs = JSON.parse((await adgen(['runs', '--json', '--data', data])).stdout) as { id: string; state: string }[];
    expect(runs.find((run) => run.id === first.runId)).toMatchObject({ state: 'succeeded', projectName: 'Fizzo' });
    expect(JSON.parse((await adgen(['show', first.runId, '--json', '--data', data])).stdout)).toEqual(first);
  });
});
