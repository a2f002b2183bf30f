/**
 * Frames of the preview against frames of the exported file. The preview's are read from the page's own canvas, in the film's size, the file's
 * are decoded by ffmpeg; both are compared by SSIM on BT.709 luma over the whole picture (`engine/compositing/fidelity/structural-similarity.ts`).
 */
import sharp from 'sharp';
import type { Page } from 'playwright';
import { decodeRegion } from '#engine/compositing/fidelity/decode-region.ts';
import { structuralSimilarity } from '#engine/compositing/fidelity/structural-similarity.ts';
import { segmentsOf } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';

/** How alike one frame is in both. */
export interface ParitySample {
  readonly frame: number;
  readonly ssim: number;
}

/** What the page is asked to look at: kept by the stage in this browser. */
const STAGE = (ratio: Ratio) => ({ ratio, isSplit: false, zoom: 'fit', resolution: 'full', zone: 'off', hasThirds: false, hasGrid: false, isSnapping: true, volume: 1, isMuted: true });

/** Opens the timeline of a project with the stage at the film's own size. */
export async function openStage(page: Page, origin: string, projectId: string, ratio: Ratio): Promise<void> {
  await page.goto(`${origin}/#/`);
  await page.evaluate((settings) => localStorage.setItem('adgen-stage', settings), JSON.stringify(STAGE(ratio)));
  await page.reload();
  await page.goto(`${origin}/#/projects/${projectId}/timeline`);
  await page.waitForSelector(`canvas[data-whole="true"][aria-label*="${ratio}"]`, { timeout: 120_000 });
}

/** Compares frames of the page's canvas with those of a file. */
export async function measureParity(page: Page, videoPath: string, ratio: Ratio, frames: readonly number[], ffmpegPath: string): Promise<ParitySample[]> {
  const size = canvasSize(ratio);
  const everything = new Uint8Array(size.width * size.height).fill(1);
  const samples: ParitySample[] = [];
  for (const frame of frames) {
    const shown = await canvasLuma(page, frame);
    const { data } = await decodeRegion({ videoPath, frameIndex: frame, fps: { num: 30, den: 1 }, region: { x: 0, y: 0, ...size }, ffmpegPath });
    if (shown.length !== size.width * size.height) throw new Error(`the canvas has ${shown.length} pixels, the film ${size.width * size.height}`);
    samples.push({ frame, ssim: structuralSimilarity(shown, lumaOf(data), everything, size.width, size.height) });
  }
  return samples;
}

/** Goes to a frame as a user does, by typing it, and reads the canvas once the worker has drawn it with every picture in place. */
async function canvasLuma(page: Page, frame: number): Promise<Float32Array> {
  return lumaOf(await sharp(await canvasPng(page, frame)).removeAlpha().raw().toBuffer());
}

/** Runs in the page. The worker's picture reaches the page's canvas some time after the worker has said so: it is read until it stays as it is. */
const READ_CANVAS = `async (canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const brush = copy.getContext('2d', { willReadFrequently: true });
  const read = async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 120)));
    brush.drawImage(canvas, 0, 0);
    const bytes = new Uint8Array(await (await copy.convertToBlob({ type: 'image/png' })).arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return btoa(text);
  };
  let [last, same] = ['', 0];
  while (same < 3) {
    const next = await read();
    same = next === last ? same + 1 : 0;
    last = next;
  }
  return last;
}`;

/** One frame of the stage as PNG. */
export async function canvasPng(page: Page, frame: number): Promise<Buffer> {
  const field = page.getByRole('textbox', { name: /^(Playhead|Abspielkopf)$/ });
  await field.fill(String(frame));
  await field.press('Enter');
  await field.blur();
  const selector = `canvas[data-frame="${frame}"][data-whole="true"]`;
  await page.locator(selector).waitFor({ state: 'attached', timeout: 60_000 });
  const encoded = await page.evaluate<string>(`(${READ_CANVAS})(document.querySelector('${selector}'))`);
  return Buffer.from(encoded, 'base64');
}

function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let at = 0, from = 0; at < luma.length; at++, from += 3) luma[at] = 0.2126 * (rgb[from] as number) + 0.7152 * (rgb[from + 1] as number) + 0.0722 * (rgb[from + 2] as number);
  return luma;
}

/** Frames over the whole film, the middle of every transition among them. */
export function framesOf(project: AdProject, count: number): number[] {
  const segments = segmentsOf(project);
  const last = segments.at(-1);
  const middles = segments.filter(({ kind }) => kind === 'transition').map(({ startFrame, frameCount }) => startFrame + Math.floor(frameCount / 2));
  const spread = spreadFrames(last ? last.startFrame + last.frameCount : 1, count - middles.length);
  return [...new Set([...spread, ...middles])].sort((a, b) => a - b);
}

/** Frames spread over a film, first and last among them. */
export function spreadFrames(totalFrames: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round((index * (totalFrames - 1)) / (count - 1)));
}
