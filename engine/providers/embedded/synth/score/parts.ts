/** Turns one part of a mood and one bar into notes. Positions are sixteenths; `X` strong, `x` medium, `o` soft. */
import type { Random } from '#core/lib/random.ts';
import type { Bar } from './form.ts';
import { MODES, type Mode, nearestNote, nearestOf } from './harmony.ts';
import type { PartSpec } from './moods.ts';
import type { InstrumentName, Note } from './note.ts';

const STRENGTH: Readonly<Record<string, number>> = { X: 1, x: 0.78, o: 0.52 };

export interface Mark {
  /** Sixteenth in the bar. */
  readonly step: number;
  /** Sixteenths to the next mark or the bar's end. */
  readonly length: number;
  readonly strength: number;
}

/** Reads a rhythm row, cut off at the end of a short bar. */
export function readRow(row: string, beats: number): Mark[] {
  const steps = [...row].map((letter, step) => ({ step, strength: STRENGTH[letter] ?? 0 })).filter((mark) => mark.strength > 0 && mark.step < beats * 4);
  return steps.map((mark, i) => ({ ...mark, length: (steps[i + 1]?.step ?? beats * 4) - mark.step }));
}

/** What stays the same through a section for one part: its rhythm, its figure and its motif. */
export interface PartPlan {
  readonly spec: PartSpec;
  readonly rhythm: string;
  readonly figure: readonly number[];
  /** Melody steps in scale degrees, one per mark. */
  readonly motif: readonly number[];
}

const FIGURES = [[0, 1, 2, 3, 2, 1], [0, 2, 1, 3], [0, 1, 2, 3], [3, 2, 1, 0, 1, 2], [0, 2, 3, 2, 1, 2], [0, 3, 1, 2]] as const;
const MOTIFS = [[2, 1, 0, 1, 2, 0], [0, 1, 2, 1, -1, 0], [4, 2, 3, 1, 2, 0], [0, 2, 1, 3, 2, 4], [2, 2, 1, -1, 0, 1]] as const;

/** Draws the rhythm, figure and motif of a part. */
export function planPart(spec: PartSpec, random: Random): PartPlan {
  return { spec, rhythm: random.pick(spec.rhythms), figure: random.pick(FIGURES), motif: random.pick(MOTIFS) };
}

export interface BarContext {
  readonly bar: Bar;
  readonly voicing: readonly number[];
  readonly beatSeconds: number;
  readonly tonic: number;
  readonly mode: Mode;
  readonly random: Random;
}

/** All notes of one part in one bar. */
export function playPart(plan: PartPlan, context: BarContext): Note[] {
  const marks = readRow(plan.rhythm, context.bar.beats);
  switch (plan.spec.part) {
    case 'pad': return chordNotes(plan.spec, marks, context, 1.02);
    case 'comp': return chordNotes(plan.spec, marks, context, 0.9);
    case 'arpeggio': return arpeggioNotes(plan, marks, context);
    case 'bass': return bassNotes(plan.spec, marks, context);
    case 'melody': return melodyNotes(plan, marks, context);
  }
}

function noteAt(context: BarContext, spec: PartSpec, mark: Mark, midi: number, hold: number, strength = 1): Note {
  const sixteenth = context.beatSeconds / 4;
  return {
    instrument: spec.instrument as InstrumentName,
    startSeconds: context.bar.startSeconds + mark.step * sixteenth,
    durationSeconds: mark.length * sixteenth * hold,
    midi,
    velocity: Math.min(1, spec.velocity * mark.strength * strength * (0.82 + 0.18 * context.bar.intensity) * context.random.between(0.94, 1.04)),
  };
}

/** Struck chords are spread over a few milliseconds, as hands do; held ones are not. */
function chordNotes(spec: PartSpec, marks: readonly Mark[], context: BarContext, hold: number): Note[] {
  const spread = spec.instrument === 'pluck' ? 0.012 : spec.instrument === 'keys' ? 0.007 : 0;
  const octave = spec.octave ?? 0;
  return marks.flatMap((mark) =>
    context.voicing.map((midi, voice) => {
      const note = noteAt(context, spec, mark, midi + octave, hold, voice === context.voicing.length - 1 ? 1 : 0.86);
      return { ...note, startSeconds: note.startSeconds + voice * spread };
    }),
  );
}

function arpeggioNotes(plan: PartPlan, marks: readonly Mark[], context: BarContext): Note[] {
  const { spec, figure } = plan;
  return marks.map((mark, i) => {
    const place = figure[i % figure.length] ?? 0;
    const octaves = Math.floor(place / context.voicing.length) * 12;
    const midi = (context.voicing[place % context.voicing.length] ?? 60) + octaves + (spec.octave ?? 0);
    return noteAt(context, spec, mark, midi, spec.instrument === 'lead' ? 0.8 : 1.6);
  });
}

function bassNotes(spec: PartSpec, marks: readonly Mark[], context: BarContext): Note[] {
  const root = nearestNote(context.bar.chord.root, 40);
  const fifth = context.bar.chord.classes.find((pitchClass) => (pitchClass - context.bar.chord.root + 12) % 12 === 7);
  return marks.map((mark, i) => {
    const isColour = fifth !== undefined && i > 0 && mark.step >= 8 && i === marks.length - 1 && mark.strength < 1;
    return noteAt(context, spec, mark, isColour ? nearestNote(fifth, root) : root, 0.92);
  });
}

/** Strong and long notes are chord tones; the others may be scale neighbours of them. */
function melodyNotes(plan: PartPlan, marks: readonly Mark[], context: BarContext): Note[] {
  const { spec, motif } = plan;
  const centre = 67 + (spec.octave ?? 0) - 5;
  // Question and answer: every second bar of the phrase ends the motif the other way round.
  const answer = context.bar.index % 4 === 3 ? -1 : 1;
  const scale = MODES[context.mode].map((step) => (context.tonic + step) % 12);
  return marks.map((mark, i) => {
    const target = centre + (motif[i % motif.length] ?? 0) * 2 * answer;
    const isStrong = mark.step % 4 === 0 || mark.length >= 3 || mark.strength === 1;
    return noteAt(context, spec, mark, nearestOf(isStrong ? context.bar.chord.classes : scale, target), 1.1);
  });
}
