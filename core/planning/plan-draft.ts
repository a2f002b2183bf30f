/** The thinking part of a plan, without times, colours and ids: what a planner (embedded or LLM) decides. */
import type { Camera, Placement, ScenePurpose, SetKind, Soundtrack } from '../project/schema.ts';
import type { StyleWords } from './style/make-style.ts';
import type { ToneFamily } from './tone/tone-profile.ts';

/** One scene before the end card. What is left out is chosen from the tone's profile. */
export interface SceneDraft {
  readonly purpose: ScenePurpose;
  /** Words on the screen; '' = none. */
  readonly headline: string;
  readonly support: string;
  readonly set?: SetKind;
  readonly camera?: Camera['move'];
  readonly intent?: Placement['intent'];
  /** What a generative backdrop provider is asked for. */
  readonly prompt?: string;
}

/** A whole advert as decided, before layout. */
export interface PlanDraft {
  readonly scenes: readonly SceneDraft[];
  /** Name and call to action of the end card; '' = none. */
  readonly brandLine: string;
  readonly callToAction: string;
  readonly tone: ToneFamily;
  /** Primary language of the copy; '' = unknown. */
  readonly language: string;
  readonly styleWords?: StyleWords;
  readonly musicMood?: Soundtrack['mood'];
}
