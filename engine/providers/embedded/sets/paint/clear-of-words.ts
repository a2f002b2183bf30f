/** Keeps the loud shapes of a set out of the place where words will stand, so that they need no cushion behind them. */
import type { Stage } from '../set-types.ts';
import { clamp, lengthOf, smoothstep } from './math.ts';

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** How far a disc may move behind its product, and how far it may shrink, as shares of its radius. */
const MOST_SHIFT = 0.78;
const LEAST_SIZE = 0.72;
/** Air between a disc and the words' area, canvas heights: words beside it begin at the area's border, words under it do not. */
const AIR = { above: 0.01, beside: 0.05 };

/** A sun behind the product, lowered under words that stand above it, or moved and shrunk away from words beside it. */
export function clearOfWords({ words, product }: Stage, disc: Disc): Disc {
  if (!words) return disc;
  if (words.side === 'above') {
    const top = words.bottom + AIR.above;
    const radius = clamp(disc.radius, 0, Math.max(LEAST_SIZE * disc.radius, (product.y - top) * 0.72));
    return { ...disc, radius, y: Math.max(disc.y, top + radius) };
  }
  const isLeft = words.side === 'left';
  const border = isLeft ? words.right + AIR.beside : words.left - AIR.beside;
  const overlap = (x: number, radius: number): number => (isLeft ? border - (x - radius) : x + radius - border);
  const shift = clamp(overlap(disc.x, disc.radius), 0, MOST_SHIFT * disc.radius);
  const x = disc.x + (isLeft ? shift : -shift);
  return { ...disc, x, radius: clamp(disc.radius - overlap(x, disc.radius), LEAST_SIZE * disc.radius, disc.radius) };
}

/** How far the words' calm reaches beyond them, canvas heights. */
const CALM_REACH = 0.26;

/** 1 where words stand, 0 away from them: patterns of light give way there. */
export function calmUnderWords({ words }: Stage): (x: number, y: number) => number {
  if (!words) return () => 0;
  return (x, y) => {
    const across = Math.max(words.left - x, x - words.right, 0);
    const along = Math.max(words.top - y, y - words.bottom, 0);
    return smoothstep(CALM_REACH, 0, lengthOf(across, along));
  };
}
