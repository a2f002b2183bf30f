/**
 * Re-composes a scene for each ratio instead of cropping it: where the product stands and where words may go. The
 * numbers below are the house layout; every text area lies inside the platforms' safe zone (`safe-zones.ts`).
 * Positions are pixels of the delivered canvas at rest (before camera and entrance move anything).
 */
import { canvasSize } from '../project/ratio.ts';
import type { Ratio } from '../project/ratio.ts';
import type { CaptionRole, Placement, Scene } from '../project/schema.ts';
import type { Rect } from './layer.ts';
import { safeZone } from './safe-zones.ts';

/** How large words of a role may get, in pixels of the canvas. 40 px is Amazon's 30 pt floor for on-screen text. */
export interface TextLimits {
  readonly minFontPx: number;
  readonly maxFontPx: number;
  readonly maxLines: number;
}

/** An area that one group of captions fills from the top (or round its middle), in reading order. */
export interface TextArea {
  readonly roles: readonly CaptionRole[];
  readonly rect: Rect;
  readonly align: 'left' | 'center';
  readonly anchor: 'top' | 'middle' | 'bottom';
}

/** Where a scene's product and words stand in one ratio. */
export interface SceneLayout {
  /** Whole pixels; missing when the scene shows no product. */
  readonly product?: Rect;
  readonly areas: readonly TextArea[];
  /** Where the brand logo fits on an end card. */
  readonly logo?: Rect;
}

interface ProductSlot {
  /** Middle of the base, and the largest size, as fractions of the canvas. */
  readonly x: number;
  readonly y: number;
  readonly maxHeight: number;
  readonly maxWidth: number;
}

type Intent = Exclude<Placement['intent'], 'absent'>;

const VERTICAL: Record<Intent, ProductSlot> = {
  hero: { x: 0.5, y: 0.8, maxHeight: 0.46, maxWidth: 0.8 },
  left: { x: 0.44, y: 0.8, maxHeight: 0.45, maxWidth: 0.74 },
  right: { x: 0.56, y: 0.8, maxHeight: 0.45, maxWidth: 0.74 },
  close: { x: 0.5, y: 0.83, maxHeight: 0.5, maxWidth: 0.9 },
  small: { x: 0.5, y: 0.775, maxHeight: 0.39, maxWidth: 0.68 },
};

const LANDSCAPE: Record<Intent, ProductSlot> = {
  hero: { x: 0.7, y: 0.89, maxHeight: 0.78, maxWidth: 0.44 },
  left: { x: 0.285, y: 0.89, maxHeight: 0.76, maxWidth: 0.43 },
  right: { x: 0.715, y: 0.89, maxHeight: 0.76, maxWidth: 0.43 },
  close: { x: 0.7, y: 0.955, maxHeight: 0.9, maxWidth: 0.48 },
  small: { x: 0.69, y: 0.85, maxHeight: 0.62, maxWidth: 0.38 },
};

const SQUARE_STACKED: Record<Intent, ProductSlot> = {
  hero: { x: 0.5, y: 0.935, maxHeight: 0.56, maxWidth: 0.78 },
  left: { x: 0.45, y: 0.935, maxHeight: 0.55, maxWidth: 0.74 },
  right: { x: 0.55, y: 0.935, maxHeight: 0.55, maxWidth: 0.74 },
  close: { x: 0.5, y: 0.96, maxHeight: 0.6, maxWidth: 0.88 },
  small: { x: 0.5, y: 0.905, maxHeight: 0.48, maxWidth: 0.66 },
};

const SQUARE_SIDE: Record<Intent, ProductSlot> = {
  hero: { x: 0.735, y: 0.93, maxHeight: 0.8, maxWidth: 0.4 },
  left: { x: 0.265, y: 0.93, maxHeight: 0.78, maxWidth: 0.4 },
  right: { x: 0.735, y: 0.93, maxHeight: 0.78, maxWidth: 0.4 },
  close: { x: 0.735, y: 0.96, maxHeight: 0.88, maxWidth: 0.44 },
  small: { x: 0.725, y: 0.89, maxHeight: 0.66, maxWidth: 0.38 },
};

/** Products narrower than this stand beside the words in a square; wider ones stand below them. */
const SQUARE_SIDE_ASPECT = 0.62;

const LIMITS: Record<Ratio, Record<CaptionRole, TextLimits>> = {
  '9:16': {
    headline: { minFontPx: 46, maxFontPx: 164, maxLines: 3 },
    support: { minFontPx: 40, maxFontPx: 62, maxLines: 2 },
    callToAction: { minFontPx: 40, maxFontPx: 76, maxLines: 2 },
    brand: { minFontPx: 46, maxFontPx: 230, maxLines: 2 },
    legal: { minFontPx: 40, maxFontPx: 40, maxLines: 2 },
  },
  '1:1': {
    headline: { minFontPx: 42, maxFontPx: 122, maxLines: 3 },
    support: { minFontPx: 40, maxFontPx: 48, maxLines: 3 },
    callToAction: { minFontPx: 40, maxFontPx: 60, maxLines: 2 },
    brand: { minFontPx: 42, maxFontPx: 150, maxLines: 2 },
    legal: { minFontPx: 40, maxFontPx: 40, maxLines: 2 },
  },
  '16:9': {
    headline: { minFontPx: 46, maxFontPx: 168, maxLines: 3 },
    support: { minFontPx: 40, maxFontPx: 58, maxLines: 2 },
    callToAction: { minFontPx: 40, maxFontPx: 72, maxLines: 2 },
    brand: { minFontPx: 46, maxFontPx: 240, maxLines: 2 },
    legal: { minFontPx: 40, maxFontPx: 40, maxLines: 2 },
  },
};

/** Font size limits of a role in a ratio. */
export function textLimits(ratio: Ratio, role: CaptionRole): TextLimits {
  return LIMITS[ratio][role];
}

/**
 * Lays a scene out for a ratio.
 * @param productAspect width ÷ height of the product's tight box; missing = no product known
 * @param hasLogo whether the brand has a logo, which stands over the name on end cards
 */
export function layoutScene(scene: Pick<Scene, 'isEndCard' | 'placement'>, ratio: Ratio, productAspect?: number, hasLogo = false): SceneLayout {
  const intent = scene.placement?.intent ?? 'absent';
  const hasProduct = intent !== 'absent' && productAspect !== undefined;
  if (scene.isEndCard) return layoutEndCard(ratio, hasProduct ? productAspect : undefined, hasLogo);
  if (!hasProduct) return { areas: [textAreaWithoutProduct(ratio)] };
  const product = fitProduct(productSlot(ratio, intent, isBesideText(ratio, productAspect)), ratio, productAspect);
  return { product, areas: [textAreaBy(ratio, product)] };
}

/** Where the words of a scene stand that shows its product there; backdrops keep their loud parts out of it. */
export function textAreaBy(ratio: Ratio, product: Rect): TextArea {
  return isBesideText(ratio, product.width / product.height) ? sideArea(ratio, product) : stackedArea(ratio, product);
}

function isBesideText(ratio: Ratio, productAspect: number): boolean {
  return ratio === '16:9' || (ratio === '1:1' && productAspect < SQUARE_SIDE_ASPECT);
}

function productSlot(ratio: Ratio, intent: Intent, isBeside: boolean): ProductSlot {
  if (ratio === '9:16') return VERTICAL[intent];
  if (ratio === '16:9') return LANDSCAPE[intent];
  return isBeside ? SQUARE_SIDE[intent] : SQUARE_STACKED[intent];
}

/** Part of the height that a wide product leaves of its slot by which it is lifted towards the words. */
const LIFT_SHARE: Record<Ratio, number> = { '9:16': 0.4, '1:1': 0.3, '16:9': 0.28 };

/** Largest whole-pixel rectangle of the product's aspect that fits a slot; low products stand a little higher. */
function fitProduct(slot: ProductSlot, ratio: Ratio, aspect: number): Rect {
  const canvas = canvasSize(ratio);
  const most = slot.maxHeight * canvas.height;
  const height = Math.round(Math.min(most, (slot.maxWidth * canvas.width) / aspect));
  const width = Math.max(2, Math.round(height * aspect));
  const base = Math.round(slot.y * canvas.height - LIFT_SHARE[ratio] * (most - height));
  return { x: Math.round(slot.x * canvas.width - width / 2), y: base - height, width, height };
}

const SCENE_ROLES: readonly CaptionRole[] = ['brand', 'headline', 'support', 'callToAction', 'legal'];

/** Air between words and product, pixels. */
const CLEARANCE = { side: 52, above: 34 };

/** From the top of the safe zone down to the product; in 9:16 not below the row where the rail of buttons begins. */
function stackedArea(ratio: Ratio, product: Rect): TextArea {
  const zone = safeZone(ratio);
  const rect = ratio === '9:16' ? zone.rect : { ...zone.rect, x: 64, width: 915 };
  const limit = zone.rail?.fromY ?? zone.rect.y + zone.rect.height;
  return { roles: SCENE_ROLES, rect: { ...rect, height: Math.min(product.y - CLEARANCE.above, limit) - rect.y }, align: 'center', anchor: 'middle' };
}

/** The column beside the product, on its wider side. */
function sideArea(ratio: Ratio, product: Rect): TextArea {
  const { rect: zone } = safeZone(ratio);
  const isTextLeft = product.x + product.width / 2 > canvasSize(ratio).width / 2;
  const margin = ratio === '16:9' ? 130 : 64;
  const top = zone.y + (ratio === '16:9' ? 0 : 30);
  const from = isTextLeft ? margin : product.x + product.width + CLEARANCE.side;
  const to = isTextLeft ? product.x - CLEARANCE.side : zone.x + zone.width;
  const width = Math.min(to - from, ratio === '16:9' ? 900 : 520);
  return { roles: SCENE_ROLES, rect: { x: from, y: top, width, height: zone.y + zone.height - top }, align: 'left', anchor: 'middle' };
}

function textAreaWithoutProduct(ratio: Ratio): TextArea {
  const rect = { '9:16': { x: 120, y: 420, width: 840, height: 420 }, '1:1': { x: 90, y: 230, width: 880, height: 460 }, '16:9': { x: 260, y: 230, width: 1400, height: 460 } }[ratio];
  return { roles: SCENE_ROLES, rect, align: 'center', anchor: 'middle' };
}

/** Brand and call to action on top, the product large below them; side by side in landscape, and in a square with a tall product. */
function layoutEndCard(ratio: Ratio, aspect: number | undefined, hasLogo: boolean): SceneLayout {
  const isAlone = aspect === undefined;
  const isTallInSquare = ratio === '1:1' && !isAlone && aspect < SQUARE_SIDE_ASPECT;
  const card = isTallInSquare ? SQUARE_SIDE_CARD : END_CARDS[ratio];
  const brand = isAlone ? card.brandAlone : hasLogo ? card.brandBelowLogo : card.brand;
  const action = isAlone ? card.actionAlone : card.action;
  const align = isAlone || (ratio !== '16:9' && !isTallInSquare) ? 'center' : 'left';
  return {
    ...(isAlone ? {} : { product: fitProduct(card.slot, ratio, aspect) }),
    ...(hasLogo ? { logo: isAlone ? card.logoAlone : card.logo } : {}),
    areas: [
      { roles: ['brand', 'headline', 'support'], rect: brand, align, anchor: 'bottom' },
      { roles: ['callToAction', 'legal'], rect: action, align, anchor: 'top' },
    ],
  };
}

interface EndCard {
  readonly slot: ProductSlot;
  readonly logo: Rect;
  readonly brand: Rect;
  readonly brandBelowLogo: Rect;
  readonly action: Rect;
  readonly logoAlone: Rect;
  readonly brandAlone: Rect;
  readonly actionAlone: Rect;
}

const END_CARDS: Record<Ratio, EndCard> = {
  '9:16': {
    slot: { x: 0.5, y: 0.835, maxHeight: 0.44, maxWidth: 0.86 },
    logo: { x: 340, y: 288, width: 400, height: 110 },
    brand: { x: 120, y: 288, width: 840, height: 222 },
    brandBelowLogo: { x: 120, y: 414, width: 840, height: 110 },
    action: { x: 120, y: 566, width: 840, height: 160 },
    logoAlone: { x: 340, y: 300, width: 400, height: 150 },
    brandAlone: { x: 120, y: 480, width: 840, height: 320 },
    actionAlone: { x: 300, y: 850, width: 480, height: 160 },
  },
  '1:1': {
    slot: { x: 0.5, y: 0.95, maxHeight: 0.575, maxWidth: 0.8 },
    logo: { x: 400, y: 105, width: 280, height: 64 },
    brand: { x: 64, y: 105, width: 915, height: 120 },
    brandBelowLogo: { x: 64, y: 176, width: 915, height: 58 },
    action: { x: 64, y: 270, width: 915, height: 112 },
    logoAlone: { x: 390, y: 105, width: 300, height: 96 },
    brandAlone: { x: 90, y: 210, width: 880, height: 250 },
    actionAlone: { x: 240, y: 520, width: 600, height: 130 },
  },
  '16:9': {
    slot: { x: 0.29, y: 0.92, maxHeight: 0.82, maxWidth: 0.42 },
    logo: { x: 1040, y: 190, width: 360, height: 100 },
    brand: { x: 1040, y: 190, width: 718, height: 300 },
    brandBelowLogo: { x: 1040, y: 312, width: 718, height: 170 },
    action: { x: 1040, y: 540, width: 718, height: 150 },
    logoAlone: { x: 780, y: 190, width: 360, height: 100 },
    brandAlone: { x: 260, y: 310, width: 1400, height: 180 },
    actionAlone: { x: 560, y: 520, width: 800, height: 150 },
  },
};

const SQUARE_SIDE_CARD: EndCard = {
  ...END_CARDS['1:1'],
  slot: { x: 0.735, y: 0.93, maxHeight: 0.82, maxWidth: 0.4 },
  logo: { x: 64, y: 150, width: 300, height: 90 },
  brand: { x: 64, y: 220, width: 470, height: 260 },
  brandBelowLogo: { x: 64, y: 264, width: 470, height: 216 },
  action: { x: 64, y: 528, width: 470, height: 150 },
};
