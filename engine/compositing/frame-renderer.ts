/**
 * Draws frames of a film: plans them, keeps the compositor supplied with the sources they need, and reads clip backdrops in
 * step. Lives in a worker thread; one compositor per canvas size stays alive between segments, so sources that neighbouring
 * segments share are decoded once.
 */
import { clipFrameAt } from '#core/composition/clip-time.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { FramePlan } from '#core/composition/layer.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Compositor } from './compositor.ts';
import { createCompositor } from './create-compositor.ts';
import { openClip } from './encode/clip-reader.ts';
import type { ClipReader } from './encode/clip-reader.ts';
import type { Film, SourceDescription } from '#core/composition/film.ts';
import { loadSource } from './load-source.ts';
import { createSourceNames, isFlatFrame, planFrame } from './segment-fingerprint.ts';

/** Where artifacts lie and which ffmpeg decodes clips. */
export interface RenderResources {
  pathOf(hash: string): string;
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
}

/** Frames of one stretch of film, in order or at random (clips in order only). */
export interface FrameRenderer {
  readonly frameBytes: number;
  /** Y, U, V planes of a film frame; the view is valid until the next call. */
  drawFrame(frame: number): Promise<Uint8Array>;
  dispose(): Promise<void>;
}

const compositors = new Map<string, Promise<Compositor>>();

/** Prepares all sources of the frames and returns a renderer for them. */
export async function openFrameRenderer(film: Film, startFrame: number, frameCount: number, resources: RenderResources): Promise<FrameRenderer> {
  return openFramesRenderer(film, Array.from({ length: frameCount }, (_, i) => startFrame + i), resources);
}

/** The same for any moments of the project's clock, in order; they need not be whole frames (an export at another rate). */
export async function openFramesRenderer(film: Film, frames: readonly number[], resources: RenderResources): Promise<FrameRenderer> {
  const plans = new Map(planAll(film, frames).map((plan) => [plan.frame, plan]));
  const compositor = await compositorFor(film);
  await supplySources(compositor, [...plans.values()], resources);
  const clips = await openClips(film, frames, [...plans.values()], resources);
  return {
    frameBytes: compositor.frameBytes,
    async drawFrame(frame) {
      const plan = plans.get(frame);
      if (!plan) throw new RangeError(`frame ${frame} is not part of this stretch`);
      for (const clip of clips) await clip.advance(compositor, frame);
      return compositor.draw(plan, { grain: film.grain, isFlat: isFlatFrame(film, plan) });
    },
    async dispose() {
      await Promise.all(clips.map((clip) => clip.reader.close()));
    },
  };
}

function planAll(film: Film, frames: readonly number[]): FramePlan[] {
  const names = createSourceNames(film);
  return frames.map((frame) => planFrame(film, frame, names));
}

/** One size at a time: a new canvas size gives the old compositor's memory back. */
async function compositorFor(film: Film): Promise<Compositor> {
  const size = canvasSize(film.ratio);
  const key = `${size.width}x${size.height}`;
  for (const [other, compositor] of compositors) {
    if (other === key) continue;
    compositors.delete(other);
    (await compositor).dispose();
  }
  let compositor = compositors.get(key);
  if (!compositor) {
    compositor = Promise.resolve(createCompositor(size));
    compositors.set(key, compositor);
  }
  return compositor;
}

/** Loads what is missing and drops what these frames do not use. */
async function supplySources(compositor: Compositor, plans: readonly FramePlan[], resources: RenderResources): Promise<void> {
  const needed = new Set(plans.flatMap(sourcesOf));
  for (const key of heldSources.get(compositor) ?? []) if (!needed.has(key)) compositor.dropSource(key);
  for (const key of needed) {
    resources.signal.throwIfAborted();
    const description = JSON.parse(key) as SourceDescription;
    if (description.kind === 'clip' || compositor.hasSource(key)) continue;
    compositor.setSource(key, await loadSource(description, resources.pathOf));
  }
  heldSources.set(compositor, needed);
}

const heldSources = new WeakMap<Compositor, Set<string>>();

function sourcesOf(plan: FramePlan): string[] {
  return [...plan.from.layers, ...(plan.to?.layers ?? [])].map((layer) => layer.source);
}

/** Moments of other clocks come back from arithmetic a hair early. */
const HAIR = 1e-6;

interface RunningClip {
  readonly reader: ClipReader;
  advance(compositor: Compositor, frame: number): Promise<void>;
}

/** One decoder per scene whose backdrop is a clip, positioned at the first frame that shows it. */
async function openClips(film: Film, frames: readonly number[], plans: readonly FramePlan[], resources: RenderResources): Promise<RunningClip[]> {
  const clips: RunningClip[] = [];
  for (const span of sceneSpans(film)) {
    const clip = film.facts.backdrops[span.scene.id]?.clip;
    const from = Math.floor(Math.max(frames[0] ?? 0, span.startFrame) + HAIR);
    const to = Math.min((frames.at(-1) ?? -1) + 1, span.endFrame);
    if (!clip || from >= to) continue;
    const key = JSON.stringify({ kind: 'clip', hash: clip.file.hash, focus: span.scene.backdrop.focus } satisfies SourceDescription);
    if (!plans.some((plan) => sourcesOf(plan).includes(key))) continue;
    const size = canvasSize(film.ratio);
    const reader = await openClip({
      path: resources.pathOf(clip.file.hash), size, fps: { num: 30, den: 1 }, fit: 'cover', focus: span.scene.backdrop.focus,
      startFrame: Math.min(clipFrameAt(span.scene, clip, from - span.startFrame), Math.max(0, clip.durationFrames - 1)), frameCount: Math.ceil(to - from), signal: resources.signal, ffmpegPath: resources.ffmpegPath,
    });
    let read = 0;
    clips.push({
      reader,
      // A clip keeps to the project's clock: between two of its frames the earlier one stands.
      async advance(compositor, frame) {
        if (frame < from || frame >= to) return;
        for (const wanted = Math.floor(frame - from + HAIR) + 1; read < wanted; read++) {
          const planes = await reader.nextFrame();
          if (read === wanted - 1) compositor.setYuvSource(key, size, planes);
        }
      },
    });
  }
  return clips;
}
