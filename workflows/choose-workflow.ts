/** Which workflow does a job on this GPU. Pure; the caller says what the server has. */
import { VRAM_TIERS_GB } from './manifest.ts';
import type { Capability, Manifest, VramTierGb } from './manifest.ts';

export interface Candidate {
  readonly manifest: Manifest;
  /** Checked against the server and found complete. */
  readonly isReady: boolean;
}

export interface ChooseRequest {
  readonly capability: Capability;
  /** Memory of the GPU; 0 without one. */
  readonly vramBytes: number;
  /** Named inputs that the job has a value for and cannot do without, e.g. a start image. */
  readonly mustTake?: readonly string[];
  /** Named inputs that the job can give; a workflow that requires another one is not suited. */
  readonly canGive: readonly string[];
  /** The user's choice; it is taken if it can do the job at all. */
  readonly preferredId?: string;
}

export interface Choice {
  readonly manifest: Manifest;
  readonly isReady: boolean;
  /** `too-big` is offered only when the user asks for it by name. */
  readonly fit: 'comfortable' | 'offload' | 'too-big';
}

/** Cards report a little less than their name says, and the desktop takes some; so much of the nominal size is enough. */
const NOMINAL_SHARE = 0.9;
const GIB = 2 ** 30;

/** The memory class of a GPU. */
export function vramTier(vramBytes: number): VramTierGb {
  return VRAM_TIERS_GB.findLast((tier) => vramBytes >= tier * GIB * NOMINAL_SHARE) ?? 0;
}

/** All workflows that can do the job, best first: the user's choice, then what is ready on the server, then quality; what does not fit is left out, and so are tests (quality 0). */
export function rankWorkflows(candidates: readonly Candidate[], request: ChooseRequest): Choice[] {
  const tier = vramTier(request.vramBytes);
  const isPreferred = (choice: Choice): boolean => choice.manifest.id === request.preferredId;
  const choices = candidates.filter(({ manifest }) => suits(manifest, request)).map(({ manifest, isReady }): Choice => ({ manifest, isReady, fit: fitOf(manifest, tier) }));
  return choices.filter((choice) => (choice.fit !== 'too-big' && choice.manifest.quality > 0) || isPreferred(choice)).sort((a, b) =>
    Number(isPreferred(b)) - Number(isPreferred(a)) || Number(b.isReady) - Number(a.isReady) || b.manifest.quality - a.manifest.quality || (a.manifest.id < b.manifest.id ? -1 : 1));
}

/** The one to use now (ready), and the best one to offer for download when that would be better. */
export function chooseWorkflow(candidates: readonly Candidate[], request: ChooseRequest): { readonly use: Choice | undefined; readonly offer: Choice | undefined } {
  const ranked = rankWorkflows(candidates, request);
  const use = ranked.find((choice) => choice.isReady);
  const offer = ranked.find((choice) => !choice.isReady && (use === undefined || choice.manifest.id === request.preferredId || choice.manifest.quality > use.manifest.quality));
  return { use, offer };
}

function suits(manifest: Manifest, { capability, mustTake = [], canGive }: ChooseRequest): boolean {
  if (manifest.capability !== capability || !mustTake.every((name) => Object.hasOwn(manifest.inputs, name))) return false;
  return Object.entries(manifest.inputs).every(([name, input]) => !input.isRequired || canGive.includes(name));
}

function fitOf({ vram }: Manifest, tier: VramTierGb): Choice['fit'] {
  if (tier >= vram.tierGb) return 'comfortable';
  return tier >= vram.offloadTierGb ? 'offload' : 'too-big';
}
