/** The pictures of the client's report: the product from the photo beside the product from the finished file, at the same size. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Rect } from '#core/composition/layer.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import type { Timebase } from '#core/time/frames.ts';
import { decodeRegion } from '#engine/compositing/fidelity/decode-region.ts';
import type { ExportData } from '#engine/pipeline/steps/export-step.ts';
import type { Services } from '#engine/pipeline/services.ts';

/** A pair of pictures as data addresses. */
export interface ReportPair {
  readonly photo: string;
  readonly file: string;
  readonly seconds: number;
}

/** Wide enough to read a label, small enough to be sent. */
const WIDTH = 460;

/** At most one pair per export: its most telling sample is the first. */
export async function reportPair(project: AdProject, file: AssetRef, data: ExportData, shape: { readonly ratio: Ratio; readonly rate: Timebase }, { store, ffmpegPath }: Pick<Services, 'store' | 'ffmpegPath'>): Promise<ReportPair | undefined> {
  const sample = data.samples[0];
  const product = project.products.find(({ id }) => id === sample?.productId);
  if (!sample || !product?.cutout || !product.analysis || !store.has(product.cutout.hash) || !store.has(file.hash)) return undefined;
  const region = wholeRegion(sample.productRect, shape.ratio);
  const picture = await decodeRegion({ videoPath: store.pathOf(file), frameIndex: sample.frameIndex, fps: shape.rate, region, ffmpegPath: await ffmpegPath() });
  const shown = await sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } }).resize({ width: Math.min(WIDTH, picture.width) }).jpeg({ quality: 90 }).toBuffer();
  return { photo: dataUrl(await photoPart(product.cutout, product.analysis.bounds, store)), file: dataUrl(shown), seconds: (sample.frameIndex * shape.rate.den) / shape.rate.num };
}

/** The cut-out on white, as the photo showed it. */
async function photoPart(cutout: AssetRef, { x, y, width, height }: Rect, store: Services['store']): Promise<Buffer> {
  const cut = await sharp(await readFile(store.pathOf(cutout))).extract({ left: x, top: y, width, height }).png().toBuffer();
  return await sharp(cut).resize({ width: Math.min(WIDTH, width) }).flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
}

/** Even whole pixels inside the canvas. */
function wholeRegion(rect: Rect, ratio: Ratio): Rect {
  const canvas = canvasSize(ratio);
  const x = Math.max(0, Math.floor(rect.x / 2) * 2);
  const y = Math.max(0, Math.floor(rect.y / 2) * 2);
  return { x, y, width: Math.min(canvas.width - x, Math.ceil(rect.width / 2) * 2), height: Math.min(canvas.height - y, Math.ceil(rect.height / 2) * 2) };
}

function dataUrl(jpeg: Buffer): string {
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
