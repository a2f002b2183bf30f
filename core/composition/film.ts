/**
 * One ratio of an advert, ready to be drawn: the document's scenes, the facts about their pictures, and where the pictures
 * are. Plain JSON, so that it travels to workers and can be kept as an artifact. Made by `engine/pipeline`, read by the
 * frame renderer; nothing here opens a file.
 */
import { captionKey, parseSource, PRODUCT_PARTS } from './facts.ts';
import type { CompositionFacts, ProductPart } from './facts.ts';
import { layoutOf } from './evaluate.ts';
import type { Layer, Rect } from './layer.ts';
import { canvasSize } from '../project/ratio.ts';
import type { Ratio, Size } from '../project/ratio.ts';
import type { AdProject, AssetRef } from '../project/schema.ts';

/** Everything that drawing one ratio needs. */
export interface Film {
  readonly ratio: Ratio;
  readonly scenes: AdProject['scenes'];
  readonly products: AdProject['products'];
  /** Luma grain on backdrops, 0..1 (style.grade.grain). */
  readonly grain: number;
  readonly facts: CompositionFacts;
  /** Shadow, reflection and wrap pictures by product id. */
  readonly parts: Readonly<Record<string, Readonly<Partial<Record<ProductPart, AssetRef>>>>>;
  /** Caption pictures by `captionKey`. */
  readonly captions: Readonly<Record<string, AssetRef>>;
  readonly logo?: AssetRef;
}

/**
 * How to make one source picture. Two equal descriptions give the same pixels, so a description's JSON is both the
 * cache key of the picture and its share of a segment's content hash.
 */
export type SourceDescription =
  | { readonly kind: 'picture'; readonly hash: string }
  | { readonly kind: 'tinted'; readonly hash: string; readonly color: string }
  | { readonly kind: 'product'; readonly hash: string; readonly bounds: Rect; readonly width: number; readonly height: number }
  | { readonly kind: 'fitted'; readonly hash: string; readonly width: number; readonly height: number }
  | { readonly kind: 'clip'; readonly hash: string; readonly focus: { readonly x: number; readonly y: number } };

/** Parts that are drawn in a colour of the scene: shadows in the floor's shadow colour, the wrap in its ambient light. */
const TINTED_PARTS: Readonly<Partial<Record<ProductPart, 'shadowColor' | 'ambient'>>> = { shadow: 'shadowColor', cast: 'shadowColor', contact: 'shadowColor', wrap: 'ambient' };

/** What the source of a layer of a frame plan is made of. Throws RangeError when the film does not hold it. */
export function describeSource(film: Film, layer: Pick<Layer, 'source' | 'rect' | 'rotationDeg'>): SourceDescription {
  const { source } = layer;
  const name = parseSource(source);
  switch (name.kind) {
    case 'backdrop':
      return { kind: 'picture', hash: need(film.facts.backdrops[name.sceneId]?.layers[name.layer]?.picture, source).hash };
    case 'clip': {
      const clip = need(film.facts.backdrops[name.sceneId]?.clip, source);
      return { kind: 'clip', hash: clip.file.hash, focus: need(film.scenes.find((scene) => scene.id === name.sceneId), source).backdrop.focus };
    }
    case 'product':
      return describeProduct(film, name.productId, name.sceneId, layer);
    case 'part':
      return describePart(film, name.productId, name.part, name.sceneId, source);
    case 'caption':
      return { kind: 'picture', hash: need(film.captions[captionKey(name.sceneId, name.captionId)], source).hash };
    case 'logo':
      return describeLogo(film, source);
  }
}

/** How much larger than on the canvas a moving product's picture is kept: eight taps of the compositor's Lanczos reach as far. */
const MOVING_OVERSAMPLING = 4 / 3;

/**
 * The product's picture, so that no pixel of it is visibly resampled twice: at rest (whole pixels) at just that size, to be copied;
 * in motion with some pixels to spare, for the compositor to resample. Never larger than the photo shows it: sharp enlarges with
 * another filter than the compositor's Lanczos.
 */
function describeProduct(film: Film, productId: string, sceneId: string, layer: Pick<Layer, 'source' | 'rect' | 'rotationDeg'>): SourceDescription {
  const { source, rect, rotationDeg } = layer;
  const product = need(film.products.find((candidate) => candidate.id === productId), source);
  const bounds = need(product.analysis, source).bounds;
  const hash = need(product.cutout, source).hash;
  const isAtRest = rotationDeg === 0 && [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger);
  const { width, height } = isAtRest ? rect : sizeInMotion(film, sceneId, bounds, source);
  const isReduced = width <= bounds.width && height <= bounds.height;
  return { kind: 'product', hash, bounds, width: isReduced ? width : bounds.width, height: isReduced ? height : bounds.height };
}

function sizeInMotion(film: Film, sceneId: string, bounds: Rect, source: string): Size {
  const scene = need(film.scenes.find((candidate) => candidate.id === sceneId), source);
  const keyframes = scene.placement?.keyframes[film.ratio];
  const largest = keyframes ? Math.max(...keyframes.map((key) => key.scale)) * canvasSize(film.ratio).height : need(layoutOf({ scene }, film.ratio, film.facts).product, source).height;
  const scale = (largest * MOVING_OVERSAMPLING) / bounds.height;
  return { width: Math.max(1, Math.round(bounds.width * scale)), height: Math.max(1, Math.round(bounds.height * scale)) };
}

function describePart(film: Film, productId: string, part: ProductPart, sceneId: string, source: string): SourceDescription {
  const picture = need(film.parts[productId]?.[part], source);
  const tint = TINTED_PARTS[part];
  if (!tint) return { kind: 'picture', hash: picture.hash };
  return { kind: 'tinted', hash: picture.hash, color: need(film.facts.backdrops[sceneId], source)[tint] };
}

function describeLogo(film: Film, source: string): SourceDescription {
  const logo = need(film.logo, source);
  const longSide = 480;
  const aspect = film.facts.logoAspect ?? 1;
  return { kind: 'fitted', hash: logo.hash, width: Math.round(aspect >= 1 ? longSide : longSide * aspect), height: Math.round(aspect >= 1 ? longSide / aspect : longSide) };
}

/** Every artifact that a film's pictures come from, for checks and deliveries. */
export function assetsOf(film: Film): AssetRef[] {
  const parts = Object.values(film.parts).flatMap((byPart) => PRODUCT_PARTS.flatMap((part) => byPart[part] ?? []));
  const backdrops = Object.values(film.facts.backdrops).flatMap((manifest) => [...manifest.layers.map((layer) => layer.picture), ...(manifest.clip ? [manifest.clip.file] : [])]);
  return [...film.products.flatMap((product) => product.cutout ?? []), ...parts, ...backdrops, ...Object.values(film.captions), ...(film.logo ? [film.logo] : [])];
}

function need<T>(value: T | undefined, source: string): T {
  if (value === undefined) throw new RangeError(`the film holds nothing for source ${source}`);
  return value;
}
