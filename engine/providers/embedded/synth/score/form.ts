/** The form of the piece: bars with their chord and intensity, grouped into sections that begin at the cuts. */
import type { Random } from '#core/lib/random.ts';
import { type Chord, parseChords } from './harmony.ts';
import type { Mood } from './moods.ts';
import type { TempoPlan } from './tempo.ts';

export interface Bar {
  readonly index: number;
  readonly startSeconds: number;
  /** 4, or fewer in the last bar. */
  readonly beats: number;
  readonly chord: Chord;
  /** Index of the section; rhythms are drawn anew in every other one. */
  readonly section: number;
  readonly isSectionStart: boolean;
  /** The bar before a new section, or the last one: carries the fill. */
  readonly isSectionEnd: boolean;
  /** 0..1: which parts play. */
  readonly intensity: number;
}

/** Lays out the bars between the first downbeat and the final chord. */
export function planBars(mood: Mood, tempo: TempoPlan, tonic: number, cutsSeconds: readonly number[], random: Random): Bar[] {
  const count = Math.ceil(tempo.beats / 4);
  const starts = sectionStarts(count, tempo, cutsSeconds);
  const levels = intensities(starts.length, count, mood.maxIntensity);
  const chords = planChords(mood, count, tonic, starts, random);
  return Array.from({ length: count }, (_, index) => {
    const section = starts.findLastIndex((start) => start <= index);
    return {
      index,
      startSeconds: tempo.startSeconds + index * 4 * tempo.beatSeconds,
      beats: Math.min(4, tempo.beats - index * 4),
      chord: chords[index] as Chord,
      section,
      isSectionStart: starts.includes(index),
      isSectionEnd: index === count - 1 || starts.includes(index + 1),
      intensity: levels[section] ?? mood.maxIntensity,
    };
  });
}

/** First bars of the sections: bars nearest to a cut, and never more than eight bars without a change. */
function sectionStarts(count: number, tempo: TempoPlan, cuts: readonly number[]): number[] {
  const starts = new Set([0]);
  for (const cut of cuts) {
    const bar = Math.round((cut - tempo.startSeconds) / (tempo.beatSeconds * 4));
    if (bar > 0 && bar < count) starts.add(bar);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.flatMap((start, i) => splitLong(start, sorted[i + 1] ?? count, count <= 10 && cuts.length === 0 ? 2 : 8));
}

function splitLong(start: number, end: number, longest: number): number[] {
  const out: number[] = [];
  for (let bar = start; bar < end; bar += longest) if (bar === start || end - bar >= 2) out.push(bar);
  return out;
}

/** A film of up to six sections builds to its end; a long one rises and falls in waves, and ends on top. */
function intensities(sections: number, bars: number, max: number): number[] {
  if (sections === 1) return [bars <= 3 ? max : max * 0.75];
  if (sections <= 6) return Array.from({ length: sections }, (_, i) => max * (0.42 + 0.58 * Math.min(1, i / Math.max(1, sections - 2))));
  const wave = [0.5, 0.7, 0.88, 1, 0.55, 0.8, 1, 0.4];
  return Array.from({ length: sections }, (_, i) => max * (i >= sections - 2 ? 1 : (wave[i % wave.length] ?? 1)));
}

function planChords(mood: Mood, count: number, tonic: number, starts: readonly number[], random: Random): Chord[] {
  const first = parseChords(random.pick(mood.progressions), tonic);
  const second = parseChords(random.pick(mood.progressions), tonic);
  const chords = Array.from({ length: count }, (_, bar) => {
    // Long pieces alternate between two progressions, sixteen bars each.
    const progression = count > 24 && Math.floor(bar / 16) % 2 === 1 ? second : first;
    const start = count > 12 ? 0 : (starts.findLast((s) => s <= bar && s % 4 === 0) ?? 0);
    return progression[(bar - start) % progression.length] as Chord;
  });
  const cadence = parseChords(random.pick(mood.cadences), tonic);
  if (count === 1) chords[0] = cadence[1] as Chord;
  else if (count <= 3) chords[count - 1] = cadence[1] as Chord;
  else chords.splice(count - 2, 2, ...cadence);
  return chords;
}
