/**
 * Worker task: everything that goes with a product in every scene. The photo's own shadow is used where the cut-out could lift
 * it, because nothing fits a product better than the shadow that it really threw; else one is cast from the estimated light.
 */
import sharp from 'sharp';
import { PRODUCT_PARTS } from '#core/composition/facts.ts';
import type { ProductFacts, ProductPart } from '#core/composition/facts.ts';
import type { Rect } from '#core/composition/layer.ts';
import type { AssetRef, Light, Product, ProductAnalysis } from '#core/project/schema.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { decodeMask, decodeRaster, encodeRaster } from '#engine/cutout/codec.ts';
import { readFile } from 'node:fs/promises';
import { castShadow, contactShadow, cropToBounds, lightWrap, maskOf, reflection } from '../product-sprites.ts';
import type { ProductSprite } from '../product-sprites.ts';
import { storeOf } from './task-store.ts';

export interface MakeSpritesPayload {
  readonly dataDir: string;
  readonly product: Pick<Product, 'cutout' | 'mask' | 'shadow' | 'analysis'>;
  readonly light: Light;
}

export interface MadeSprites {
  readonly facts: ProductFacts;
  readonly pictures: Partial<Record<ProductPart, AssetRef>>;
}

/** Usual height of a product on a canvas, pixels: how wide the light wrap is in photo pixels follows from it. */
const USUAL_HEIGHT = 800;
/** Sharpness of the reflection's drawing; how strongly it shows is the set's gloss. */
const REFLECTION_GLOSS = 0.6;
/** Height of a product in the low-resolution shadow picture, pixels. */
const SHADOW_UNIT = 300;

export async function run({ dataDir, product, light }: MakeSpritesPayload, { signal, report }: TaskContext): Promise<MadeSprites> {
  const store = storeOf(dataDir);
  const { cutout, analysis } = product;
  if (!cutout || !analysis) throw new RangeError('a product without cut-out has no sprites');
  const crop = cropToBounds(await decodeRaster(await readFile(store.pathOf(cutout))), analysis.bounds);
  const mask = maskOf(crop);
  const options = { cameraElevationDeg: analysis.cameraElevationDeg, light };
  const own = product.shadow ? await ownShadow(store.pathOf(product.shadow), analysis) : undefined;
  const sprites: Partial<Record<ProductPart, ProductSprite>> = {
    contact: contactShadow(mask, options),
    ...(own ? { shadow: own } : { cast: castShadow(mask, options) }),
    reflection: reflection(crop, { gloss: REFLECTION_GLOSS, cameraElevationDeg: analysis.cameraElevationDeg }),
    wrap: lightWrap(mask, { ambient: [128, 128, 128], density: Math.max(0.5, analysis.bounds.height / USUAL_HEIGHT) }),
  };
  const pictures: Partial<Record<ProductPart, AssetRef>> = {};
  const rects: Partial<Record<ProductPart, Rect>> = {};
  for (const [index, part] of PRODUCT_PARTS.entries()) {
    const sprite = sprites[part];
    if (!sprite) continue;
    signal.throwIfAborted();
    pictures[part] = await store.putBytes(await encodeRaster(sprite.raster), `product_${part}.png`, 'image/png');
    rects[part] = sprite.rect;
    report((index + 1) / PRODUCT_PARTS.length);
  }
  return { facts: { aspect: analysis.bounds.width / analysis.bounds.height, parts: rects }, pictures };
}

/** Levels of the matte below which there is no shadow worth a layer. */
const FAINT = 6;

/** The photo's shadow as a dark picture whose alpha takes away as much light as the shadow did. */
async function ownShadow(path: string, { bounds }: ProductAnalysis): Promise<ProductSprite | undefined> {
  const full = await sharp(path).metadata();
  const scale = Math.min(1, SHADOW_UNIT / bounds.height);
  const small = await sharp(path).resize(Math.max(1, Math.round(full.width * scale)), Math.max(1, Math.round(full.height * scale)), { kernel: 'cubic' }).png().toBuffer();
  const { width, height, data } = await decodeMask(small);
  if (!data.some((value) => value > FAINT)) return undefined;
  const pixels = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) pixels[i * 4 + 3] = Math.round(255 * shadowAlpha((data[i] ?? 0) / 255));
  const unit = bounds.height * scale;
  const rect = { x: -bounds.x / bounds.height, y: -bounds.y / bounds.height, width: width / unit, height: height / unit };
  return { raster: { width, height, data: pixels }, rect };
}

/**
 * Alpha over coded sRGB values that darkens like `taken` (0..1) of the light gone: coded = linear^(1/2.2), so a black layer of
 * alpha a leaves (1 − a) of the coded value and (1 − a)^2.2 of the light.
 */
function shadowAlpha(taken: number): number {
  return 1 - (1 - taken) ** (1 / 2.2);
}
