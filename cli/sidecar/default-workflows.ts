/** The workflows that this machine would use by itself: for each kind of work the best one that its GPU can hold. Pure. */
import { rankWorkflows } from '#workflows/choose-workflow.ts';
import { CAPABILITIES } from '#workflows/manifest.ts';
import type { Manifest } from '#workflows/manifest.ts';
import type { Hardware } from '#sidecar/provision/types.ts';

export function defaultWorkflows(manifests: readonly Manifest[], vramBytes: number): Manifest[] {
  const canGive = [...new Set(manifests.flatMap(({ inputs }) => Object.keys(inputs)))];
  const candidates = manifests.map((manifest) => ({ manifest, isReady: false }));
  return CAPABILITIES.flatMap((capability) => rankWorkflows(candidates, { capability, vramBytes, canGive })[0]?.manifest ?? []);
}

/** Memory of the largest GPU; 0 without one, or when none says how much it has. */
export function vramOf({ gpus }: Pick<Hardware, 'gpus'>): number {
  return Math.max(0, ...gpus.map(({ memoryBytes }) => memoryBytes ?? 0));
}
