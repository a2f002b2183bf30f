/** How many pixels a canvas gets. Pure, but for the memory of how long frames took. */
import { sourceScale } from './painter/plan-pictures.ts';
import type { Resolution } from './stage-settings.ts';

const FIXED: Readonly<Record<Exclude<Resolution, 'auto'>, number>> = { full: 1, half: 0.5, quarter: 0.25 };

/**
 * Canvas pixels per pixel of the film.
 * @param shownScale device pixels per pixel of the film, as it stands on screen
 * @param stepsDown how often `auto` has given way, see `Pace`
 */
export function canvasScale(resolution: Resolution, shownScale: number, stepsDown: number): number {
  if (resolution !== 'auto') return FIXED[resolution];
  return Math.max(0.25, sourceScale(shownScale) / 2 ** stepsDown);
}

/** Frames that are looked at before `auto` gives way, and the part of a frame's time that painting may take. */
const WINDOW = 12;
const SHARE = 0.85;
const MAX_STEPS = 2;

/** Watches how long frames take while playing, and says when to draw fewer pixels. */
export class Pace {
  private recent: number[] = [];
  private steps = 0;

  get stepsDown(): number {
    return this.steps;
  }

  /** Takes the time of one frame; true when `stepsDown` has grown. */
  note(milliseconds: number, fps: number): boolean {
    this.recent.push(milliseconds);
    if (this.recent.length < WINDOW) return false;
    const middle = [...this.recent].sort((a, b) => a - b)[WINDOW / 2] ?? 0;
    this.recent = [];
    if (middle < (SHARE * 1000) / fps || this.steps >= MAX_STEPS) return false;
    this.steps++;
    return true;
  }

  /** Playing has ended: all pixels again. */
  reset(): void {
    this.recent = [];
    this.steps = 0;
  }
}
