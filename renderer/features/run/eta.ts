/**
 * When a run will end, steadily: told by how fast it has been lately, moved slowly, and shown in steps that do not flicker. Pure; times are
 * milliseconds of any clock that goes forward.
 */

/** What the estimate rests on. */
export interface Eta {
  /** (time, progress), oldest first; the oldest is no more than `WINDOW_MS` before the newest, unless it is the only one before. */
  readonly samples: readonly (readonly [atMs: number, progress: number])[];
  /** When it will be over; null while nobody can tell. */
  readonly endMs: number | null;
  /** What is shown, seconds. */
  readonly shownSeconds: number | null;
}

/** Nothing seen yet. */
export const NO_ETA: Eta = { samples: [], endMs: null, shownSeconds: null };

const WINDOW_MS = 45_000;
const LEAST_MS = 4000;
const LEAST_PROGRESS = 0.02;
/** How quickly the estimate follows. */
const INERTIA_MS = 8000;

/** The estimate after another look; to be called now and then, also while nothing moves. */
export function updateEta(eta: Eta, nowMs: number, progress: number): Eta {
  const last = eta.samples.at(-1);
  const samples = trim(last && nowMs - last[0] < 250 ? eta.samples : [...eta.samples, [nowMs, progress] as const], nowMs);
  const [first] = samples;
  if (!first || progress >= 1) return { samples, endMs: progress >= 1 ? nowMs : eta.endMs, shownSeconds: progress >= 1 ? 0 : eta.shownSeconds };
  const [sinceMs, done] = [nowMs - first[0], progress - first[1]];
  if (eta.endMs === null && (sinceMs < LEAST_MS || done < LEAST_PROGRESS)) return { ...eta, samples };
  const endMs = done > 0 ? nowMs + ((1 - progress) * sinceMs) / done : Math.max(eta.endMs ?? nowMs, nowMs);
  const pull = eta.endMs === null ? 1 : Math.min(1, (nowMs - (last?.[0] ?? nowMs)) / INERTIA_MS);
  const moved = eta.endMs === null ? endMs : eta.endMs + (endMs - eta.endMs) * pull;
  return { samples, endMs: moved, shownSeconds: steady(eta.shownSeconds, Math.max(0, moved - nowMs) / 1000) };
}

function trim(samples: Eta['samples'], nowMs: number): Eta['samples'] {
  const firstInside = samples.findIndex(([atMs]) => nowMs - atMs <= WINDOW_MS);
  return samples.slice(Math.max(0, firstInside === -1 ? samples.length - 1 : firstInside));
}

/** Less is shown at once; more only when it is clearly more. */
function steady(shown: number | null, seconds: number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 15 : 60;
  const next = Math.max(step, Math.ceil(seconds / step) * step);
  if (shown === null || next <= shown) return next;
  return seconds > shown * 1.25 + 5 ? next : shown;
}
