/**
 * The content hash of a stretch of film: everything that decides its pixels, and nothing else. Two segments with the same
 * fingerprint are the same bytes, which is what makes an edit cost only what it touches.
 */
import { createHash } from 'node:crypto';
import { clipFrameAt } from '#core/composition/clip-time.ts';
import { evaluate } from '#core/composition/evaluate.ts';
import { parseSource } from '#core/composition/facts.ts';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { describeSource } from '#core/composition/film.ts';
import type { Film } from '#core/composition/film.ts';

/** The film's plan for one frame, with sources named by what they are made of instead of where they are used. */
export function planFrame(film: Film, frame: number, names: SourceNames): FramePlan {
  const plan = evaluate(film, film.ratio, frame, film.facts);
  const rename = (layer: Layer): Layer => ({ ...layer, source: names.keyOf(layer) });
  return {
    ...plan,
    from: { ...plan.from, layers: plan.from.layers.map(rename) },
    ...(plan.to ? { to: { ...plan.to, layers: plan.to.layers.map(rename) } } : {}),
  };
}

/** Whether all scenes on screen want exact flat colour (no dither, no grain). */
export function isFlatFrame(film: Film, plan: FramePlan): boolean {
  return [plan.from, ...(plan.to ? [plan.to] : [])].every((scene) => film.facts.backdrops[scene.sceneId]?.isFlat ?? false);
}

/** Translates source names of frame plans into content keys, and back into descriptions. */
export interface SourceNames {
  keyOf(layer: Layer): string;
}

/** A memo over `describeSource`: the key is the description's JSON. Only the product's depends on more than its name. */
export function createSourceNames(film: Film): SourceNames {
  const keys = new Map<string, string>();
  return {
    keyOf(layer) {
      if (parseSource(layer.source).kind === 'product') return JSON.stringify(describeSource(film, layer));
      const key = keys.get(layer.source) ?? JSON.stringify(describeSource(film, layer));
      keys.set(layer.source, key);
      return key;
    },
  };
}

/**
 * SHA-256 (hex) over the renamed plans of the frames, grain and flatness.
 * Frame numbers do not enter, so moving an unchanged scene in time costs nothing; clip backdrops carry their own time.
 */
export function fingerprintSegment(film: Film, startFrame: number, frameCount: number): string {
  return fingerprintFrames(film, Array.from({ length: frameCount }, (_, index) => startFrame + index));
}

/** The same for any moments of the project's clock; see `openFramesRenderer`. */
export function fingerprintFrames(film: Film, frames: readonly number[]): string {
  const names = createSourceNames(film);
  const spans = spansById(film);
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ ratio: film.ratio, grain: film.grain, frameCount: frames.length }));
  for (const frame of frames) {
    const plan = planFrame(film, frame, names);
    const content = { from: plan.from.layers, to: plan.to?.layers, transition: plan.transition, isFlat: isFlatFrame(film, plan) };
    hash.update(JSON.stringify(content));
    for (const clip of clipTimes(film, plan, spans)) hash.update(clip);
  }
  return hash.digest('hex');
}

/** Position inside each clip backdrop on screen, which its frames depend on. */
function clipTimes(film: Film, plan: FramePlan, spans: ReadonlyMap<string, SceneSpan>): string[] {
  return [plan.from, ...(plan.to ? [plan.to] : [])].flatMap(({ sceneId }) => {
    const manifest = film.facts.backdrops[sceneId];
    const span = spans.get(sceneId);
    if (manifest?.kind !== 'clip' || !span) return [];
    const frame = plan.frame - span.startFrame;
    return [`${sceneId}@${manifest.clip ? clipFrameAt(span.scene, manifest.clip, frame) : frame}`];
  });
}

function spansById(film: Film): Map<string, SceneSpan> {
  return new Map(sceneSpans(film).map((span) => [span.scene.id, span]));
}
