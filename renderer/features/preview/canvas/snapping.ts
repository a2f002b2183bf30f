/** Lines that something which is moved on the canvas comes to rest at, and the guides that say so. Pure; pixels of the film. */
import type { Rect } from '#core/composition/layer.ts';
import type { SafeZone } from '#core/composition/safe-zones.ts';
import type { Size } from '#core/project/ratio.ts';

/** A line across the whole canvas, to be shown while something rests on it. */
export interface Guide {
  /** `x`: upright, at this x. */
  readonly axis: 'x' | 'y';
  readonly at: number;
}

export interface SnapLines {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Middle and thirds of the canvas, edges of the safe zone, edges and middles of everything else. Earlier lines win. */
export function snapLines(canvas: Size, zone: Pick<SafeZone, 'rect' | 'rail'> | undefined, others: readonly Rect[]): SnapLines {
  const across = (length: number): number[] => [length / 2, length / 3, (2 * length) / 3];
  const ends = (from: number, length: number): number[] => [from, from + length];
  return {
    x: [...across(canvas.width), ...(zone ? [...ends(zone.rect.x, zone.rect.width), ...(zone.rail ? [zone.rail.right] : [])] : []), ...others.flatMap((rect) => [rect.x + rect.width / 2, ...ends(rect.x, rect.width)])],
    y: [...across(canvas.height), ...(zone ? ends(zone.rect.y, zone.rect.height) : []), ...others.flatMap((rect) => [rect.y + rect.height / 2, ...ends(rect.y, rect.height)])],
  };
}

export interface Snap {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

/** How far a rectangle is off the nearest line that one of its edges or its middle could rest on; nothing beyond `tolerance`. */
export function snapRect(rect: Rect, lines: SnapLines, tolerance: number): Snap {
  const x = nearest([rect.x + rect.width / 2, rect.x, rect.x + rect.width], lines.x, tolerance);
  const y = nearest([rect.y + rect.height / 2, rect.y, rect.y + rect.height], lines.y, tolerance);
  return { dx: x?.off ?? 0, dy: y?.off ?? 0, guides: [...(x ? [{ axis: 'x' as const, at: x.line }] : []), ...(y ? [{ axis: 'y' as const, at: y.line }] : [])] };
}

/** One value at a time, for an edge that is dragged alone. */
export function snapValue(value: number, lines: readonly number[], tolerance: number): { readonly value: number; readonly line?: number } {
  const hit = nearest([value], lines, tolerance);
  return hit ? { value: value + hit.off, line: hit.line } : { value };
}

function nearest(places: readonly number[], lines: readonly number[], tolerance: number): { readonly off: number; readonly line: number } | undefined {
  let best: { off: number; line: number } | undefined;
  for (const line of lines) {
    for (const place of places) {
      const off = line - place;
      if (Math.abs(off) <= tolerance && (!best || Math.abs(off) < Math.abs(best.off) - 1e-9)) best = { off, line };
    }
  }
  return best;
}
