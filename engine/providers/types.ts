/**
 * What a provider can do for the pipeline: one interface per capability, one folder per provider. A provider is asked
 * in the order of its chain (`engine/pipeline/chains.ts`); the last link of each chain is embedded and cannot fail for
 * lack of a model or a network.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { PlanRequest, PlanResult } from '#core/planning/types.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { GenerationRecord, PreviewImage } from '#engine/jobs/types.ts';
import type { AssetRef, ProductAnalysis, Scene, Soundtrack, StyleSpec } from '#core/project/schema.ts';

/** Common to all providers. `id` and `version` enter the step key. */
export interface ProviderInfo {
  readonly id: string;
  readonly version: string;
  /** True when a call leaves this machine; such a provider is never asked in offline mode. */
  readonly needsNetwork: boolean;
}

export interface ProviderCall {
  readonly signal: AbortSignal;
  report(progress: number, note?: string): void;
  /** Puts bytes or a file into the artifact store and returns its reference. */
  putBytes(bytes: Uint8Array, name: string, mime: string): Promise<AssetRef>;
  /** The file is moved away, unless `isKept`. */
  putFile(path: string, name: string, mime: string, options?: { readonly isKept?: boolean }): Promise<AssetRef>;
  /** Absolute path of an artifact in the store. */
  pathOf(asset: AssetRef): string;
}

/** What a provider is handed that runs in the process of the queue. */
export interface GeneratorCall extends ProviderCall {
  /** Of the step that it works for: the same key is the same work, also after a crash. */
  readonly stepKey: string;
  preview(image: PreviewImage): void;
  /** Writes down how something was generated. */
  record(record: GenerationRecord): void;
}

export interface PlanProvider extends ProviderInfo {
  isReady(): Promise<boolean>;
  plan(request: PlanRequest, call: ProviderCall): Promise<PlanResult & { readonly costUsd: number }>;
}

export interface CutoutResult {
  /** RGBA PNG and 8-bit grey PNG, both the size of the upright photo. */
  readonly cutout: AssetRef;
  readonly mask: AssetRef;
  readonly shadow?: AssetRef;
  readonly method: string;
  readonly analysis: ProductAnalysis;
}

export interface CutoutProvider extends ProviderInfo {
  isReady(): Promise<boolean>;
  /** `upright`: 8-bit sRGB PNG with the orientation applied (alpha kept if the file had it). */
  cutOut(upright: AssetRef, call: ProviderCall): Promise<CutoutResult>;
}

export interface BackdropRequest {
  readonly scene: Pick<Scene, 'id' | 'purpose' | 'durationFrames' | 'seed' | 'backdrop' | 'camera' | 'isEndCard'>;
  readonly sceneIndex: number;
  readonly style: StyleSpec;
  readonly ratio: Ratio;
  /** Where the product's base stands and how tall it is, canvas fractions; missing when the scene shows none. */
  readonly product?: { readonly x: number; readonly y: number; readonly height: number; readonly width: number; readonly cameraElevationDeg: number };
  /** What a generative model is asked for, and with which workflow; missing when none is asked. */
  readonly generation?: BackdropGeneration;
}

/** The words for a scene's empty set, by medium (see `workflows/backdrop-prompt.ts`). */
export interface BackdropGeneration {
  readonly prompts: Readonly<Record<'clip' | 'still', { readonly positive: string; readonly negative: string }>>;
  readonly workflow: GenerationChoice;
  /** Ids of workflows that the user asked for, also for enlarging and for frames in between. */
  readonly wanted: readonly string[];
  /** It may be bought from a service when no ComfyUI makes it. */
  readonly usesCloud?: boolean;
  /** Whom the step's key names, where an earlier run has settled it. */
  readonly links?: readonly string[];
}

/** The workflow that will do it, fixed before the step is queued; or why none can, in one sentence. */
export type GenerationChoice = { readonly id: string; readonly hash: string } | { readonly unavailable: string; readonly name?: string };

export interface BackdropProvider extends ProviderInfo {
  isReady(): Promise<boolean>;
  makeBackdrop(request: BackdropRequest, call: GeneratorCall): Promise<BackdropManifest>;
}

export interface MusicRequest {
  readonly soundtrack: Pick<Soundtrack, 'mood' | 'tempoBpm' | 'seed'>;
  readonly durationSeconds: number;
  /** Scene cuts in seconds: the bed may accent them. */
  readonly cutsSeconds: readonly number[];
  /** What a generative model is asked for; missing when none is asked. */
  readonly generation?: { readonly prompt: string; readonly workflow: GenerationChoice; readonly usesCloud?: boolean; readonly links?: readonly string[] };
}

export interface MusicProvider extends ProviderInfo {
  isReady(): Promise<boolean>;
  /** 48 kHz stereo 16-bit (or float) WAV, exactly `durationSeconds` long. */
  makeMusic(request: MusicRequest, call: GeneratorCall): Promise<AssetRef>;
}
