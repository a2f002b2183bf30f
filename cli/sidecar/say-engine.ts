/** Engines in words, the same in every command. */
import { formatBytes } from '#sidecar/provision/space.ts';
import type { CurrentEngine, InstalledEngine, OpenOperation, Variant } from '#sidecar/provision/types.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';

const VARIANT_NAMES: Readonly<Record<Variant, string>> = {
  cpu: 'processor only', cu126: 'NVIDIA, CUDA 12.6', cu130: 'NVIDIA, CUDA 13.0', rocm: 'AMD, ROCm', xpu: 'Intel, XPU', mps: 'Apple, MPS',
};

export const sayVariant = (variant: Variant): string => `${variant} (${VARIANT_NAMES[variant]})`;

export function sayCurrent(current: CurrentEngine | undefined, engines: readonly InstalledEngine[]): string {
  switch (current?.kind) {
    case undefined: return 'none; "adgen sidecar install" installs one';
    case 'managed': {
      const engine = engines.find(({ id }) => id === current.engineId);
      return engine ? sayInstalled(engine) : `${current.engineId}, which is not there; "adgen sidecar repair" makes it anew`;
    }
    case 'adopted': return `your ComfyUI in ${current.folder}, with ${current.pythonPath}`;
    case 'external': return `the server at ${current.url}, which is never started or stopped from here`;
  }
}

export function sayInstalled({ id, comfyVersion, variant, bytes }: InstalledEngine): string {
  return `${id}: ComfyUI ${comfyVersion}, ${sayVariant(variant)}, ${formatBytes(bytes)}`;
}

export function sayInterrupted({ op, engineId, stage, attempt }: OpenOperation): string {
  return `${op} of ${engineId} stopped at "${stage}" (try ${attempt})`;
}

export function sayServer({ version, devices }: ServerFacts): string {
  return `ComfyUI ${version} on ${devices.map(({ name, vramTotal }) => `${name}${vramTotal ? `, ${formatBytes(vramTotal)}` : ''}`).join('; ') || 'an unknown device'}`;
}

/** Names on the left, in one column. */
export function inRows(rows: readonly (readonly [name: string, text: string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}
