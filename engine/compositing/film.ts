/**
 * One ratio of an advert, ready to be drawn: the document's scenes, the facts about their pictures, and where the pictures
 * are. Plain JSON, so that it travels to workers and can be kept as an artifact. Made by `engine/pipeline`, read by the
 * frame renderer; nothing here opens a file.
 */
import { captionKey, parseSource, PRODUCT_PARTS } from '#core/composition/facts.ts';
import type { CompositionFacts, ProductPart } from '#core/composition/facts.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { Rect } from '#core/composition/layer.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';

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

/** What a source named in a frame plan is made of. Throws RangeError when the film does not hold it. */
export function describeSource(film: Film, source: string): SourceDescription {
  const name = parseSource(source);
  switch (name.kind) {
    case 'backdrop':
      return { kind: 'picture', hash: need(film.facts.backdrops[name.sceneId]?.layers[name.layer]?.picture, source).hash };
    case 'clip': {
      const clip = need(film.facts.backdrops[name.sceneId]?.clip, source);
      return { kind: 'clip', hash: clip.file.hash, focus: need(film.scenes.find((scene) => scene.id === name.sceneId), source).backdrop.focus };
    }
    case 'product':
      return describeProduct(film, name.productId, name.sceneId, source);
    case 'part':
      return describePart(film, name.productId, name.part, name.sceneId, source);
    case 'caption':
      return { kind: 'picture', hash: need(film.captions[captionKey(name.sceneId, name.captionId)], source).hash };
    case 'logo':
      return describeLogo(film, source);
  }
}

/** The product's picture at the size it has at rest, so that a still product is copied and never resampled twice. */
function describeProduct(film: Film, productId: string, sceneId: string, source: string): SourceDescription {
  const product = need(film.products.find((candidate) => candidate.id === productId), source);
  const scene = need(film.scenes.find((candidate) => candidate.id === sceneId), source);
  const bounds = need(product.analysis, source).bounds;
  const rest = need(layoutOf({ scene }, film.ratio, film.facts).product, source);
  const canvas = canvasSize(film.ratio);
  const keyframes = scene.placement?.keyframes[film.ratio];
  const height = keyframes ? Math.round(Math.max(...keyframes.map((key) => key.scale)) * canvas.height) : rest.height;
  return { kind: 'product', hash: need(product.cutout, source).hash, bounds, width: Math.max(1, Math.round((height * rest.width) / rest.height)), height };
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
