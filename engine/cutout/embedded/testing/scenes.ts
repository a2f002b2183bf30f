/** The generated test photos: one per difficulty that product photographers meet. Sizes are kept small for the tests. */
import { blend, glossy, gradient, horizon, light, matte, metal, plaster, printed, scale, sweep, wood } from './paints.ts';
import type { Paint, PhotoScene } from './render-photo.ts';
import { capsule, circle, ellipse, polygon, ring, roundedBox, union, without, type Shape } from './shapes.ts';

type Part = PhotoScene['parts'][number];

const LANDSCAPE = { width: 960, height: 720 };
const PORTRAIT = { width: 720, height: 960 };
const BASE = { ...LANDSCAPE, seed: 1, blurPx: 2, noise: 1.2 };
const SOFT_SHADOW = { baseY: 0.84, slope: 0.9, height: 0.35, strength: 0.45, softness: 0.06 };
const HARD_SHADOW = { baseY: 0.84, slope: 0.8, height: 0.4, strength: 0.55, softness: 0.006 };

/** Every scene by name. */
export const SCENES: Readonly<Record<string, PhotoScene>> = {
  'bottle on white sweep': { ...BASE, ...PORTRAIT, background: sweep('#e9e9ea'), parts: bottle('#5c8f7a', '#f2f1ee'), shadow: SOFT_SHADOW, contact: contactAt(0.5, 0.16) },
  'white jar on white': { ...BASE, background: sweep('#ececed', 0.1), parts: jar('#f4f4f3', '#e6e6e6'), shadow: { ...SOFT_SHADOW, strength: 0.22 }, contact: contactAt(0.65, 0.2) },
  'black flask on near-black': { ...BASE, ...PORTRAIT, background: gradient('#2c2e33', '#17181a'), parts: bottle('#08090a', '#3c3f45'), contact: contactAt(0.5, 0.16) },
  'mug with handle on coral': { ...BASE, background: sweep('#d8614c', 0.3), parts: mug('#f3ebe6'), shadow: { ...SOFT_SHADOW, strength: 0.4 }, contact: contactAt(0.6, 0.2) },
  'white mug on white': { ...BASE, background: sweep('#e6e6e8', 0.12), parts: mug('#f0f0ee'), shadow: { ...SOFT_SHADOW, strength: 0.25 }, contact: contactAt(0.6, 0.2) },
  'green box on green': { ...BASE, background: sweep('#6fae7f', 0.25), parts: carton('#4f9566', '#63ab78', '#3c7a50'), shadow: SOFT_SHADOW, contact: contactAt(0.66, 0.26) },
  'carton with hard shadow': { ...BASE, background: sweep('#dedcd8', 0.2), parts: carton('#b98048', '#cf9a62', '#8d5d31'), shadow: HARD_SHADOW },
  'bottle with hard shadow on blue': { ...BASE, ...PORTRAIT, background: sweep('#7fb2dc', 0.2), parts: bottle('#e8b23a', '#2b2b2e'), shadow: HARD_SHADOW },
  'can with metal rims on grey': { ...BASE, ...PORTRAIT, background: gradient('#d2d3d6', '#b4b5b8'), parts: can('#c8361f'), shadow: { ...SOFT_SHADOW, strength: 0.3 }, contact: contactAt(0.5, 0.15) },
  'bottle on table before wall': { ...BASE, background: horizon('#d9d2c6', '#8d6b4e', 0.6, 0.01), parts: bottle('#27476e', '#e9e4da', 0.66), shadow: SOFT_SHADOW, contact: contactAt(0.66, 0.16) },
  'jar before a soft horizon': { ...BASE, background: horizon('#b9cbd6', '#e8e2d8', 0.55, 0.25), parts: jar('#d9774f', '#f4efe6'), shadow: { ...SOFT_SHADOW, strength: 0.3 }, contact: contactAt(0.65, 0.2) },
  'tube on wood': { ...BASE, background: wood('#a9825a'), parts: bottle('#f1f0ec', '#d8b34a', 0.66), shadow: { ...SOFT_SHADOW, strength: 0.35 }, contact: contactAt(0.66, 0.16) },
  'blue jar on plaster': { ...BASE, background: plaster('#cfc6ba', 0.16), parts: jar('#2f4f86', '#e7e2d5'), shadow: { ...SOFT_SHADOW, strength: 0.35 }, contact: contactAt(0.65, 0.2) },
  'glass tumbler on grey': { ...BASE, background: gradient('#d9dce0', '#bfc3c8'), parts: tumbler(), shadow: { ...SOFT_SHADOW, strength: 0.18 }, contact: contactAt(0.66, 0.15) },
  'cup with straw on yellow': { ...BASE, ...PORTRAIT, background: sweep('#f0c93f', 0.2), parts: cupWithStraw(), shadow: SOFT_SHADOW, contact: contactAt(0.5, 0.15) },
  'two white balls on white': { ...BASE, background: sweep('#e8e8e9', 0.12), parts: balls('#f3f3f2'), shadow: { ...SOFT_SHADOW, baseY: 0.7, strength: 0.25, softness: 0.08 } },
  'bottle crossing the bottom edge': { ...BASE, ...PORTRAIT, background: gradient('#cfe0e6', '#a9c4ce'), parts: [part(roundedBox(0.5, 1.1, 0.22, 0.5, 0.08), glossy('#7a3f8f', 0.5, 0.22)), part(roundedBox(0.5, 0.5, 0.09, 0.16, 0.02), matte('#efe9f2', 0.5, 0.09))] },
  'white tin on near-white': { ...BASE, background: sweep('#ebebec', 0.08), parts: tin('#f6f6f5', '#f3f3f2', '#f7f7f7'), shadow: { ...SOFT_SHADOW, strength: 0.2 }, contact: contactAt(0.66, 0.24) },
  'red tin with a bright rim': { ...BASE, background: sweep('#dcdcdd', 0.1), parts: tin('#b9422f', '#7d2c20', '#e9e9ea'), shadow: { ...SOFT_SHADOW, strength: 0.3 }, contact: contactAt(0.66, 0.24) },
  'ring on pink': { ...BASE, background: sweep('#e6c6c4', 0.15), parts: [part(ring(0.66, 0.5, 0.24, 0.26, 0.045), metal(0.66, 0.26))], contact: contactAt(0.66, 0.08, 0.79) },
  'noisy small photo': { ...BASE, width: 400, height: 400, noise: 4, background: sweep('#dcdcdd', 0.15), parts: bottle('#b5563f', '#efefef'), shadow: SOFT_SHADOW, contact: contactAt(0.5, 0.16) },
  'soft focus shoe-like blob on grey': { ...BASE, blurPx: 7, background: sweep('#c9c9cc', 0.2), parts: [part(union(ellipse(0.55, 0.66, 0.26, 0.17), ellipse(0.78, 0.73, 0.22, 0.1)), matte('#3d6fa8', 0.66, 0.4)), part(capsule(0.34, 0.82, 0.98, 0.82, 0.03), matte('#f2f2f2', 0.66, 0.4))], shadow: { ...SOFT_SHADOW, baseY: 0.85, strength: 0.35 }, contact: contactAt(0.66, 0.34, 0.85) },
};

function part(shape: Shape, paint: Paint, opacity = 1): Part {
  return { shape, paint, opacity };
}

function contactAt(x: number, halfWidth: number, y = 0.84): NonNullable<PhotoScene['contact']> {
  return { x, y, halfWidth, strength: 0.6 };
}

function bottle(bodyHex: string, capHex: string, x = 0.5): Part[] {
  const body = printed(matte(bodyHex, x, 0.15), { x, y: 0.62, halfWidth: 0.09, halfHeight: 0.1 }, '#f4f2ec', bodyHex);
  return [part(roundedBox(x, 0.37, 0.035, 0.12, 0.01), matte(capHex, x, 0.04)), part(roundedBox(x, 0.6, 0.15, 0.24, 0.06), body), part(roundedBox(x, 0.3, 0.065, 0.055, 0.012), glossy(capHex, x, 0.065))];
}

function jar(bodyHex: string, lidHex: string): Part[] {
  const body = printed(glossy(bodyHex, 0.65, 0.2), { x: 0.65, y: 0.66, halfWidth: 0.12, halfHeight: 0.07 }, bodyHex, '#5a5a60');
  return [part(roundedBox(0.65, 0.64, 0.2, 0.2, 0.05), body), part(roundedBox(0.65, 0.41, 0.205, 0.05, 0.015), matte(lidHex, 0.65, 0.205))];
}

function mug(hex: string): Part[] {
  const handle = without(ellipse(0.8, 0.58, 0.14, 0.15), ellipse(0.8, 0.58, 0.1, 0.11));
  const body = printed(matte(hex, 0.6, 0.2), { x: 0.58, y: 0.6, halfWidth: 0.1, halfHeight: 0.06 }, hex, '#2d3350');
  const opening: Paint = (x) => scale(light(hex), 0.55 + 0.6 * (x - 0.45));
  return [part(handle, matte(hex, 0.86, 0.12)), part(union(roundedBox(0.6, 0.6, 0.19, 0.24, 0.05), roundedBox(0.6, 0.46, 0.19, 0.1, 0.005)), body), part(ellipse(0.6, 0.36, 0.19, 0.045), matte(hex, 0.6, 0.25)), part(ellipse(0.6, 0.362, 0.175, 0.036), opening)];
}

function carton(frontHex: string, topHex: string, sideHex: string): Part[] {
  const front = printed(matte(frontHex, 0.55, 0.6), { x: 0.55, y: 0.64, halfWidth: 0.12, halfHeight: 0.1 }, frontHex, '#22303a');
  return [
    part(polygon([[0.38, 0.46], [0.76, 0.46], [0.76, 0.84], [0.38, 0.84]]), front),
    part(polygon([[0.76, 0.46], [0.92, 0.36], [0.92, 0.72], [0.76, 0.84]]), matte(sideHex, 0.84, 0.4)),
    part(polygon([[0.38, 0.46], [0.54, 0.36], [0.92, 0.36], [0.76, 0.46]]), matte(topHex, 0.65, 0.6)),
  ];
}

function can(hex: string): Part[] {
  const body = printed(glossy(hex, 0.5, 0.15), { x: 0.5, y: 0.6, halfWidth: 0.1, halfHeight: 0.12 }, '#f2e6cf', hex);
  return [part(roundedBox(0.5, 0.58, 0.13, 0.27, 0.03), metal(0.5, 0.13)), part(roundedBox(0.5, 0.58, 0.15, 0.22, 0.05), body), part(ellipse(0.5, 0.33, 0.13, 0.03), metal(0.45, 0.2))];
}

/** A flat tin: its rim nearly as light as the background, the lid's mirror dark and bright in turns right behind the rim. */
function tin(bodyHex: string, baseHex: string, rimHex: string): Part[] {
  const mirror: Paint = (x) => scale([1, 1, 1.01], 0.55 + 0.4 * Math.sin((x - 0.66) * 34));
  return [
    part(union(ellipse(0.66, 0.76, 0.235, 0.07), roundedBox(0.66, 0.7, 0.235, 0.06, 0.004)), matte(baseHex, 0.66, 0.4)),
    part(union(ellipse(0.66, 0.7, 0.24, 0.07), roundedBox(0.66, 0.57, 0.24, 0.13, 0.004)), matte(bodyHex, 0.66, 0.3)),
    part(ellipse(0.66, 0.44, 0.24, 0.07), (x) => scale(light(rimHex), 1 + 0.02 * Math.sin(x * 40))),
    part(ellipse(0.66, 0.441, 0.232, 0.063), mirror),
  ];
}

function tumbler(): Part[] {
  const outer = polygon([[0.5, 0.38], [0.82, 0.38], [0.78, 0.84], [0.54, 0.84]]);
  const wall: Paint = (_x, _y, distance) => blend([0.75, 0.78, 0.8], [0.08, 0.1, 0.12], Math.exp(-(((distance + 0.006) / 0.008) ** 2)));
  const drink: Paint = (x) => blend(light('#d0641e'), light('#f6c27a'), 0.5 + 1.2 * (x - 0.66));
  return [part(outer, wall, 0.45), part(polygon([[0.518, 0.56], [0.802, 0.56], [0.775, 0.81], [0.545, 0.81]]), drink, 0.85)];
}

function cupWithStraw(): Part[] {
  return [part(capsule(0.53, 0.5, 0.62, 0.2, 0.007), matte('#e8412c', 0.58, 0.1)), part(polygon([[0.36, 0.42], [0.64, 0.42], [0.6, 0.84], [0.4, 0.84]]), printed(matte('#f4f1ea', 0.5, 0.14), { x: 0.5, y: 0.62, halfWidth: 0.08, halfHeight: 0.09 }, '#2e6b57', '#f4f1ea')), part(roundedBox(0.5, 0.41, 0.155, 0.018, 0.008), matte('#ffffff', 0.5, 0.155))];
}

function balls(hex: string): Part[] {
  const ball = (x: number, y: number, radius: number): Part => part(circle(x, y, radius), (px, py) => {
    const across = ((px - x) ** 2 + (py - y) ** 2) / radius ** 2;
    return scale(light(hex), 0.66 + 0.36 * Math.sqrt(Math.max(0, 1 - across * 0.8)) - 0.25 * ((py - y) / radius));
  });
  return [ball(0.45, 0.52, 0.18), ball(0.95, 0.6, 0.1)];
}
