/**
 * The four moods as data: key, chords and the parts that enter as the piece grows. Roots are semitones above the tonic.
 * Drum rows are sixteenths of one bar: X strong, x medium, o soft.
 */
import type { Soundtrack } from '#core/project/schema.ts';
import type { Mode } from './harmony.ts';
import type { DrumName, InstrumentName } from './note.ts';

export type MoodName = Soundtrack['mood'];

/** A part that plays from `from` (intensity 0..1) upwards. */
export interface PartSpec {
  readonly part: 'pad' | 'comp' | 'arpeggio' | 'bass' | 'melody';
  readonly instrument: InstrumentName;
  readonly from: number;
  readonly velocity: number;
  /** Rhythms in sixteenths (one is drawn by the seed); for `arpeggio` each mark is the next note of the figure. */
  readonly rhythms: readonly string[];
  readonly octave?: number;
}

export interface DrumSpec {
  readonly drum: DrumName;
  readonly from: number;
  readonly velocity: number;
  readonly rows: readonly string[];
}

export interface Mood {
  readonly tonics: readonly number[];
  readonly mode: Mode;
  readonly progressions: readonly string[];
  /** Two bars that lead home. */
  readonly cadences: readonly string[];
  readonly final: string;
  readonly parts: readonly PartSpec[];
  readonly drums: readonly DrumSpec[];
  /** What marks a cut, softest first. */
  readonly accents: readonly DrumName[];
  readonly fill: DrumName;
  readonly maxIntensity: number;
  /** How far kick drums push the rest down, 0..1. */
  readonly pump: number;
  readonly reverb: number;
}

const WHOLE = 'X...............';

export const MOODS: Readonly<Record<MoodName, Mood>> = {
  calm: {
    tonics: [0, 2, 5, 7, 10],
    mode: 'major',
    progressions: ['0:maj9 9:m7 5:maj9 7:sus4', '5:maj7 0:add9 2:m7 0:add9', '0:add9 4:m7 5:maj9 5:six9', '9:m7 5:maj9 0:add9 7:sus4'],
    cadences: ['5:maj9 7:sus7', '2:m9 7:sus4', '5:add9 5:six9'],
    final: '0:six9',
    parts: [
      { part: 'pad', instrument: 'pad', from: 0, velocity: 0.62, rhythms: [WHOLE] },
      { part: 'comp', instrument: 'keys', from: 0, velocity: 0.55, rhythms: ['X.........o.....', 'X.....o.........', 'X.......o.....o.'] },
      { part: 'arpeggio', instrument: 'mallet', from: 0.4, velocity: 0.5, rhythms: ['X.x.x.x.x.x.x.x.', 'X.x.x.x.x...x.x.', 'X..x..x.X..x..x.'], octave: 12 },
      { part: 'bass', instrument: 'bass', from: 0.3, velocity: 0.7, rhythms: [WHOLE, 'X.........x.....', 'X.............o.'] },
      { part: 'melody', instrument: 'bell', from: 0.6, velocity: 0.42, rhythms: ['X.....x.........', 'X...x.....x.....', '....x...X.......'], octave: 12 },
    ],
    drums: [
      { drum: 'softKick', from: 0.55, velocity: 0.6, rows: ['X.........x.....', 'X...............', 'X.....o...x.....'] },
      { drum: 'rim', from: 0.65, velocity: 0.35, rows: ['....x.......x...', '........x.......'] },
      { drum: 'shaker', from: 0.5, velocity: 0.4, rows: ['x.o.x.o.x.o.x.o.', 'o.x.o.x.o.x.o.x.'] },
    ],
    accents: ['swell'],
    fill: 'shaker',
    maxIntensity: 0.85,
    pump: 0.08,
    reverb: 0.34,
  },
  upbeat: {
    tonics: [0, 2, 4, 7, 9],
    mode: 'major',
    progressions: ['0:add9 7:maj 9:m7 5:add9', '0:add9 5:add9 9:m7 7:sus4', '9:m7 5:add9 0:add9 7:maj', '5:add9 0:maj 7:maj 9:m7', '0:add9 4:m7 5:add9 7:maj'],
    cadences: ['5:add9 7:maj', '2:m7 7:sus4', '5:add9 7:sus7'],
    final: '0:add9',
    parts: [
      { part: 'pad', instrument: 'pad', from: 0.35, velocity: 0.42, rhythms: [WHOLE] },
      { part: 'comp', instrument: 'pluck', from: 0, velocity: 0.75, rhythms: ['X..x..x.x..x..x.', 'X.xx.x.xX.xx.x.x', 'X..x..X...x.X...'] },
      { part: 'comp', instrument: 'keys', from: 0.5, velocity: 0.5, rhythms: ['..x...x...x...x.', 'X.....x.....x...'] },
      { part: 'arpeggio', instrument: 'mallet', from: 0.6, velocity: 0.45, rhythms: ['X.x.X.x.X.x.X.x.', 'X.xxx.x.X.xxx.x.'], octave: 12 },
      { part: 'bass', instrument: 'bass', from: 0.45, velocity: 0.85, rhythms: ['X..x..X...x.x...', 'X.x.x.x.X.x.x.x.', 'X.....x.X.....x.'] },
      { part: 'melody', instrument: 'bell', from: 0.7, velocity: 0.5, rhythms: ['X...x.x.....x...', '..x.x.X...x.....', 'X..x..x.........'], octave: 12 },
    ],
    drums: [
      { drum: 'kick', from: 0.5, velocity: 0.85, rows: ['X...X...X...X...', 'X.....x.X.......', 'X.....x...X.....'] },
      { drum: 'clap', from: 0.4, velocity: 0.7, rows: ['....X.......X...', '....X.......X..o'] },
      { drum: 'hat', from: 0.6, velocity: 0.5, rows: ['x.o.x.o.x.o.x.o.', '..x...x...x...x.', 'xoxoxoxoxoxoxoxo'] },
      { drum: 'shaker', from: 0.75, velocity: 0.4, rows: ['xoxoxoxoxoxoxoxo', 'o.x.o.x.o.x.o.x.'] },
    ],
    accents: ['swell', 'crash'],
    fill: 'snare',
    maxIntensity: 1,
    pump: 0.22,
    reverb: 0.2,
  },
  elegant: {
    tonics: [0, 2, 4, 7, 9],
    mode: 'minor',
    progressions: ['0:m9 8:maj7 3:add9 10:sus2', '0:madd9 5:m7 10:add9 3:maj7', '0:m9 3:maj7 8:maj9 10:sus4', '8:maj7 10:add9 0:m7 3:add9'],
    cadences: ['8:maj7 10:add9', '5:m9 10:sus4', '8:maj9 7:sus4'],
    final: '0:madd9',
    parts: [
      { part: 'pad', instrument: 'strings', from: 0, velocity: 0.6, rhythms: [WHOLE] },
      { part: 'arpeggio', instrument: 'pluck', from: 0.2, velocity: 0.6, rhythms: ['X.x.x.x.X.x.x.x.', 'X.xxx.x.X.xxx.x.', 'X..x..x.x..x..x.'] },
      { part: 'comp', instrument: 'keys', from: 0, velocity: 0.55, rhythms: [WHOLE, 'X.......o.......', 'X.....o.........'] },
      { part: 'bass', instrument: 'bass', from: 0.4, velocity: 0.7, rhythms: [WHOLE, 'X.......x.......', 'X.....x.....o...'] },
      { part: 'melody', instrument: 'keys', from: 0.6, velocity: 0.55, rhythms: ['X.....x.x.......', '....X...x...x...', 'X.......x.x.....'], octave: 12 },
    ],
    drums: [
      { drum: 'softKick', from: 0.6, velocity: 0.65, rows: ['X.........x.....', 'X.......X.......'] },
      { drum: 'rim', from: 0.7, velocity: 0.4, rows: ['....x.......x...', '....x.......x.o.'] },
      { drum: 'hat', from: 0.75, velocity: 0.28, rows: ['o.o.x.o.o.o.x.o.', '..x...x...x...x.'] },
    ],
    accents: ['swell'],
    fill: 'hat',
    maxIntensity: 0.9,
    pump: 0.1,
    reverb: 0.32,
  },
  bold: {
    tonics: [0, 2, 4, 5, 9],
    mode: 'minor',
    progressions: ['0:m 8:maj 3:maj 10:maj', '0:m 0:madd9 8:maj 10:maj', '0:m 10:maj 8:maj7 10:sus4', '0:madd9 5:m 8:maj 10:maj'],
    cadences: ['8:maj 10:maj', '5:m 10:sus4', '8:maj7 10:maj'],
    final: '0:madd9',
    parts: [
      { part: 'pad', instrument: 'pad', from: 0, velocity: 0.5, rhythms: [WHOLE] },
      { part: 'bass', instrument: 'synthBass', from: 0, velocity: 0.8, rhythms: ['X.x.x.x.X.x.x.x.', 'X..x..x.X..x..x.', 'XxxxXxxxXxxxXxxx'] },
      { part: 'arpeggio', instrument: 'lead', from: 0.4, velocity: 0.45, rhythms: ['XxxxXxxxXxxxXxxx', 'X.xxX.xxX.xxX.xx', 'X..x..x.X..x..x.'], octave: 12 },
      { part: 'comp', instrument: 'stab', from: 0.55, velocity: 0.6, rhythms: ['X.....x.........', 'X..x..X.........', 'X.........x.....'] },
      { part: 'melody', instrument: 'strings', from: 0.8, velocity: 0.55, rhythms: ['X.......x.......', 'X.....x.....x...'], octave: 12 },
    ],
    drums: [
      { drum: 'kick', from: 0.3, velocity: 0.95, rows: ['X.........x.....', 'X.....x...X.....', 'X...X...X...X...'] },
      { drum: 'snare', from: 0.6, velocity: 0.75, rows: ['....X.......X...', '........X.......'] },
      { drum: 'tom', from: 0.55, velocity: 0.7, rows: ['......x.......xx', '..........x.x.x.'] },
      { drum: 'hat', from: 0.7, velocity: 0.42, rows: ['xoxoxoxoxoxoxoxo', 'x.o.x.o.x.o.x.o.'] },
    ],
    accents: ['swell', 'impact', 'crash'],
    fill: 'tom',
    maxIntensity: 1,
    pump: 0.25,
    reverb: 0.22,
  },
};
