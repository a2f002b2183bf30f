import { create } from 'zustand';

/** How many frames were left out since playing began, for whoever shows it. */
export const useDropped = create<{ readonly count: number }>(() => ({ count: 0 }));

/** Counts frames that were shown and left out while playing at normal speed. Pure but for what it remembers. */
export class PlaybackStats {
  shown = 0;
  dropped = 0;
  private last: number | undefined;

  /** A frame stands on the canvas. Only frames that follow one another count; a seek or a loop begins anew. */
  note(frame: number, rate: number): void {
    if (rate !== 1) {
      this.last = undefined;
      return;
    }
    if (this.last !== undefined && frame === this.last) return;
    const missed = this.last === undefined ? 0 : frame - this.last - 1;
    this.shown++;
    if (missed > 0 && missed < LEAP) this.dropped += missed;
    this.last = frame;
  }
}

/** More than this at once is a seek. */
const LEAP = 30;
