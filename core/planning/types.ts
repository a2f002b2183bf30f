/** What a planner is asked and what it answers. The answer becomes the scenes, style and soundtrack of an AdProject. */
import type { BrandKit, Brief, DroppedClaim, ProductAnalysis, Scene, Soundtrack, StyleSpec } from '../project/schema.ts';

/** One advert to plan: what is said, what is shown, how long. */
export interface PlanRequest {
  readonly brief: Brief;
  readonly brand: BrandKit;
  readonly products: readonly { readonly id: string; readonly name: string; readonly analysis: ProductAnalysis }[];
  readonly durationFrames: number;
  /** Frames per second of the project clock (30). */
  readonly fps: number;
  /** 3..8, end card included. */
  readonly sceneCount: number;
  readonly seed: number;
}

/** A whole plan; it becomes the document's scenes, style and soundtrack as it is. */
export interface PlanResult {
  /** Scene starts and transitions add up to exactly `durationFrames`; the last scene is the end card. */
  readonly scenes: Scene[];
  readonly style: StyleSpec;
  readonly soundtrack: Soundtrack;
  /** Name of the ad structure that was followed, e.g. `hook-product-benefit-cta`. */
  readonly structure: string;
  readonly droppedClaims: DroppedClaim[];
}
