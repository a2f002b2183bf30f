/** Drum patterns, fills before a new section, accents on the cuts, and the drums of the ending. */
import type { Random } from '#core/lib/random.ts';
import type { Bar } from './form.ts';
import type { DrumSpec, Mood } from './moods.ts';
import type { DrumHit, DrumName } from './note.ts';
import { readRow } from './parts.ts';
import type { TempoPlan } from './tempo.ts';

/** One bar of the drums whose threshold the bar's intensity has reached. */
export function playDrums(rows: ReadonlyMap<DrumSpec, string>, bar: Bar, beatSeconds: number, random: Random): DrumHit[] {
  const hits: DrumHit[] = [];
  for (const [spec, row] of rows) {
    if (bar.intensity < spec.from) continue;
    for (const mark of readRow(row, bar.beats)) {
      const startSeconds = bar.startSeconds + (mark.step * beatSeconds) / 4;
      hits.push({ drum: spec.drum, startSeconds, velocity: spec.velocity * mark.strength * random.between(0.9, 1) });
    }
  }
  return hits;
}

/** A run of sixteenths (eighths in quiet moods) that grows through the last beat or two of a section. */
export function playFill(mood: Mood, bar: Bar, beatSeconds: number, random: Random): DrumHit[] {
  if (!bar.isSectionEnd || bar.intensity < 0.5) return [];
  const isLoud = mood.maxIntensity === 1;
  const beats = Math.min(bar.beats, isLoud && random.next() < 0.5 ? 2 : 1);
  const count = beats * 4;
  const end = bar.startSeconds + bar.beats * beatSeconds;
  return Array.from({ length: count }, (_, i) => ({
    drum: mood.fill,
    startSeconds: end - ((count - i) * beatSeconds) / 4,
    velocity: (isLoud ? 0.6 : 0.4) * (0.45 + (0.55 * (i + 1)) / count) * (i % 2 === 0 ? 1 : 0.75),
  }));
}

/** Each cut: a swell that peaks exactly on it; when the beat is close, a stroke on that beat. */
export function playCuts(mood: Mood, tempo: TempoPlan, cuts: readonly number[]): DrumHit[] {
  const hits: DrumHit[] = [];
  let last = -1;
  for (const cut of cuts) {
    if (cut < 0.4 || cut > tempo.endSeconds - tempo.beatSeconds || cut - last < tempo.beatSeconds * 1.5) continue;
    last = cut;
    const progress = cut / tempo.endSeconds;
    hits.push({ drum: 'swell', startSeconds: cut, velocity: 0.35 + 0.3 * progress });
    const half = tempo.beatSeconds / 2;
    const onBeat = tempo.startSeconds + Math.round((cut - tempo.startSeconds) / half) * half;
    const strokes = mood.accents.filter((drum): drum is DrumName => drum !== 'swell');
    const stroke = strokes[Math.min(strokes.length - 1, Math.floor(progress * strokes.length))];
    if (stroke !== undefined) hits.push({ drum: stroke, startSeconds: onBeat, velocity: 0.45 + 0.35 * progress });
  }
  return hits;
}

/** A rise into the first downbeat (after a pickup) and into the final chord, and the stroke under that. */
export function playEdges(mood: Mood, tempo: TempoPlan): DrumHit[] {
  const isLoud = mood.maxIntensity === 1;
  const hits: DrumHit[] = [{ drum: isLoud ? 'kick' : 'softKick', startSeconds: tempo.endSeconds, velocity: isLoud ? 0.9 : 0.6 }];
  if (tempo.startSeconds > 0.5) hits.push({ drum: 'swell', startSeconds: tempo.startSeconds, velocity: isLoud ? 0.7 : 0.5 });
  if (tempo.endSeconds > 0.7) hits.push({ drum: 'swell', startSeconds: tempo.endSeconds, velocity: isLoud ? 0.75 : 0.5 });
  for (const drum of mood.accents) if (drum !== 'swell') hits.push({ drum, startSeconds: tempo.endSeconds, velocity: 0.8 });
  return hits;
}
