/**
 * How far a job is, between 0 and 1, from the events of its nodes. Nodes weigh by what they cost; nodes that the server has in its
 * cache do not count. It never goes back, and says 1 only when the result is here.
 */
import type { EngineEvent } from '#sidecar/protocol/events.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';

export interface ProgressState {
  readonly weights: Readonly<Record<string, number>>;
  readonly cached: ReadonlySet<string>;
  /** Share done of each node that has begun. */
  readonly shares: Readonly<Record<string, number>>;
  readonly value: number;
}

/** Rough cost classes: sampling takes most of any job, then decoding, upscaling and encoding, then loading weights. */
const CLASSES: readonly (readonly [RegExp, number])[] = [[/Sampler(?!Select)/, 20], [/Decode|Upscale|Interpolate|SaveVideo|SaveWEBM|ColorTransfer/, 5], [/Loader|TextEncode|Load[A-Z]/, 3]];

/** The engine is done before the file is here and looked at. */
const MOST_BEFORE_RESULT = 0.99;

export function startProgress(graph: Graph): ProgressState {
  const weights = Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, CLASSES.find(([pattern]) => pattern.test(node.class_type))?.[1] ?? 1]));
  return { weights, cached: new Set(), shares: {}, value: 0 };
}

/** A job that is run again starts over, but its user sees no step back. */
export function restartProgress(progress: ProgressState): ProgressState {
  return { ...progress, cached: new Set(), shares: {} };
}

export function advanceProgress(progress: ProgressState, event: EngineEvent): ProgressState {
  switch (event.type) {
    case 'cached': return weigh({ ...progress, cached: new Set(event.nodes) });
    case 'nodes': return weigh({ ...progress, shares: { ...progress.shares, ...Object.fromEntries(Object.entries(event.nodes).map(([id, { value, max, isFinished }]) => [id, isFinished ? 1 : share(value, max)])) } });
    case 'step': return event.node === undefined ? progress : weigh({ ...progress, shares: { ...progress.shares, [event.node]: share(event.value, event.max) } });
    case 'output': return weigh({ ...progress, shares: { ...progress.shares, [event.node]: 1 } });
    default: return progress;
  }
}

function weigh(progress: ProgressState): ProgressState {
  let [done, total] = [0, 0];
  for (const [id, weight] of Object.entries(progress.weights)) {
    if (progress.cached.has(id)) continue;
    total += weight;
    done += weight * (progress.shares[id] ?? 0);
  }
  const value = total === 0 ? 0 : Math.min(MOST_BEFORE_RESULT, done / total);
  return { ...progress, value: Math.max(progress.value, value) };
}

function share(value: number, max: number): number {
  return max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
}
