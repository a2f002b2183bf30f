/** Reads a flat colour back from a finished video: is the brand colour still the brand colour? */
import type { Rect } from '#core/composition/layer.ts';
import type { FrameRate } from '../encode/frame-rate.ts';
import { decodeRegion } from './decode-region.ts';
import { deltaE2000 } from '#core/lib/color/delta-e-2000.ts';
import { labOfRgb8 } from '#core/lib/color/lab.ts';

export interface FlatColourRequest {
  readonly videoPath: string;
  readonly frameIndex: number;
  readonly fps: FrameRate;
  /** A part of the canvas that ought to have one colour, whole pixels. */
  readonly region: Rect;
  /** `#rrggbb`, sRGB. */
  readonly expected: string;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

export interface FlatColourReport {
  /** Mean colour of the region, `#rrggbb`. */
  readonly actual: string;
  /** CIEDE2000 of the mean to what was expected. */
  readonly deltaE2000: number;
  /** Largest CIEDE2000 of a single pixel to what was expected. */
  readonly worstPixelDeltaE: number;
}

/** Throws RangeError when `expected` is no hex colour, TOOL_FAILED when the frame cannot be decoded. */
export async function readFlatColour(request: FlatColourRequest): Promise<FlatColourReport> {
  const expected = labOfRgb8(...parseRgb(request.expected));
  const { data } = await decodeRegion(request);
  const sums: [number, number, number] = [0, 0, 0];
  let worstPixelDeltaE = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    sums[0] += red;
    sums[1] += green;
    sums[2] += blue;
    worstPixelDeltaE = Math.max(worstPixelDeltaE, deltaE2000(expected, labOfRgb8(red, green, blue)));
  }
  const mean = sums.map((sum) => Math.round((sum * 3) / data.length)) as [number, number, number];
  return { actual: `#${mean.map((value) => value.toString(16).padStart(2, '0')).join('')}`, deltaE2000: deltaE2000(expected, labOfRgb8(...mean)), worstPixelDeltaE };
}

function parseRgb(hex: string): [number, number, number] {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`"${hex}" is not a colour like #1a2b3c`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
