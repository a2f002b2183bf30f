/** Preview equals export where the backdrops are clips that move, as a ComfyUI makes them (a fake one): the right frame of each, in each ratio. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RATIOS } from '#core/project/ratio.ts';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { openStudio } from '#scripts/browser/studio.ts';
import type { Studio } from '#scripts/browser/studio.ts';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeServer } from '#sidecar/fake/server.ts';
import { makeAdvert, sampleCan, scratchFolder } from './adgen.ts';
import { framesOf, measureParity, openStage } from './preview-parity/measure.ts';

const REACH = 0.97;
const FRAMES = 6;

/** Runs in the page. The sum of red, green and blue of a backdrop's corner; 0 while nothing is drawn. */
const CORNER_OF = `(canvas) => {
  const brush = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  brush.drawImage(canvas, 0, 0);
  return brush.getImageData(2, 2, 1, 1).data.slice(0, 3).reduce((sum, value) => sum + value, 0);
}`;

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let comfy: FakeServer;
let studio: Studio;
let project: AdProject;
let jobs = 0;

beforeAll(async () => {
  folder = await scratchFolder('parity clips');
  comfy = await startFakeServer({ folder: join(folder.path, 'comfy'), stepMs: 2, steps: 4 });
  const [data, out] = [join(folder.path, 'data'), join(folder.path, 'out')];
  const run = await makeAdvert([
    '--product', sampleCan, '--name', 'Drift', '--description', 'Blood orange soda', '--cta', 'Taste it', '--seed', '5', '--ratios', RATIOS.join(','), '--duration', '4', '--scenes', '3',
    '--cutout', 'embedded', '--engine', 'comfyui', '--workflow', 'wan22-14b-text', '--comfy-url', comfy.url, '--data', data, '--out', out,
  ]);
  expect(new Set(run.steps.flatMap(({ kind, provider }) => (kind === 'backdrop' ? [provider] : [])))).toEqual(new Set(['comfyui']));
  project = adProjectSchema.parse(JSON.parse(await readFile(join(out, 'adproject.json'), 'utf8')));
  jobs = comfy.started().length;
  studio = await openStudio({ folder: data, env: { ADGEN_COMFY_URL: comfy.url } });
}, 600_000);
afterAll(async () => {
  await studio?.close();
  await comfy?.close();
  await folder.remove();
}, 60_000);

describe('moving backdrops in the preview', () => {
  it.each(RATIOS)('are those of the export in %s', { timeout: 300_000 }, async (ratio) => {
    await openStage(studio.page, new URL(studio.url).origin, project.id, ratio);
    const file = join(folder.path, 'out', `final_${ratio.replace(':', 'x')}.mp4`);
    const samples = await measureParity(studio.page, file, ratio, framesOf(project, FRAMES), (await locateFfmpeg()).path);
    expect(samples.length).toBeGreaterThanOrEqual(FRAMES - 1);
    expect(samples.filter(({ ssim }) => !(ssim >= REACH)), JSON.stringify(samples)).toEqual([]);
  });

  it('stand in the timeline\'s pictures of scenes and play; nothing is made anew for any of this', { timeout: 120_000 }, async () => {
    const { page } = studio;
    await page.locator('[data-clip="scene:scene_3"] canvas').first().waitFor({ state: 'attached' });
    await expect.poll(() => page.evaluate<number>(`(${CORNER_OF})(document.querySelector('[data-clip="scene:scene_3"] canvas'))`), { timeout: 60_000 }).toBeGreaterThan(30);
    // A click on the view leaves the focus on its link, which does nothing with space.
    await page.getByRole('navigation', { name: 'Views of the project' }).getByRole('link', { name: 'Timeline', exact: true }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: /^Pause/ }).waitFor();
    await page.getByRole('button', { name: /^Play/ }).first().waitFor();
    expect(comfy.started()).toHaveLength(jobs);
  });
});
