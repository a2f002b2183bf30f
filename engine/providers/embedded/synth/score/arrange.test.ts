import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.ts';
import { MODES, parseChords, voiceChord } from './harmony.ts';
import { MOODS, type MoodName } from './moods.ts';
import { fitTempo } from './tempo.ts';

const moods = Object.keys(MOODS) as MoodName[];
const request = (mood: MoodName, durationSeconds: number, seed = 1, cutsSeconds: number[] = []) => ({ soundtrack: { mood, tempoBpm: 104, seed }, durationSeconds, cutsSeconds });

describe('harmony of the moods', () => {
  it.each(moods)('%s stays in its key, every chord and cadence', (name) => {
    const mood = MOODS[name];
    for (const text of [...mood.progressions, ...mood.cadences, mood.final]) {
      for (const chord of parseChords(text, 0)) expect(chord.classes.filter((pitchClass) => !MODES[mood.mode].includes(pitchClass as never))).toEqual([]);
    }
  });

  it.each(moods)('%s leads its voices by small steps, without minor ninths or low clusters', (name) => {
    const mood = MOODS[name];
    for (const text of mood.progressions) {
      for (const tonic of mood.tonics) {
        const voicings: number[][] = [];
        for (const chord of parseChords(`${text} ${text}`, tonic)) voicings.push(voiceChord(chord, voicings.at(-1)));
        for (const [i, notes] of voicings.entries()) {
          for (const note of notes) expect(notes).not.toContain(note + 13);
          const previous = voicings[i - 1];
          if (previous === undefined) continue;
          const moves = notes.map((note) => Math.min(...previous.map((other) => Math.abs(other - note))));
          expect(moves.reduce((sum, move) => sum + move, 0) / notes.length).toBeLessThanOrEqual(3);
        }
      }
    }
  });
});

describe('fitTempo', () => {
  it.each([2, 3, 5, 6, 10, 15, 20, 29.97, 60, 600])('ends a film of %d s on a beat with room to ring', (duration) => {
    for (const bpm of [50, 78, 104, 128, 180]) {
      const plan = fitTempo(bpm, duration, []);
      expect(Math.abs(plan.bpm / bpm - 1)).toBeLessThanOrEqual(0.0601);
      expect(plan.startSeconds + plan.beats * plan.beatSeconds).toBeCloseTo(plan.endSeconds, 6);
      expect(plan.tailSeconds).toBeGreaterThan(0.5);
      expect(plan.tailSeconds).toBeLessThan(4.3);
    }
  });

  it('brings cuts onto beats when it can', () => {
    const cuts = [3.7, 7.5, 11.3];
    const plan = fitTempo(110, 15, cuts);
    const misses = cuts.map((cut) => Math.abs((cut - plan.startSeconds) / plan.beatSeconds - Math.round((cut - plan.startSeconds) / plan.beatSeconds)) * plan.beatSeconds);
    expect(Math.max(...misses)).toBeLessThan(0.12);
  });
});

describe('arrange', () => {
  it('is the same for the same request and differs by seed', () => {
    expect(arrange(request('upbeat', 15, 4))).toEqual(arrange(request('upbeat', 15, 4)));
    expect(arrange(request('upbeat', 15, 5))).not.toEqual(arrange(request('upbeat', 15, 4)));
  });

  it.each(moods)('%s ends with the home chord, which rings to the end', (name) => {
    for (const duration of [2, 6, 15, 60]) {
      const score = arrange(request(name, duration));
      const last = score.notes.filter((note) => note.startSeconds >= score.endSeconds - 1e-6);
      const bass = last.toSorted((a, b) => a.midi - b.midi)[0];
      expect(last.length).toBeGreaterThan(4);
      expect(new Set(last.map((note) => (note.startSeconds + note.durationSeconds).toFixed(6)))).toEqual(new Set([duration.toFixed(6)]));
      expect(MOODS[name].tonics).toContain((bass?.midi ?? -1) % 12);
      for (const note of score.notes) expect(note.startSeconds).toBeGreaterThanOrEqual(0);
    }
  });

  it('grows from cut to cut and swells into each of them', () => {
    const cuts = [4, 8, 12];
    const score = arrange(request('upbeat', 16, 2, cuts));
    const density = [0, 4, 8].map((from) => score.notes.filter((note) => note.startSeconds >= from && note.startSeconds < from + 4).length);
    expect(density[1]).toBeGreaterThan(density[0] as number);
    expect(density[2]).toBeGreaterThan(density[0] as number);
    for (const cut of cuts) expect(score.hits.some((hit) => hit.drum === 'swell' && hit.startSeconds === cut)).toBe(true);
  });

  it('ignores cuts that make no sense', () => {
    const score = arrange(request('calm', 10, 1, [-3, 0, Number.NaN, 5, 5.01, 5.02, 99, Number.POSITIVE_INFINITY]));
    expect(score.hits.filter((hit) => hit.drum === 'swell' && Math.abs(hit.startSeconds - 5) < 0.1)).toHaveLength(1);
  });
});
