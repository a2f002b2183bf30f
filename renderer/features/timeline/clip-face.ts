/** Class names that clips share: a face in the track's colour, a ring when selected. */
import { cx } from '../../ui/cx.ts';

const TRACKS = {
  scene: 'bg-[color-mix(in_oklab,var(--track-scene)_26%,var(--surface))] border-[color-mix(in_oklab,var(--track-scene)_60%,var(--surface))]',
  caption: 'bg-[color-mix(in_oklab,var(--track-caption)_24%,var(--surface))] border-[color-mix(in_oklab,var(--track-caption)_55%,var(--surface))]',
  music: 'bg-[color-mix(in_oklab,var(--track-music)_18%,var(--surface))] border-[color-mix(in_oklab,var(--track-music)_50%,var(--surface))]',
  voice: 'bg-[color-mix(in_oklab,var(--track-voice)_20%,var(--surface))] border-[color-mix(in_oklab,var(--track-voice)_55%,var(--surface))]',
} as const;

/** A clip that is narrower has neither words nor edges to hold: it can be selected and moved, and hundreds of them cost little. */
export const NARROW_PX = 24;

/** The face of a clip. */
export function clipFace(track: keyof typeof TRACKS, isSelected: boolean): string {
  return cx('pointer-events-auto absolute rounded-[5px] border', track !== 'caption' && 'overflow-clip', TRACKS[track], isSelected && 'after:pointer-events-none after:absolute after:inset-[-1px] after:z-20 after:rounded-[5px] after:border-2 after:border-accent');
}

/** The strip at a clip's edge that trims it. */
export const EDGE = 'absolute inset-y-0 z-10 w-[7px] rounded-[4px] cursor-ew-resize hover:bg-text/25';
