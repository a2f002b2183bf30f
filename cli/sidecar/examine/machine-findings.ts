/** What the machine's hardware means for the engine, in findings. Pure. */
import { formatBytes } from '#sidecar/provision/space.ts';
import type { Gpu, Hardware, InstalledEngine, VariantChoice } from '#sidecar/provision/types.ts';
import type { Finding } from '../../view/findings.ts';
import { sayVariant } from '../say-engine.ts';

export function machineFindings(hardware: Hardware, choice: VariantChoice): Finding[] {
  return [
    ...hardware.gpus.map((gpu): Finding => ({ name: 'GPU', state: 'ok', detail: sayGpu(gpu) })),
    { name: 'PyTorch', state: stateOf(choice), detail: `${sayVariant(choice.variant)}. ${choice.reason}` },
    ...choice.warnings.map((detail): Finding => ({ name: 'GPU driver', state: choice.problem === 'GPU_DRIVER' ? 'problem' : 'note', detail })),
    ...hardware.notes.map((detail): Finding => ({ name: 'GPU', state: 'note', detail })),
    { name: 'memory', state: 'ok', detail: formatBytes(hardware.ramBytes) },
  ];
}

/** A driver can be updated, and then that is what to do; a missing GPU cannot be mended. */
function stateOf({ problem, warnings }: VariantChoice): Finding['state'] {
  if (problem === undefined) return 'ok';
  return problem === 'GPU_DRIVER' && warnings.length === 0 ? 'problem' : 'note';
}

/** An engine that was made for other hardware than the machine has now. */
export function variantFinding({ id, variant }: InstalledEngine, choice: VariantChoice): Finding | undefined {
  if (variant === choice.variant) return undefined;
  const isSlower = variant === 'cpu';
  return { name: 'engine', state: isSlower ? 'problem' : 'note', detail: `${id} is made for ${sayVariant(variant)}; this machine would get ${sayVariant(choice.variant)} now.${isSlower ? ' "adgen sidecar install" installs it beside the other.' : ''}` };
}

function sayGpu({ name, memoryBytes, driver, architecture }: Gpu): string {
  const facts = [memoryBytes === undefined ? 'memory unknown' : formatBytes(memoryBytes), driver === undefined ? '' : `driver ${driver}`, architecture ?? ''];
  return [name, ...facts].filter((fact) => fact !== '').join(', ');
}
