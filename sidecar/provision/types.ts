/**
 * The words of provisioning: what a machine has, what is installed on it, and what installing tells. An engine is one ComfyUI with
 * its Python, in a folder of its own; several stand side by side and one is current.
 */
import type { EngineSpec } from '#sidecar/supervisor/engine-command.ts';

/** Builds of PyTorch: CUDA 12.6 for Pascal to Turing or older drivers, CUDA 13.0, ROCm, Intel XPU, Apple MPS, or the CPU alone. */
export const VARIANTS = ['cpu', 'cu126', 'cu130', 'rocm', 'xpu', 'mps'] as const;
export type Variant = (typeof VARIANTS)[number];

/** As `process.platform` and `process.arch` say it, in one word: `linux-x64`, `windows-x64`, `macos-arm64` … */
export const PLATFORMS = ['linux-x64', 'linux-arm64', 'windows-x64', 'macos-arm64', 'macos-x64'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface Gpu {
  readonly vendor: 'nvidia' | 'amd' | 'intel' | 'apple';
  readonly name: string;
  /** Missing when the system does not say. */
  readonly memoryBytes?: number;
  readonly driver?: string;
  /** NVIDIA's, e.g. 8.9. */
  readonly computeCapability?: number;
  /** AMD's, e.g. `gfx1100`. */
  readonly architecture?: string;
}

/** What a look at the machine found; it costs no download. */
export interface Hardware {
  readonly platform: Platform;
  readonly gpus: readonly Gpu[];
  readonly ramBytes: number;
  /** What could not be found out, one sentence each. */
  readonly notes: readonly string[];
}

export interface VariantChoice {
  readonly variant: Variant;
  /** One sentence: why this one. */
  readonly reason: string;
  /** Why it is slower than it might be: a driver to update, or no GPU that PyTorch can use. */
  readonly problem?: 'GPU_DRIVER' | 'GPU_NONE';
  /** E.g. "Driver 566 is too old for CUDA 13; 580 is needed. …" */
  readonly warnings: readonly string[];
}

/** What the computation in a throw-away process showed. `inconclusive` is not `ok`: nothing is known. */
export interface SelfTestResult {
  readonly outcome: 'ok' | 'cpu-only' | 'inconclusive';
  /** The device that computed, e.g. `cuda:0 NVIDIA GeForce RTX 4090`. */
  readonly device?: string;
  readonly torch?: string;
  readonly memoryFreeBytes?: number;
  /** One sentence for the user. */
  readonly detail: string;
}

/** Steps of an installation, in order. `op.json` holds how far one has come; the next start goes on there. */
export const INSTALL_STAGES = ['look', 'space', 'uv', 'python', 'source', 'packages', 'self-test', 'lock', 'switch'] as const;
export type InstallStage = (typeof INSTALL_STAGES)[number];

export interface ProvisionProgress {
  readonly stage: InstallStage | 'bundle' | 'models';
  /** 0..1 of the whole operation; never goes back. */
  readonly fraction: number;
  readonly note: string;
}

/** One engine that is whole: its `engine.lock.json`, which is written last. */
export interface InstalledEngine {
  readonly id: string;
  readonly folder: string;
  readonly comfyVersion: string;
  readonly variant: Variant;
  readonly platform: Platform;
  readonly installedMs: number;
  readonly bytes: number;
  readonly selfTest: SelfTestResult;
}

/** `current.json`: which engine this program uses. */
export type CurrentEngine =
  | { readonly kind: 'managed'; readonly engineId: string }
  /** Somebody's own installation: started by us, its files never written to. */
  | { readonly kind: 'adopted'; readonly folder: string; readonly pythonPath: string }
  /** Somebody's running server: never started, never stopped. */
  | { readonly kind: 'external'; readonly url: string };

export interface InstallRequest {
  /** Missing = chosen from the hardware. */
  readonly variant?: Variant;
  /** A bundle written by `bundle`; then nothing is fetched from anywhere. */
  readonly bundlePath?: string;
  readonly signal: AbortSignal;
  onProgress?(progress: ProvisionProgress): void;
}

/** What an installation would do, known before a byte is fetched. */
export interface InstallPlan {
  readonly engineId: string;
  readonly platform: Platform;
  readonly variant: Variant;
  readonly comfyVersion: string;
  /** Forecasts: what is fetched (0 from a bundle), what stays, and what is needed for a while on top of that. */
  readonly downloadBytes: number;
  readonly engineBytes: number;
  readonly passingBytes: number;
  /** Why this variant, and what to know about it; one sentence each. */
  readonly notes: readonly string[];
}

export interface BundleRequest {
  readonly file: string;
  /** Ids of the catalogue; their files must be in the models folder. */
  readonly modelIds: readonly string[];
  readonly signal: AbortSignal;
  onProgress?(progress: ProvisionProgress): void;
}

/** An operation that was cut off. */
export interface OpenOperation {
  readonly op: 'install' | 'repair' | 'uninstall' | 'bundle';
  readonly engineId: string;
  readonly stage: InstallStage | 'bundle';
  readonly attempt: number;
  readonly startedMs: number;
}

export interface StoreStatus {
  readonly folder: string;
  readonly modelsDir: string;
  readonly current?: CurrentEngine;
  /** What one click returns to. */
  readonly previous?: CurrentEngine;
  readonly engines: readonly InstalledEngine[];
  readonly interrupted?: OpenOperation;
  /** Engines that the lock says are damaged, and other things to mend; one sentence each. */
  readonly problems: readonly string[];
}

/** Installs, checks, switches and removes engines in one folder. One operation at a time, also across processes (CONFLICT). */
export interface EngineStore {
  status(): Promise<StoreStatus>;
  /** What `install` would do. Changes nothing. Throws BAD_INPUT when there is nothing for this machine, this variant or in this bundle. */
  plan(request: Pick<InstallRequest, 'variant' | 'bundlePath' | 'signal'>): Promise<InstallPlan>;
  /** Goes on with an interrupted installation of the same engine. Throws DISK_FULL, READ_ONLY, BAD_INPUT, PROVIDER_UNAVAILABLE. */
  install(request: InstallRequest): Promise<InstalledEngine>;
  /** Compares every file with the lock and makes what is wrong or missing anew. Keeps the user's media and models. */
  repair(request: Omit<InstallRequest, 'variant'> & { readonly engineId?: string }): Promise<InstalledEngine>;
  /** Deletes exactly what the engine's lock lists; tells what it left standing. */
  uninstall(engineId: string): Promise<{ readonly removedFiles: number; readonly left: readonly string[] }>;
  /** Makes a whole engine current, at one blow. */
  use(engine: CurrentEngine): Promise<void>;
  /** Uses none any more; nothing is removed. */
  forget(): Promise<void>;
  /** Back to the engine before the last switch. Throws NOT_FOUND. */
  goBack(signal?: AbortSignal): Promise<CurrentEngine>;
  /** Uses an existing folder of ComfyUI; nothing in it is written. `pythonPath`: where its Python cannot be seen. Throws BAD_INPUT when it is none. */
  adoptFolder(folder: string, pythonPath?: string, signal?: AbortSignal): Promise<CurrentEngine>;
  /** Uses a running server. Throws BAD_INPUT or PROVIDER_UNAVAILABLE when what answers is no usable ComfyUI. */
  adoptUrl(url: string): Promise<CurrentEngine>;
  /** Everything that `install` needs and chosen models in one file. */
  bundle(request: BundleRequest): Promise<{ readonly bytes: number; readonly files: number }>;
  /** How to start the current engine; undefined when there is none or it is somebody's server. */
  spec(): Promise<EngineSpec | undefined>;
}
