/**
 * Chords, scales and voice leading, as MIDI note numbers (60 = middle C). No sound here: what comes out is note lists
 * that a test can check for consonance and smoothness.
 */

/** Semitones above the root, in the order in which they are most needed. */
const QUALITIES = {
  maj: [0, 4, 7],
  add9: [0, 4, 7, 14],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 11, 14],
  six9: [0, 4, 9, 14],
  m: [0, 3, 7],
  madd9: [0, 3, 7, 14],
  m7: [0, 3, 7, 10],
  m9: [0, 3, 10, 14],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  sus7: [0, 5, 7, 10],
} as const;
export type ChordQuality = keyof typeof QUALITIES;

export const MODES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
} as const;
export type Mode = keyof typeof MODES;

/** A chord in a key: pitch classes of root and members. */
export interface Chord {
  readonly root: number;
  readonly classes: readonly number[];
  readonly name: string;
}

/** Parses `'0:add9 7:sus4'` (root as semitones above the tonic, then quality) into chords of the key of `tonic`. */
export function parseChords(text: string, tonic: number): Chord[] {
  return text.split(' ').map((item) => {
    const [offset = '0', quality = 'maj'] = item.split(':');
    const intervals = QUALITIES[quality as ChordQuality];
    if (intervals === undefined) throw new RangeError(`Unknown chord quality: ${item}`);
    const root = (tonic + Number(offset)) % 12;
    return { root, classes: intervals.map((interval) => (root + interval) % 12), name: item };
  });
}

/** The note of pitch class `pitchClass` that is nearest to `target` (the lower one on a tie). */
export function nearestNote(pitchClass: number, target: number): number {
  const below = target - ((((target - pitchClass) % 12) + 12) % 12);
  return target - below <= below + 12 - target ? below : below + 12;
}

/** The note of any of `classes` that is nearest to `target`. */
export function nearestOf(classes: readonly number[], target: number): number {
  let best = nearestNote(classes[0] ?? 0, target);
  for (const pitchClass of classes) {
    const note = nearestNote(pitchClass, target);
    if (Math.abs(note - target) < Math.abs(best - target)) best = note;
  }
  return best;
}

const VOICING_LOW = 53;
const VOICING_HIGH = 77;

/** Places a chord so that its voices move as little as possible from `previous`; ascending, no clusters below middle C. */
export function voiceChord(chord: Chord, previous: readonly number[] | undefined): number[] {
  let best: number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of voicings(chord)) {
    const cost = voicingCost(candidate, previous);
    if (cost < bestCost) [best, bestCost] = [candidate, cost];
  }
  return best;
}

function voicings(chord: Chord): number[][] {
  const out: number[][] = [];
  const place = (index: number, notes: number[]): void => {
    if (index === chord.classes.length) {
      out.push(notes.toSorted((a, b) => a - b));
      return;
    }
    const first = VOICING_LOW + ((((chord.classes[index] ?? 0) - VOICING_LOW) % 12) + 12) % 12;
    for (let note = first; note <= VOICING_HIGH; note += 12) place(index + 1, [...notes, note]);
  };
  place(0, []);
  return out;
}

function voicingCost(notes: readonly number[], previous: readonly number[] | undefined): number {
  const spread = (notes.at(-1) ?? 0) - (notes[0] ?? 0);
  let cost = Math.max(0, spread - 15) * 2 + Math.max(0, 7 - spread) * 2;
  for (let i = 1; i < notes.length; i++) {
    const gap = (notes[i] ?? 0) - (notes[i - 1] ?? 0);
    if (gap === 1) cost += 6;
    if (gap < 3 && (notes[i - 1] ?? 0) < 60) cost += 4;
  }
  // A minor ninth (C below D flat an octave up) grates in held chords.
  for (const low of notes) if (notes.includes(low + 13)) cost += 8;
  const reference = previous ?? [57, 62, 65, 69];
  cost += notes.reduce((sum, note) => sum + Math.min(...reference.map((other) => Math.abs(other - note))), 0);
  cost += reference.reduce((sum, other) => sum + Math.min(...notes.map((note) => Math.abs(other - note))), 0);
  // Pulls the whole back to the middle of the range, so that many small steps do not drift away.
  return cost + Math.abs(notes.reduce((sum, note) => sum + note, 0) / notes.length - 64) * 0.5;
}
