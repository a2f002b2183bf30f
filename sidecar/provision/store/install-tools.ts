/**
 * What an installation is made with, deed by deed; the order, the journal and the rest are the store's. There are two sets: one that
 * fetches (`fetching-tools.ts`) and one that unpacks a bundle (`bundle-tools.ts`). Every deed starts from nothing when it is repeated.
 */
import type { Platform, SelfTestResult, Variant } from '../types.ts';

/** What will be installed, known before a byte is fetched. */
export interface EnginePlan {
  readonly platform: Platform;
  readonly variant: Variant;
  readonly comfyVersion: string;
  /** Hex; another release or another set of packages has another one. */
  readonly fingerprint: string;
  /** Forecasts; bytes that are fetched, that stay, that are needed for a while on top, and bytes of models. */
  readonly downloadBytes: number;
  readonly engineBytes: number;
  readonly passingBytes: number;
  readonly modelBytes: number;
  /** Why this variant, and what to know about it; one sentence each. */
  readonly notes: readonly string[];
}

export interface DeedContext {
  readonly signal: AbortSignal;
  /** 0..1 of this deed, and what is going on. */
  onProgress(fraction: number, note: string): void;
}

export interface InstallPlaces {
  /** For what is fetched and may be resumed. */
  readonly downloads: string;
  readonly cache: string;
  /** For uv, shared by all engines. */
  readonly tools: string;
  /** Of the engine: where Python, its environment and ComfyUI go. */
  readonly base: string;
  readonly python: string;
  readonly comfy: string;
  readonly modelsDir: string;
}

export interface InstallTools {
  /** What this machine is. Throws BAD_INPUT when nothing of ours runs on it. */
  platform(): Platform;
  /** Looks at the machine and chooses. Throws BAD_INPUT when there is nothing for this machine or this variant. */
  plan(request: { readonly variant?: Variant; readonly signal: AbortSignal }): Promise<EnginePlan>;
  getUv(plan: EnginePlan, places: InstallPlaces, context: DeedContext): Promise<void>;
  /** Fills `base`, which is not there. */
  installPython(plan: EnginePlan, places: InstallPlaces, context: DeedContext): Promise<void>;
  /** Fills `comfy`, which is not there, with exactly the pinned files. */
  getSource(plan: EnginePlan, places: InstallPlaces, context: DeedContext): Promise<void>;
  /** Fills `python`, which is not there. */
  installPackages(plan: EnginePlan, places: InstallPlaces, context: DeedContext): Promise<void>;
  /** Never throws for what it finds, only when cancelled. */
  selfTest(request: { readonly pythonPath: string; readonly variant: Variant; readonly signal: AbortSignal }): Promise<SelfTestResult>;
}

export const engineIdOf = ({ comfyVersion, variant, fingerprint }: EnginePlan): string => `${comfyVersion}-${variant}-${fingerprint.slice(0, 8)}`;
