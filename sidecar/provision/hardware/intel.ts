/** Intel on Linux: which graphics PyTorch's XPU build can use, by PCI id. Older integrated graphics are not listed at all. */
import type { Gpu } from '../types.ts';
import { type PciCard, PCI_VENDORS } from './pci-cards.ts';

/** Id ranges as in the kernel's include/drm/intel/pciids.h. */
const FAMILIES: readonly { readonly from: number; readonly to: number; readonly name: string }[] = [
  { from: 0x56_90, to: 0x56_a6, name: 'Intel Arc A-series' },
  { from: 0x56_b0, to: 0x56_bf, name: 'Intel Arc A-series' },
  { from: 0x56_c0, to: 0x56_c2, name: 'Intel Data Center GPU Flex' },
  { from: 0xe2_02, to: 0xe2_23, name: 'Intel Arc B-series' },
  { from: 0x64_20, to: 0x64_b0, name: 'Intel Arc in Core Ultra 200V' },
  { from: 0x7d_55, to: 0x7d_55, name: 'Intel Arc in Core Ultra 100H' },
  { from: 0x7d_51, to: 0x7d_51, name: 'Intel Arc in Core Ultra 200H' },
  { from: 0x0b_d4, to: 0x0b_e5, name: 'Intel Data Center GPU Max' },
];

export function intelGpus(cards: readonly PciCard[]): Gpu[] {
  return cards.flatMap(({ vendorId, deviceId }) => {
    const family = vendorId === PCI_VENDORS.intel ? FAMILIES.find(({ from, to }) => deviceId >= from && deviceId <= to) : undefined;
    return family === undefined ? [] : [{ vendor: 'intel' as const, name: `${family.name} (8086:${deviceId.toString(16)})` }];
  });
}

/** On Windows the name says it. */
export const isIntelArc = (name: string): boolean => /\bArc\b|Data Center GPU (?:Flex|Max)/i.test(name);
