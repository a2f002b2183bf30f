/** Preview equals export: frames of the page's canvas beside the same frames of the delivered files, in a real browser on a real engine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RATIOS } from '#core/project/ratio.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { makeAdvert, sampleCan, sampleMug, scratchFolder } from './adgen.ts';
import { framesOf, measureParity, openStage } from './preview-parity/measure.ts';

const REACH = 0.97;
const FRAMES = 10;
/** Three products, tones and seeds: other sets, palettes, fonts, transitions. The shortest there are. */
const ADVERTS = [
  ['can', ['--product', sampleCan, '--name', 'Fizzo', '--description', 'Blood orange soda', '--cta', 'Taste it', '--seed', '3']],
  ['mug', ['--product', sampleMug, '--name', 'Clay', '--description', 'Made by hand', '--cta', 'See more', '--tone', 'bold', '--seed', '8']],
  ['evening', ['--product', sampleCan, '--name', 'Nightfall', '--description', 'For late hours', '--cta', 'Order now', '--tone', 'elegant', '--seed', '11']],
] as const;

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let studio: Studio;
let ffmpegPath: string;
const adverts = new Map<string, { readonly project: AdProject; readonly out: string }>();

beforeAll(async () => {
  folder = await scratchFolder('parity');
  ffmpegPath = (await locateFfmpeg()).path;
  const data = join(folder.path, 'data');
  for (const [name, args] of ADVERTS) {
    const out = join(folder.path, name);
    await makeAdvert([...args, '--ratios', RATIOS.join(','), '--duration', '4', '--scenes', '3', '--offline', '--data', data, '--out', out]);
    adverts.set(name, { project: adProjectSchema.parse(JSON.parse(await readFile(join(out, 'adproject.json'), 'utf8'))), out });
  }
  studio = await openStudio({ folder: data });
}, 600_000);
afterAll(async () => {
  await studio?.close();
  await folder.remove();
}, 60_000);

describe('the preview shows what the export delivers', () => {
  for (const [name] of ADVERTS) {
    for (const ratio of RATIOS) {
      it(`of ${name} in ${ratio}`, async () => {
        const advert = adverts.get(name);
        if (!advert) throw new Error(`${name} was not made`);
        await openStage(studio.page, new URL(studio.url).origin, advert.project.id, ratio);
        const file = join(advert.out, `final_${ratio.replace(':', 'x')}.mp4`);
        const samples = await measureParity(studio.page, file, ratio, framesOf(advert.project, FRAMES), ffmpegPath);
        expect(samples.length).toBeGreaterThanOrEqual(FRAMES - 2);
        expect(samples.filter(({ ssim }) => !(ssim >= REACH)), JSON.stringify(samples)).toEqual([]);
      }, 300_000);
    }
  }
});
