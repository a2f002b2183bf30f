/** From what the pipeline can say to what one workflow takes: the inputs that its manifest names, each within its limits. Pure. */
import type { Manifest, WorkflowInput } from '#workflows/manifest.ts';
import { nearestAllowed } from '#workflows/patch-workflow.ts';
import type { InputValue } from '#workflows/patch-workflow.ts';

/** By the names of the manifest. */
export type Values = Readonly<Record<string, InputValue>>;

/** Texts are cut, numbers go to the nearest one that is allowed; a choice that the workflow does not have is left to its default. */
export function takeInputs(manifest: Manifest, offered: Readonly<Record<string, InputValue | undefined>>): Values {
  const taken = Object.entries(offered).flatMap(([name, value]) => {
    const input = Object.hasOwn(manifest.inputs, name) ? manifest.inputs[name] : undefined;
    const fitting = input === undefined || value === undefined ? undefined : fit(input, value);
    return fitting === undefined ? [] : [[name, fitting] as const];
  });
  return Object.fromEntries(taken);
}

function fit(input: WorkflowInput, value: InputValue): InputValue | undefined {
  switch (input.type) {
    case 'text': return typeof value === 'string' ? value.slice(0, input.maxLength).toWellFormed() : value;
    case 'int': case 'float': return typeof value === 'number' ? nearestAllowed(input, value) : value;
    case 'seed': return typeof value === 'number' ? value % (input.max + 1) : value;
    case 'choice': return input.options.includes(String(value)) ? value : undefined;
    default: return value;
  }
}
