/**
 * Cuts one product out of its upright photo: asks the links of the chain in turn (alpha in the file → ComfyUI → local ONNX model →
 * embedded → the photo as it is), then measures what the scene has to know. Plain data in and out, no store and no
 * database, so it runs in a worker thread (`tasks/cut-out.ts`); the same photo always gives the same bytes.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { ProductAnalysis } from '#core/project/schema.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { alphaLink } from './alpha-link.ts';
import { analyseProduct, measureLight, type Measured } from './analyse-product.ts';
import { decodeRaster, encodeMask, encodeRaster } from './codec.ts';
import { comfyLink } from './comfy-link.ts';
import { embeddedLink } from './embedded-link.ts';
import { shadowMatte } from './extract-shadow.ts';
import type { LinkResult } from './link.ts';
import { onnxLink } from './onnx/onnx-link.ts';

/** `auto` is the whole chain; a name is that link alone, which fails where the chain would go on. */
export type CutoutLinkName = 'alpha' | 'comfyui' | 'onnx' | 'embedded';

export interface CutOutProductRequest {
  /** As `ingestPhoto` makes it: upright 8-bit sRGB, RGB or RGBA. */
  readonly uprightPng: Uint8Array;
  readonly provider: 'auto' | CutoutLinkName;
  /** What a ComfyUI says where the product is: 8-bit grey PNG of the photo's size. Without it the link is skipped. */
  readonly comfyMaskPng?: Uint8Array;
  /** Absolute path of a matting model; without it `auto` skips the link. */
  readonly onnxModelPath?: string;
  readonly signal: AbortSignal;
  /** 0..1. */
  report(progress: number, note?: string): void;
}

export interface CutOutProductResult {
  /** RGBA, straight alpha. */
  readonly cutoutPng: Uint8Array;
  /** 8-bit grey. */
  readonly maskPng: Uint8Array;
  /** 8-bit grey: share of the light that the photo's own shadow takes away; missing when it cannot be separated. */
  readonly shadowPng?: Uint8Array;
  /** Of all three pictures and of the photo. */
  readonly width: number;
  readonly height: number;
  /** `alpha`, `comfyui`, `onnx`, `embedded` or `original`. */
  readonly method: string;
  readonly analysis: ProductAnalysis;
  /** Links that gave up, in order, and which one did the work in the end. */
  readonly fallback: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** What a worker is sent: the request with the photo by its path. */
export interface CutOutProductPayload extends Pick<CutOutProductRequest, 'provider' | 'onnxModelPath' | 'comfyMaskPng'> {
  readonly uprightPath: string;
}

type Done = Extract<LinkResult, { isDone: true }>;
type GivenUp = { readonly from: CutoutLinkName; readonly reason: string };

/** Throws `PROVIDER_REJECTED` when a link named alone gives up, `PROVIDER_UNAVAILABLE` for `onnx` without a model, AbortError after a cancel. */
export async function cutOutProduct(request: CutOutProductRequest): Promise<CutOutProductResult> {
  const photo = await decodeRaster(request.uprightPng);
  request.signal.throwIfAborted();
  const { done, givenUp, notes } = await askChain(photo, request);
  const finished = await finishCutout(photo, done, request);
  return { ...finished, fallback: givenUp.map(({ from, reason }) => ({ from, to: done.method, reason })), notes: [...notes, ...done.notes] };
}

/** What a scene has to know of a product whose mask is settled, whoever made it; and its pictures. */
export async function finishCutout(photo: Raster, done: Done, request: Pick<CutOutProductRequest, 'signal' | 'report'>): Promise<Omit<CutOutProductResult, 'fallback' | 'notes'>> {
  request.report(0.7, 'measuring light and colours');
  const pictures = Promise.all([encodeRaster(done.cutout), encodeMask(done.mask)]); // on threads of their own, meanwhile
  pictures.catch(() => undefined); // awaited below
  const seen = flattenOnWhite(photo);
  const measured = measuredFor(done, seen);
  const analysis = analyseProduct(seen, done.mask, measured);
  const shadow = shadowMatte(photo, measured.planes, measured.field);
  request.signal.throwIfAborted();
  request.report(0.85, 'writing pictures');
  const [[cutoutPng, maskPng], shadowPng] = await Promise.all([pictures, shadow && encodeMask(shadow)]);
  request.report(1);
  return {
    cutoutPng,
    maskPng,
    ...(shadowPng ? { shadowPng } : {}),
    width: photo.width,
    height: photo.height,
    method: done.method,
    analysis,
  };
}

async function askChain(photo: Raster, request: CutOutProductRequest): Promise<{ done: Done; givenUp: GivenUp[]; notes: string[] }> {
  const givenUp: GivenUp[] = [];
  const notes: string[] = [];
  for (const name of chainOf(request)) {
    request.signal.throwIfAborted();
    request.report(0.05, `cut-out: ${name}`);
    const result = await askLink(name, photo, request);
    if (result.isDone) return { done: result, givenUp, notes };
    if (request.provider !== 'auto') throw rejected(name, result.reason);
    // A photo without transparency is the usual case and no failure of the link.
    if (name !== 'alpha') givenUp.push({ from: name, reason: result.reason });
    else if (hasTransparency(photo)) notes.push(result.reason);
  }
  return { done: wholePhoto(photo), givenUp, notes };
}

function chainOf({ provider, onnxModelPath, comfyMaskPng }: CutOutProductRequest): CutoutLinkName[] {
  if (provider === 'onnx' && onnxModelPath === undefined) {
    throw new AdgenError('PROVIDER_UNAVAILABLE', 'No ONNX model is configured; put one into the models/cutout folder of the data directory, or use --provider auto.');
  }
  if (provider === 'comfyui' && comfyMaskPng === undefined) throw new AdgenError('PROVIDER_UNAVAILABLE', 'No ComfyUI server is connected. Use --provider auto, embedded or onnx.');
  if (provider !== 'auto') return [provider];
  return ['alpha', ...(comfyMaskPng === undefined ? [] : ['comfyui' as const]), ...(onnxModelPath === undefined ? [] : ['onnx' as const]), 'embedded'];
}

function askLink(name: CutoutLinkName, photo: Raster, request: CutOutProductRequest): LinkResult | Promise<LinkResult> {
  if (name === 'alpha') return alphaLink(photo);
  const opaque = flattenOnWhite(photo);
  if (name === 'comfyui') return comfyLink(opaque, request.comfyMaskPng ?? new Uint8Array());
  if (name === 'onnx') return onnxLink(opaque, request.onnxModelPath ?? '', request.signal);
  return embeddedLink(opaque, request.signal, (progress) => request.report(0.05 + 0.6 * progress));
}

function rejected(name: CutoutLinkName, reason: string): AdgenError {
  return new AdgenError('PROVIDER_REJECTED', `The ${name} cut-out gave no result: ${reason}. Use --provider auto to let the next method try.`);
}

/** The last link: better the whole photo in the advert than no product. */
function wholePhoto(photo: Raster): Done {
  const mask = { width: photo.width, height: photo.height, data: new Uint8Array(photo.width * photo.height).fill(255) };
  return { isDone: true, mask, cutout: flattenOnWhite(photo), method: 'original', notes: ['the product could not be cut out: the whole photo is used'] };
}

/** Pixels under a file's own alpha are no floor, so no shadow is looked for there. */
function measuredFor(done: Done, seen: Raster): Measured {
  const measured = measureLight(seen, done.mask);
  return done.method === 'alpha' ? { ...measured, field: undefined } : measured;
}

function hasTransparency(photo: Raster): boolean {
  for (let at = 3; at < photo.data.length; at += 4) if ((photo.data[at] ?? 255) < 250) return true;
  return false;
}

/** The photo as it looks on white paper. */
export function flattenOnWhite(photo: Raster): Raster {
  if (!hasTransparency(photo)) return photo;
  const data = new Uint8Array(photo.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (photo.data[at + 3] ?? 255) / 255;
    for (const channel of [0, 1, 2]) data[at + channel] = Math.round(255 + alpha * ((photo.data[at + channel] ?? 0) - 255));
    data[at + 3] = 255;
  }
  return { ...photo, data };
}
