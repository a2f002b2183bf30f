/**
 * Which workflow makes a part of a run: what an earlier run made with one stays, without asking any server; the rest is asked once per
 * capability, and prefers the workflow of what stays, so that scenes match.
 */
import type { StudioDb } from '#engine/db/open.ts';
import { hasSucceeded } from '#engine/jobs/run-store.ts';
import type { ComfyGenerator } from '#engine/providers/comfyui/generator.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import { recallChoices, rememberChoice } from './remembered-choices.ts';
import type { RunContext } from './run-context.ts';

export interface ChooserOptions {
  readonly comfy: Pick<ComfyGenerator, 'choose'>;
  readonly db: StudioDb;
  /** Ids that the user asked for. */
  readonly wanted: readonly string[];
  readonly signal: AbortSignal;
  /** What of this run is generated, as far as is known. */
  onGenerated(capabilities: readonly string[]): void;
}

type Capability = Parameters<RunContext['choose']>[0];

export function createWorkflowChooser({ comfy, db, wanted, signal, onGenerated }: ChooserOptions): RunContext['choose'] {
  const asked = new Map<Capability, Promise<GenerationChoice>>();
  const kept = new Map<Capability, string>();
  const generated = new Set<string>();

  const ask = async (capability: Capability): Promise<GenerationChoice> => {
    const keptId = kept.get(capability);
    const same = keptId !== undefined && wanted.length === 0 ? await comfy.choose(capability, [keptId], signal) : undefined;
    const choice = same && 'id' in same ? same : await comfy.choose(capability, wanted, signal);
    if ('unavailable' in choice) return choice;
    rememberChoice(db, capability, choice);
    onGenerated([...generated.add(capability)]);
    return choice;
  };

  return async (capability, keyOf) => {
    const earlier = recallChoices(db, capability).find((choice) => hasSucceeded(db, keyOf(choice)));
    if (earlier) {
      kept.set(capability, earlier.id);
      return earlier;
    }
    const choosing = asked.get(capability) ?? ask(capability);
    asked.set(capability, choosing);
    return await choosing;
  };
}
