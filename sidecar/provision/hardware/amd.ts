/**
 * AMD on Linux: the kernel's compute driver (KFD) names each GPU's architecture and memory without any tool; `rocminfo` adds the
 * name of the card where ROCm is installed. PyTorch brings its own ROCm, so no tool has to be there.
 */
import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gpu } from '../types.ts';
import { type PciCard, PCI_VENDORS } from './pci-cards.ts';
import type { RunTool } from './run-tool.ts';

export interface AmdAnswer {
  readonly gpus: readonly Gpu[];
  readonly note?: string;
}

export async function lookForAmd(run: RunTool, root: string, cards: readonly PciCard[]): Promise<AmdAnswer> {
  const own = cards.filter(({ vendorId }) => vendorId === PCI_VENDORS.amd);
  if (own.length === 0) return { gpus: [] };
  const nodes = await listKfdNodes(root);
  const names = nodes.length === 0 ? [] : parseRocminfo((await run('rocminfo', []))?.stdout ?? '');
  const gpus = own.map((card, index) => describeCard(card, nodes.find(({ deviceId }) => deviceId === card.deviceId), names[index]));
  if (nodes.length === 0) return { gpus, note: 'An AMD GPU is there, but the system\'s compute driver (amdgpu with KFD) does not list it. Install AMD\'s driver for Linux, then try again.' };
  if (!(await canUse(join(root, 'dev', 'kfd')))) return { gpus, note: 'This user may not use the AMD GPU. Add it to the groups "render" and "video" and log in again.' };
  return { gpus };
}

function describeCard(card: PciCard, node: KfdNode | undefined, named: RocmAgent | undefined): Gpu {
  const architecture = node?.architecture ?? named?.architecture;
  const name = named !== undefined && named.architecture === architecture ? named.name : `AMD GPU 1002:${card.deviceId.toString(16).padStart(4, '0')}`;
  return { vendor: 'amd', name, ...(card.memoryBytes ? { memoryBytes: card.memoryBytes } : {}), ...(architecture ? { architecture } : {}) };
}

interface KfdNode {
  readonly deviceId: number;
  readonly architecture: string;
}

async function listKfdNodes(root: string): Promise<KfdNode[]> {
  const folder = join(root, 'sys', 'class', 'kfd', 'kfd', 'topology', 'nodes');
  const names = await readdir(folder).catch(() => []); // the compute driver is not loaded
  const texts = await Promise.all(names.sort((a, b) => Number(a) - Number(b)).map((name) => readFile(join(folder, name, 'properties'), 'utf8').catch(() => ''))); // a GPU that this container may not see
  return texts.flatMap((text) => parseKfdProperties(text) ?? []);
}

/** `gfx_target_version 110000` is gfx1100, `90010` is gfx90a: major, minor and stepping, the last two as one hex digit each. A processor has 0. */
export function parseKfdProperties(text: string): KfdNode | undefined {
  const valueOf = (key: string): number => Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const version = valueOf('gfx_target_version');
  if (version === 0) return undefined;
  const parts = [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100];
  return { deviceId: valueOf('device_id'), architecture: `gfx${parts[0]}${parts.slice(1).map((part) => part.toString(16)).join('')}` };
}

interface RocmAgent {
  readonly name: string;
  readonly architecture: string;
}

/** The agents that are GPUs, in the order of `rocminfo`. */
export function parseRocminfo(text: string): RocmAgent[] {
  return text.split(/^Agent \d+\s*$/m).slice(1).flatMap((agent) => {
    const valueOf = (key: string): string => new RegExp(`^ {2}${key}:\\s*(.+?)\\s*$`, 'm').exec(agent)?.[1] ?? '';
    const architecture = valueOf('Name');
    return valueOf('Device Type') === 'GPU' ? [{ architecture, name: valueOf('Marketing Name') || architecture }] : [];
  });
}

async function canUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false; // missing or not allowed: for the user the same
  }
}
