/** Lets edges catch on what is near: cuts, captions, markers, the playhead, whole seconds. */
import { sceneSpans } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { keyOf } from './clip-key.ts';
import type { ClipKey } from './clip-key.ts';

/** What an edge can catch on. A smaller `rank` wins when two are equally near. */
export interface SnapPoint {
  readonly frame: number;
  readonly kind: 'playhead' | 'cut' | 'marker' | 'caption' | 'second' | 'end';
}

const RANK = { playhead: 0, cut: 1, marker: 2, end: 3, caption: 4, second: 5 } as const;
/** An edge catches at this distance, and comes free only at the larger one, so that it does not flutter. */
const CATCH_PX = 7;
const RELEASE_PX = 12;

/** Where edges may catch; what is being dragged itself is left out. */
export function snapPoints(project: AdProject, { playhead, without = [], fps = 30 }: { readonly playhead?: number; readonly without?: readonly ClipKey[]; readonly fps?: number } = {}): SnapPoint[] {
  const left = new Set(without);
  const points: SnapPoint[] = playhead === undefined ? [] : [{ frame: playhead, kind: 'playhead' }];
  const spans = sceneSpans(project);
  for (const { scene, startFrame } of spans) {
    points.push({ frame: startFrame, kind: 'cut' });
    for (const caption of scene.captions) {
      if (left.has(keyOf.caption(scene.id, caption.id))) continue;
      points.push({ frame: startFrame + caption.startFrame, kind: 'caption' }, { frame: startFrame + caption.endFrame, kind: 'caption' });
    }
  }
  for (const marker of project.markers ?? []) if (!left.has(keyOf.marker(marker.id))) points.push({ frame: marker.frame, kind: 'marker' });
  points.push({ frame: project.durationFrames, kind: 'end' });
  for (let frame = 0; frame <= project.durationFrames; frame += fps) points.push({ frame, kind: 'second' });
  return points.sort((a, b) => a.frame - b.frame || RANK[a.kind] - RANK[b.kind]);
}

/** A frame that may have caught on a point. */
export interface Snapped {
  readonly frame: number;
  readonly point: SnapPoint | null;
}

/** Remembers what it has caught on. One per gesture. */
export class Snapper {
  #held: SnapPoint | null = null;
  readonly #points: readonly SnapPoint[];

  constructor(points: readonly SnapPoint[]) {
    this.#points = points;
  }

  /** One edge. `isOff` = the key that holds snapping off is down. */
  snap(frame: number, pxPerFrame: number, isOff = false): Snapped {
    const [shift, point] = this.#best([frame], pxPerFrame, isOff);
    return { frame: Math.round(frame + shift), point };
  }

  /** A clip with two edges: how far it must be shifted so that one of them sits on a point. */
  snapSpan(startFrame: number, endFrame: number, pxPerFrame: number, isOff = false): Snapped {
    const [shift, point] = this.#best([startFrame, endFrame], pxPerFrame, isOff);
    return { frame: Math.round(startFrame + shift), point };
  }

  #best(edges: readonly number[], pxPerFrame: number, isOff: boolean): [number, SnapPoint | null] {
    if (isOff) this.#held = null;
    if (isOff) return [0, null];
    const held = this.#held && this.#nearest(edges, [this.#held], RELEASE_PX / pxPerFrame);
    const found = this.#nearest(edges, this.#points, CATCH_PX / pxPerFrame) ?? held;
    // What is held is let go for something nearer only, never for something as far.
    const best = held && found && Math.abs(found[0]) >= Math.abs(held[0]) ? held : found;
    this.#held = best?.[1] ?? null;
    return best ?? [0, null];
  }

  #nearest(edges: readonly number[], points: readonly SnapPoint[], reach: number): [number, SnapPoint] | null {
    let best: [number, SnapPoint] | null = null;
    for (const edge of edges) {
      for (const point of around(points, edge, reach)) {
        const shift = point.frame - edge;
        if (!best || Math.abs(shift) < Math.abs(best[0]) || (Math.abs(shift) === Math.abs(best[0]) && RANK[point.kind] < RANK[best[1].kind])) best = [shift, point];
      }
    }
    return best;
  }
}

// Points within reach of a frame; they are sorted, so only the stretch that matters is looked at.
function around(points: readonly SnapPoint[], frame: number, reach: number): readonly SnapPoint[] {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.frame ?? 0) < frame - reach) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < points.length && (points[end]?.frame ?? 0) <= frame + reach) end += 1;
  return points.slice(low, end);
}
