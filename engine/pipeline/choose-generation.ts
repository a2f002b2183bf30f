/**
 * Who may make a part of a film: a workflow of a ComfyUI, a service that costs money, both in this order, or nobody. Where nothing may be
 * bought (a preview), what was bought before is still found.
 */
import type { GenerationChoice, ProviderInfo } from '#engine/providers/types.ts';
import { affordable, chainKey, chainOf, sellsTo } from './chains.ts';
import type { RunContext } from './run-context.ts';

/** Nothing of it: what is built in makes it. */
export interface Generation {
  readonly workflow?: GenerationChoice | undefined;
  readonly usesCloud?: boolean | undefined;
  /** Whom the step's key names, where an earlier run has settled it; else whoever can be asked now. */
  readonly links?: readonly string[];
}

/** In the place of a workflow, when only a service is asked. */
export const NO_COMFY: GenerationChoice = { unavailable: 'No ComfyUI is set up.' };

/** @param keyOf the key of the step that would do it so */
export async function chooseGeneration(capability: 'backdrop' | 'music', keyOf: (generation: Generation) => string, run: RunContext): Promise<Generation> {
  const earlier = run.earlier?.(capability, keyOf);
  if (earlier) return earlier;
  const maySell = sellsTo(run.policy, run.services.providers[capability]);
  const workflow = await run.choose(capability, (choice) => keyOf({ workflow: choice, usesCloud: maySell }));
  const bought: Generation = { workflow, usesCloud: true };
  const isAffordable = maySell && (run.isMade === undefined || run.isMade(keyOf(bought)));
  const generation: Generation = isAffordable ? bought : { workflow };
  run.remember(capability, { ...generation, links: chainKey(affordable(chainOf<ProviderInfo>(run.services.providers[capability], run.policy), generation)) });
  return generation;
}
