/** What the run screen says of one scene: what it looks like so far, who makes it, how far it is. Pure. */
import type { z } from 'zod';
import { backdropManifestSchema } from '#core/composition/backdrop-manifest.ts';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { fallbackSchema } from '#core/contract/runs.ts';
import { hasEnded } from './run-model.ts';
import type { RunModel, RunStep } from './run-model.ts';

/** The best picture of a scene that there is. */
export type ScenePicture =
  | { readonly kind: 'preview'; readonly src: string }
  | { readonly kind: 'film'; readonly hash: string }
  | { readonly kind: 'backdrop'; readonly manifest: BackdropManifest }
  | { readonly kind: 'none' };

export interface SceneStanding {
  readonly sceneId: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** 0..1, never goes back. */
  readonly progress: number;
  readonly picture: ScenePicture;
  /** Kind of the step that is at work, and its own words. */
  readonly work: { readonly kind: string; readonly note: string | undefined } | null;
  /** Who made (or makes) the backdrop. */
  readonly provider: string | null;
  readonly fallbacks: readonly z.output<typeof fallbackSchema>[];
  /** Something went wrong and is tried again. */
  readonly retry: { readonly code: string; readonly message: string } | null;
}

/** Shares of a ratio's work: making the backdrop, drawing the film. */
const SHARE = { backdrop: 0.35, segment: 0.65 } as const;

/** @param ratio whose picture is shown; `ratios`: all that are made */
export function sceneStanding(run: RunModel, sceneId: string, ratio: Ratio, ratios: readonly Ratio[]): SceneStanding {
  const own = [...run.steps.values()].filter((step) => step.subject.sceneId === sceneId);
  const working = own.find((step) => step.state === 'running') ?? null;
  const backdrop = own.filter((step) => step.kind === 'backdrop');
  const failed = own.find((step) => step.state === 'failed');
  const progress = run.state === 'succeeded' ? 1 : ratios.reduce((sum, each) => sum + shareOf(own, each), 0) / Math.max(1, ratios.length);
  return {
    sceneId,
    state: run.state === 'succeeded' ? 'done' : failed ? 'failed' : stateOf(run, working, progress),
    progress,
    picture: pictureOf(run, own, ratio),
    work: working && { kind: working.kind, note: working.note },
    provider: (backdrop.find((step) => step.subject.ratio === ratio) ?? backdrop[0])?.provider ?? null,
    fallbacks: distinct(backdrop.flatMap((step) => step.fallback ?? [])),
    retry: own.find((step) => step.state === 'queued' && step.error)?.error ?? null,
  };
}

function stateOf(run: RunModel, working: RunStep | null, progress: number): SceneStanding['state'] {
  if (progress >= 0.999) return 'done';
  return (working || progress > 0) && !hasEnded(run) ? 'running' : 'waiting';
}

function shareOf(own: readonly RunStep[], ratio: Ratio): number {
  const of = (kind: string): number => {
    const steps = own.filter((step) => step.kind === kind && step.subject.ratio === ratio && !step.subject.isTransition);
    return steps.length === 0 ? 0 : Math.max(...steps.map((step) => step.progress));
  };
  return SHARE.backdrop * of('backdrop') + SHARE.segment * of('segment');
}

function pictureOf(run: RunModel, own: readonly RunStep[], ratio: Ratio): ScenePicture {
  const here = own.filter((step) => step.subject.ratio === ratio);
  const film = here.find((step) => step.kind === 'segment' && !step.subject.isTransition)?.artifacts?.['segment'];
  if (film) return { kind: 'film', hash: film.hash };
  const preview = [...here, ...own].map((step) => run.previews.get(step.key)).find((src) => src !== undefined);
  if (preview) return { kind: 'preview', src: preview };
  const manifest = backdropManifestSchema.safeParse(here.find((step) => step.kind === 'backdrop')?.data);
  return manifest.success ? { kind: 'backdrop', manifest: manifest.data } : { kind: 'none' };
}

function distinct(fallbacks: readonly z.output<typeof fallbackSchema>[]): z.output<typeof fallbackSchema>[] {
  return [...new Map(fallbacks.map((fallback) => [`${fallback.from} ${fallback.reason}`, fallback])).values()];
}
