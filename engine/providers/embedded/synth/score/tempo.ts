/**
 * Fits the beat to the film: the tempo may move by up to 6 % and the first downbeat by up to two beats (a pickup), so that
 * the final chord falls on a downbeat with room to ring out, and the cuts fall on beats as nearly as possible.
 */

export interface TempoPlan {
  readonly bpm: number;
  readonly beatSeconds: number;
  /** Time of the first downbeat; what lies before it is the pickup. */
  readonly startSeconds: number;
  readonly pickupBeats: number;
  /** Beats from the first downbeat to the final chord. */
  readonly beats: number;
  /** Time of the final chord. */
  readonly endSeconds: number;
  readonly tailSeconds: number;
}

const MAX_NUDGE = 0.06;
const STEPS = 24;

/** Finds the best tempo for a film of `durationSeconds`; always within ±6 % of `bpm`. */
export function fitTempo(bpm: number, durationSeconds: number, cutsSeconds: readonly number[]): TempoPlan {
  const tail = tailRange(durationSeconds);
  const cuts = cutsSeconds.filter((cut) => cut > 0.3 && cut < durationSeconds - tail.min).slice(0, 64);
  let best: TempoPlan | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let step = -STEPS; step <= STEPS; step++) {
    const beatSeconds = 60 / (bpm * (1 + (MAX_NUDGE * step) / STEPS));
    for (const pickupBeats of durationSeconds > 7 ? [0, 1, 2] : [0]) {
      for (const plan of candidates(beatSeconds, pickupBeats, durationSeconds, tail)) {
        const cost = costOf(plan, cuts, tail.ideal) + (step / STEPS) ** 2 * 0.3;
        if (cost < bestCost - 1e-9) [best, bestCost] = [plan, cost];
      }
    }
  }
  return best ?? shortPlan(bpm, durationSeconds, tail.min);
}

interface TailRange { readonly min: number; readonly ideal: number; readonly max: number }

function tailRange(duration: number): TailRange {
  const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return { min: between(duration * 0.09, 0.8, 1.7), ideal: between(duration * 0.15, 1.1, 2.8), max: between(duration * 0.28, 1.2, 4.2) };
}

function* candidates(beatSeconds: number, pickupBeats: number, duration: number, tail: TailRange): Generator<TempoPlan> {
  const startSeconds = pickupBeats * beatSeconds;
  const most = Math.floor((duration - startSeconds - tail.min) / beatSeconds + 1e-9);
  const least = Math.max(1, Math.ceil((duration - startSeconds - tail.max) / beatSeconds - 1e-9));
  for (let beats = least; beats <= most; beats++) yield planOf(beatSeconds, pickupBeats, beats, duration);
}

function planOf(beatSeconds: number, pickupBeats: number, beats: number, duration: number): TempoPlan {
  const startSeconds = pickupBeats * beatSeconds;
  const endSeconds = startSeconds + beats * beatSeconds;
  return { bpm: 60 / beatSeconds, beatSeconds, startSeconds, pickupBeats, beats, endSeconds, tailSeconds: duration - endSeconds };
}

function costOf(plan: TempoPlan, cuts: readonly number[], idealTail: number): number {
  const remainder = plan.beats % 4;
  const barCost = plan.beats < 4 || remainder === 0 ? 0 : remainder === 2 ? 0.3 : 0.9;
  let cutCost = 0;
  for (const cut of cuts) {
    const beat = (cut - plan.startSeconds) / plan.beatSeconds;
    const miss = Math.min(0.15, Math.abs(beat - Math.round(beat)) * plan.beatSeconds) / 0.15;
    const barMiss = Math.abs(beat / 4 - Math.round(beat / 4)) * 2;
    cutCost += (miss * miss + barMiss * 0.35) / cuts.length;
  }
  return barCost + cutCost + (Math.abs(plan.tailSeconds - idealTail) / idealTail) * 0.3 + plan.pickupBeats * 0.04;
}

/** Two or three seconds: a sting, whose chord may fall between the limits above. */
function shortPlan(bpm: number, duration: number, minTail: number): TempoPlan {
  const beatSeconds = 60 / bpm;
  return planOf(beatSeconds, 0, Math.max(0, Math.floor((duration - minTail) / beatSeconds)), duration);
}
