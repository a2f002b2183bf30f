/**
 * Turns a backdrop request into a stage: where the product, camera, wall and key light are. Perspective follows a
 * 50–85 mm studio lens looking at the product from its own elevation, so that floors and plinths fit the photo.
 */
import { textAreaBy } from '#core/composition/layout.ts';
import { createRandom, type Random } from '#core/lib/random.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { ScenePurpose, StyleSpec } from '#core/project/schema.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { atLightness, chromaOf, colorDistance, isMuddy, lightnessOf, mixColors, parseHex, shifted, type Linear } from './paint/color.ts';
import { clamp } from './paint/math.ts';
import type { Paints, Stage, StageLight } from './set-types.ts';

/** Focal length in canvas heights: a 25° field of view, the usual product lens. */
const FOCAL_HEIGHTS = 2.2;
/** How far the wall stands behind the product, as a share of the camera's distance beyond it. */
const WALL_SHARE = 0.33;
/** Seen flatter than this a floor would vanish under the product. */
const LEAST_ELEVATION_DEG = 6;
const MOST_ELEVATION_DEG = 75;

const DRAMA: Readonly<Record<ScenePurpose, number>> = {
  hook: 1, problem: 0.75, product: 0.6, benefit: 0.5, proof: 0.45, mood: 0.7, callToAction: 0.35,
};

/** The stage of a request; product and light are clamped to what a studio can show. */
export function createStage(request: BackdropRequest): Stage {
  const size = canvasSize(request.ratio);
  const aspect = size.width / size.height;
  const random = createRandom(request.scene.seed, `set/${request.scene.backdrop.set}`);
  const elevationDeg = clamp(request.product?.cameraElevationDeg ?? 12, LEAST_ELEVATION_DEG, MOST_ELEVATION_DEG);
  const product = placeProduct(request, aspect);
  const words = placeWords(request);
  const drop = FOCAL_HEIGHTS * Math.tan((elevationDeg * Math.PI) / 180);
  return {
    size,
    aspect,
    random,
    product,
    ...(words ? { words } : {}),
    foreshortening: Math.sin((elevationDeg * Math.PI) / 180),
    horizon: product.y - drop * WALL_SHARE,
    eyeLevel: product.y - drop,
    light: placeLight(request.style),
    purpose: request.scene.purpose,
    drama: request.scene.isEndCard ? 0.15 : DRAMA[request.scene.purpose],
    grade: request.style.grade,
    paints: choosePaints(request, random.fork('paints')),
  };
}

function placeProduct(request: BackdropRequest, aspect: number): Stage['product'] {
  const given = request.product;
  if (!given) return { x: aspect / 2, y: 0.74, width: 0.24, height: 0.44, isPresent: false };
  return {
    x: clamp(given.x, -0.2, 1.2) * aspect,
    y: clamp(given.y, 0.2, 1.1),
    width: clamp(given.width * aspect, 0.02, aspect * 1.2),
    height: clamp(given.height, 0.02, 1.5),
    isPresent: true,
  };
}

/** The layout's own text area for a product that stands there; in canvas heights. */
function placeWords({ product, ratio, scene }: BackdropRequest): Stage['words'] {
  if (!product || scene.isEndCard) return undefined;
  const { width, height } = canvasSize(ratio);
  const box = { width: product.width * width, height: product.height * height, x: (product.x - product.width / 2) * width, y: (product.y - product.height) * height };
  const { rect, align } = textAreaBy(ratio, box);
  if (rect.width <= 0 || rect.height <= 0) return undefined;
  const side = align === 'center' ? 'above' : rect.x < box.x ? 'left' : 'right';
  return { side, left: rect.x / height, top: rect.y / height, right: (rect.x + rect.width) / height, bottom: (rect.y + rect.height) / height };
}

function placeLight(style: StyleSpec): StageLight {
  const azimuth = (style.light.azimuthDeg * Math.PI) / 180;
  const tint = parseHex(style.light.tint);
  const strongest = Math.max(tint[0], tint[1], tint[2], 1e-3);
  const warmth = style.grade.warmth * 0.03;
  const soften = (channel: number, shift: number): number => 1 + (channel / strongest - 1) * 0.3 + shift;
  return {
    right: Math.cos(azimuth),
    up: Math.sin(azimuth),
    slope: Math.tan((clamp(style.light.elevationDeg, 12, 80) * Math.PI) / 180),
    softness: style.light.softness,
    tint: [soften(tint[0], warmth), soften(tint[1], 0), soften(tint[2], -warmth)],
  };
}

/** How often a scene of that purpose plays in the second hue; one advert is one family of colours, not one colour. */
const SECOND_HUE: Readonly<Record<ScenePurpose, number>> = { hook: 0.1, problem: 0.5, product: 0.2, benefit: 0.85, proof: 0.55, mood: 0.35, callToAction: 0 };
/** A heavy vignette belongs to a dark, quiet film: there no scene is much lighter or darker than the others. */
const QUIET_VIGNETTE = 0.3;
const QUIET_STEP = 0.35;

function choosePaints({ style, scene }: BackdropRequest, random: Random): Paints {
  const all = style.palette.map(parseHex).map(shapeable);
  const dominant = all[0]!;
  const others = all.slice(1).filter((color) => colorDistance(color, dominant) > 0.09);
  const other = others[0] ?? contrastingTint(dominant);
  const accent = shapeable(parseHex(style.accent));
  const guest = all[3] !== undefined && colorDistance(all[3], dominant) > 0.09 ? all[3] : other;
  const isCalm = style.grade.vignette < QUIET_VIGNETTE || Math.abs(lightnessOf(guest) - lightnessOf(dominant)) < QUIET_STEP;
  const base = random.next() < SECOND_HUE[scene.purpose] && isCalm ? guest : dominant;
  const second = base === dominant ? other : dominant;
  const third = others.find((color) => color !== second && color !== base) ?? mixColors(dominant, second, 0.5);
  const feature = chooseFeature(base, [...all, accent], second);
  const kin = [feature, second, third].find((color) => color !== base && !isMuddy(base, color)) ?? shifted(base, lightnessOf(base) > 0.6 ? -0.18 : 0.18);
  const palest = all.reduce((best, color) => (lightnessOf(color) > lightnessOf(best) ? color : best), base);
  return { base, second, third, accent, feature, kin, palest, all };
}

/** The most telling other colour: far from the base and colourful; grey palettes fall back to their second tone. */
function chooseFeature(base: Linear, candidates: readonly Linear[], fallback: Linear): Linear {
  const score = (color: Linear): number => colorDistance(color, base) * (0.3 + 4 * chromaOf(color)) * (lightnessOf(color) < 0.35 ? 0.4 : 1);
  const colourful = candidates.filter((color) => chromaOf(color) > 0.05 && colorDistance(color, base) > 0.12);
  return colourful.reduce<Linear | undefined>((best, color) => (!best || score(color) > score(best) ? color : best), undefined) ?? fallback;
}

/** Black and white surfaces leave no room for shade and light; studio paper has L 0.2…0.96. */
function shapeable(color: Linear): Linear {
  return atLightness(color, clamp(lightnessOf(color), 0.2, 0.96));
}

function contrastingTint(color: Linear): Linear {
  return shifted(color, lightnessOf(color) > 0.6 ? -0.22 : 0.2);
}
