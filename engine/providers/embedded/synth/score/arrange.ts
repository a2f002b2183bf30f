/**
 * Writes the whole piece as a score: pickup, bars that build from cut to cut, cadence, final chord. Pure and seeded;
 * the renderer (`../synthesise.ts`) plays what stands here and decides nothing about the music.
 */
import { createRandom, type Random } from '#core/lib/random.ts';
import type { MusicRequest } from '#engine/providers/types.ts';
import { type Bar, planBars } from './form.ts';
import { nearestNote, nearestOf, parseChords, voiceChord } from './harmony.ts';
import { MOODS, type DrumSpec, type Mood } from './moods.ts';
import type { DrumHit, Note, Score } from './note.ts';
import { type PartPlan, planPart, playPart } from './parts.ts';
import { playCuts, playDrums, playEdges, playFill } from './percussion.ts';
import { fitTempo, type TempoPlan } from './tempo.ts';

/** The score of a music bed: same request, same score. */
export function arrange(request: MusicRequest): Score {
  const { soundtrack, durationSeconds } = request;
  const mood = MOODS[soundtrack.mood];
  const random = createRandom(soundtrack.seed, `music/${soundtrack.mood}`);
  const cuts = request.cutsSeconds.filter((cut) => cut > 0 && cut < durationSeconds).toSorted((a, b) => a - b);
  const tonic = random.pick(mood.tonics);
  const tempo = fitTempo(soundtrack.tempoBpm, durationSeconds, cuts);
  const bars = planBars(mood, tempo, tonic, cuts, random.fork('form'));
  const { notes, lastVoicing } = playBars(mood, tempo, tonic, bars, random);
  const hits = bars.flatMap((bar) => [
    ...playDrums(drumRows(mood, bar, random), bar, tempo.beatSeconds, random.fork(`drums/${bar.index}`)),
    ...playFill(mood, bar, tempo.beatSeconds, random.fork(`fill/${bar.index}`)),
  ]);
  return {
    notes: [...pickup(mood, tempo, notes), ...notes, ...finalChord(mood, tempo, tonic, lastVoicing)].toSorted(byStart),
    hits: [...hits, ...playCuts(mood, tempo, cuts), ...playEdges(mood, tempo)].toSorted(byStart),
    beatSeconds: tempo.beatSeconds,
    endSeconds: tempo.endSeconds,
    durationSeconds,
  };
}

function byStart(a: Note | DrumHit, b: Note | DrumHit): number {
  return a.startSeconds - b.startSeconds;
}

function playBars(mood: Mood, tempo: TempoPlan, tonic: number, bars: readonly Bar[], random: Random): { notes: Note[]; lastVoicing?: number[] } {
  const notes: Note[] = [];
  let voicing: number[] | undefined;
  for (const bar of bars) {
    voicing = voiceChord(bar.chord, voicing);
    const context = { bar, voicing, beatSeconds: tempo.beatSeconds, tonic, mode: mood.mode, random: random.fork(`bar/${bar.index}`) };
    for (const plan of partPlans(mood, bar, random)) if (bar.intensity >= plan.spec.from) notes.push(...playPart(plan, context));
  }
  return { notes, lastVoicing: voicing };
}

/** Parts keep their rhythm for the whole piece, melodies change with every fourth section, so that it stays one piece. */
function partPlans(mood: Mood, bar: Bar, random: Random): PartPlan[] {
  return mood.parts.map((spec, i) => planPart(spec, random.fork(`part/${i}/${Math.floor(bar.section / 4)}`)));
}

function drumRows(mood: Mood, bar: Bar, random: Random): Map<DrumSpec, string> {
  return new Map(mood.drums.map((spec, i) => [spec, random.fork(`row/${i}/${Math.floor(bar.section / 3)}`).pick(spec.rows)]));
}

/** Two to four rising notes before the first downbeat. */
function pickup(mood: Mood, tempo: TempoPlan, notes: readonly Note[]): Note[] {
  if (tempo.pickupBeats === 0) return [];
  const first = notes.filter((note) => note.startSeconds < tempo.startSeconds + 0.03 && note.midi >= 52).map((note) => note.midi).sort((a, b) => a - b);
  const count = tempo.pickupBeats * 2;
  const spec = mood.parts.find((part) => part.part === 'arpeggio') ?? mood.parts[0];
  return Array.from({ length: count }, (_, i) => ({
    instrument: spec?.instrument ?? 'keys',
    startSeconds: (i * tempo.beatSeconds) / 2,
    durationSeconds: tempo.beatSeconds * 0.7,
    midi: (first[Math.min(first.length - 1, Math.floor((i * first.length) / count))] ?? 60) + 12,
    velocity: 0.5 + (0.25 * i) / count,
  }));
}

/** The home chord, rolled upwards, low root and high colour, held to the very end. */
function finalChord(mood: Mood, tempo: TempoPlan, tonic: number, previous: readonly number[] | undefined): Note[] {
  const chord = parseChords(mood.final, tonic)[0];
  if (chord === undefined) return [];
  const voicing = voiceChord(chord, previous);
  const top = nearestOf([chord.root, ...chord.classes.slice(2, 3)], 79);
  const instruments = [...new Set(mood.parts.filter((part) => part.part !== 'bass').map((part) => part.instrument))];
  const bass = mood.parts.find((part) => part.part === 'bass')?.instrument ?? 'bass';
  const hold = (instrument: Note['instrument'], midi: number, delay: number, velocity: number): Note => ({
    instrument, midi, velocity, startSeconds: tempo.endSeconds + delay, durationSeconds: tempo.tailSeconds - delay,
  });
  return [
    hold(bass, nearestNote(chord.root, 36), 0, 0.8),
    ...instruments.flatMap((instrument) => {
      const spec = mood.parts.find((part) => part.instrument === instrument);
      const roll = instrument === 'pad' || instrument === 'strings' || instrument === 'stab' ? 0 : 0.028;
      return voicing.map((midi, voice) => hold(instrument, midi, voice * roll, (spec?.velocity ?? 0.5) * 0.95));
    }),
    hold('bell', top, 0.09, 0.45),
  ];
}
