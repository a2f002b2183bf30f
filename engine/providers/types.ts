/**
 * What a provider can do for the pipeline: one interface per capability, one folder per provider. A provider is asked
 * in the order of its chain (`engine/pipeline/chains.ts`); the last link of each chain is embedded and cannot fail for
 * lack of a model or a network.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { PlanRequest, PlanResult } from '#core/planning/types.ts';
import type { Ratio } from '#core/project/ratio.ts';
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
  putFile(path: string, name: string, mime: string): Promise<AssetRef>;
  /** Absolute path of an artifact in the store. */
  pathOf(asset: AssetRef): string;
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
}

export interface BackdropProvider extends ProviderInfo {
  /** True: asked once per ratio. False: asked once (ratio '1:1') and cover-cropped. */
  readonly isPerRatio: boolean;
  isReady(): Promise<boolean>;
  makeBackdrop(request: BackdropRequest, call: ProviderCall): Promise<BackdropManifest>;
}

export interface MusicRequest {
  readonly soundtrack: Pick<Soundtrack, 'mood' | 'tempoBpm' | 'seed'>;
  readonly durationSeconds: number;
  /** Scene cuts in seconds: the bed may accent them. */
  readonly cutsSeconds: readonly number[];
}

export interface MusicProvider extends ProviderInfo {
  isReady(): Promise<boolean>;
  /** 48 kHz stereo 16-bit (or float) WAV, exactly `durationSeconds` long. */
  makeMusic(request: MusicRequest, call: ProviderCall): Promise<AssetRef>;
}
