/** Every placement that the studio knows, in the order of lists. */
import { AdgenError } from '../contract/errors.ts';
import { AMAZON } from './catalogue/amazon.ts';
import { GOOGLE } from './catalogue/google.ts';
import { META } from './catalogue/meta.ts';
import { OTHERS } from './catalogue/others.ts';
import { TIKTOK } from './catalogue/tiktok.ts';
import { YOUTUBE } from './catalogue/youtube.ts';
import type { ExportRate, Placement } from './schema.ts';

/** All placements. */
export const PLACEMENTS: readonly Placement[] = [...TIKTOK, ...META, ...YOUTUBE, ...GOOGLE, ...AMAZON, ...OTHERS];

/** A placement by its id. Throws NOT_FOUND. */
export function placementById(id: string): Placement {
  const placement = PLACEMENTS.find((candidate) => candidate.id === id);
  if (!placement) throw new AdgenError('NOT_FOUND', `There is no placement "${id.slice(0, 60)}". Choose one of ${PLACEMENTS.map((known) => known.id).join(', ')}.`);
  return placement;
}

/** The rate that all sources of a placement take; 30 where nobody says anything. */
export function preferredRate({ rates }: Pick<Placement, 'rates'>): ExportRate {
  const order: readonly ExportRate[] = ['30', '29.97', '25'];
  return order.find((rate) => rates.every(({ values }) => values.includes(rate))) ?? rates[0]?.values[0] ?? '30';
}

/** The loudness that a file for a placement is made with: the placement's own, else the project's. */
export function targetLoudness({ loudness }: Pick<Placement, 'loudness'>, projectLufs: number): number {
  return loudness?.lufs ?? projectLufs;
}

/** Bits per second that the picture must be encoded with; undefined = as good as it needs, whatever that takes. */
export function targetBitrate({ bitrate }: Pick<Placement, 'bitrate'>): number | undefined {
  const least = Math.max(0, ...bitrate.min.map(({ value }) => value));
  // What the master has anyway; a floor above it must be asked of the encoder.
  if (least < 2_000_000) return undefined;
  return Math.max(least * 1.15, bitrate.recommended?.value ?? 0);
}
