/** Graphics cards as the Linux kernel lists them, without any vendor's tools. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PciCard {
  /** 0x10de NVIDIA, 0x1002 AMD, 0x8086 Intel. */
  readonly vendorId: number;
  readonly deviceId: number;
  /** Only AMD's kernel driver says it. */
  readonly memoryBytes?: number;
}

export const PCI_VENDORS = { nvidia: 0x10de, amd: 0x1002, intel: 0x8086 } as const;

/** Cards below `root`/sys/class/drm; none where there is no such folder. */
export async function listPciCards(root: string): Promise<PciCard[]> {
  const folder = join(root, 'sys', 'class', 'drm');
  const names = await readdir(folder).catch(() => []); // a container without /sys, or another system
  const cards = await Promise.all(names.filter((name) => /^card\d+$/.test(name)).sort().map((name) => readCard(join(folder, name, 'device'))));
  return cards.filter((card) => card !== undefined);
}

async function readCard(folder: string): Promise<PciCard | undefined> {
  const [vendorId, deviceId, memoryBytes] = await Promise.all(['vendor', 'device', 'mem_info_vram_total'].map((name) => readNumber(join(folder, name))));
  return vendorId === undefined || deviceId === undefined ? undefined : { vendorId, deviceId, ...(memoryBytes ? { memoryBytes } : {}) };
}

/** "0x1002\n" or "17163091968\n". */
async function readNumber(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => ''); // that driver does not have this file
  const value = Number(text.trim() || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
