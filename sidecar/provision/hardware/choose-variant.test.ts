/** The whole table: what each machine gets, and what it is told. */
import { describe, expect, it } from 'vitest';
import type { Gpu, Platform, Variant } from '../types.ts';
import { chooseVariant } from './choose-variant.ts';

const GB = 1024 ** 3;
const nvidia = (name: string, driver: string | undefined, computeCapability: number | undefined, gb = 8): Gpu => ({ vendor: 'nvidia', name, driver, computeCapability, memoryBytes: gb * GB });
const amd = (name: string, architecture?: string): Gpu => ({ vendor: 'amd', name, architecture, memoryBytes: 16 * GB });
const choose = (platform: Platform, gpus: readonly Gpu[]) => chooseVariant({ platform, gpus, ramBytes: 32 * GB, notes: [] });

interface Row {
  readonly on: Platform;
  readonly gpus: readonly Gpu[];
  readonly variant: Variant;
  readonly problem?: 'GPU_DRIVER' | 'GPU_NONE';
  /** In the reason and the warnings together. */
  readonly says: readonly string[];
  readonly warnings: number;
}

const TABLE: Readonly<Record<string, Row>> = {
  'a new card with a new driver': { on: 'windows-x64', gpus: [nvidia('RTX 4090', '581.15', 8.9, 24)], variant: 'cu130', says: ['RTX 4090', 'CUDA 13.0'], warnings: 0 },
  'exactly driver 580, exactly Turing': { on: 'linux-x64', gpus: [nvidia('RTX 2060', '580.65.06', 7.5)], variant: 'cu130', says: ['CUDA 13.0'], warnings: 0 },
  'driver 579': { on: 'linux-x64', gpus: [nvidia('RTX 4090', '579.99', 8.9)], variant: 'cu126', problem: 'GPU_DRIVER', says: ['CUDA 12.6', '580 is needed'], warnings: 1 },
  'driver 566 on Windows': { on: 'windows-x64', gpus: [nvidia('RTX 4070', '566.36', 8.9)], variant: 'cu126', problem: 'GPU_DRIVER', says: ['Driver 566.36 is too old for CUDA 13', 'nvidia.com'], warnings: 1 },
  'driver 535, as long-lived servers have': { on: 'linux-x64', gpus: [nvidia('A10G', '535.183.01', 8.6)], variant: 'cu126', problem: 'GPU_DRIVER', says: ['older than CUDA 12.6', 'self-test'], warnings: 2 },
  'driver 525, the oldest on Linux': { on: 'linux-x64', gpus: [nvidia('T4', '525.60.13', 7.5)], variant: 'cu126', problem: 'GPU_DRIVER', says: [], warnings: 2 },
  'driver 525 is too old for Windows': { on: 'windows-x64', gpus: [nvidia('RTX 3060', '525.10', 8.6)], variant: 'cpu', problem: 'GPU_DRIVER', says: ['too old for PyTorch', 'driver 560 or newer', 'slow mode'], warnings: 1 },
  'driver 470': { on: 'linux-x64', gpus: [nvidia('RTX 3080', '470.256.02', 8.6)], variant: 'cpu', problem: 'GPU_DRIVER', says: ['470.256.02', 'driver 560 or newer'], warnings: 1 },
  'Pascal with a new driver': { on: 'windows-x64', gpus: [nvidia('GTX 1080 Ti', '580.88', 6.1, 11)], variant: 'cu126', says: ['6.1', 'last PyTorch for its generation'], warnings: 0 },
  'Volta': { on: 'linux-x64', gpus: [nvidia('Tesla V100', '580.95.05', 7)], variant: 'cu126', says: ['7.0'], warnings: 0 },
  'Maxwell with an old driver': { on: 'linux-x64', gpus: [nvidia('GTX 970', '535.01', 5.2)], variant: 'cu126', says: ['5.2', 'older than CUDA 12.6'], warnings: 1 },
  'Kepler': { on: 'linux-x64', gpus: [nvidia('GTX 780', '470.1', 3.5)], variant: 'cpu', problem: 'GPU_NONE', says: ['too old for PyTorch', 'slow mode'], warnings: 0 },
  'Blackwell with a driver for CUDA 12': { on: 'windows-x64', gpus: [nvidia('RTX 5090', '576.02', 12)], variant: 'cpu', problem: 'GPU_DRIVER', says: ['needs CUDA 13', 'driver 580 or newer'], warnings: 1 },
  'Blackwell with a new driver': { on: 'linux-x64', gpus: [nvidia('RTX 5090', '580.82', 12, 32)], variant: 'cu130', says: [], warnings: 0 },
  'an unknown generation with a new driver': { on: 'linux-x64', gpus: [nvidia('NVIDIA Graphics Device', '590.10', undefined)], variant: 'cu130', says: [], warnings: 0 },
  'a card without a working driver': { on: 'linux-x64', gpus: [nvidia('NVIDIA GPU 10de:2684', undefined, undefined)], variant: 'cpu', problem: 'GPU_DRIVER', says: ['does not answer', 'driver 580 or newer'], warnings: 1 },
  'Grace with an old driver': { on: 'linux-arm64', gpus: [nvidia('GH200', '550.54', 9)], variant: 'cpu', problem: 'GPU_DRIVER', says: ['driver 580 or newer'], warnings: 1 },
  'Grace with a new driver': { on: 'linux-arm64', gpus: [nvidia('GB10', '580.95', 12.1)], variant: 'cu130', says: [], warnings: 0 },
  'Volta on arm': { on: 'linux-arm64', gpus: [nvidia('TITAN V', '580.95', 7)], variant: 'cpu', problem: 'GPU_NONE', says: ['no build with CUDA 12.6 for linux-arm64'], warnings: 0 },
  'an old and a new card: the new one counts, whatever the memory': { on: 'linux-x64', gpus: [nvidia('P40', '580.95', 6.1, 24), nvidia('RTX 4060', '580.95', 8.9, 8)], variant: 'cu130', says: ['Not used: P40', 'RTX 4060 serves best'], warnings: 1 },
  'two of the same': { on: 'linux-x64', gpus: [nvidia('RTX 3090', '580.95', 8.6, 24), nvidia('RTX 3090', '580.95', 8.6, 24)], variant: 'cu130', says: ['RTX 3090'], warnings: 0 },
  'two usable ones: the larger': { on: 'windows-x64', gpus: [nvidia('RTX 3060', '581.0', 8.6, 12), nvidia('RTX 4090', '581.0', 8.9, 24)], variant: 'cu130', says: ['RTX 4090 with driver', 'Not used: RTX 3060'], warnings: 1 },
  'NVIDIA before integrated AMD': { on: 'linux-x64', gpus: [amd('Raphael', 'gfx1036'), nvidia('RTX 4070', '580.95', 8.9)], variant: 'cu130', says: ['Not used: Raphael'], warnings: 1 },
  'AMD, because the NVIDIA card has no driver': { on: 'linux-x64', gpus: [nvidia('NVIDIA GPU 10de:1b80', undefined, undefined), amd('RX 7900 XTX', 'gfx1100')], variant: 'rocm', says: ['RX 7900 XTX (gfx1100)', 'Not used'], warnings: 1 },
  'AMD on Linux': { on: 'linux-x64', gpus: [amd('RX 6800', 'gfx1030')], variant: 'rocm', says: ['ROCm'], warnings: 0 },
  'AMD without the compute driver': { on: 'linux-x64', gpus: [amd('AMD GPU 1002:744c')], variant: 'cpu', problem: 'GPU_DRIVER', says: ['amdgpu'], warnings: 1 },
  'AMD that ROCm has no code for': { on: 'linux-x64', gpus: [amd('RX 580', 'gfx803')], variant: 'cpu', problem: 'GPU_NONE', says: ['no code for RX 580 (gfx803)'], warnings: 0 },
  'AMD on Windows': { on: 'windows-x64', gpus: [amd('RX 7900 XTX')], variant: 'cpu', problem: 'GPU_NONE', says: ['not released yet', 'portable'], warnings: 1 },
  'Intel Arc on Windows': { on: 'windows-x64', gpus: [{ vendor: 'intel', name: 'Intel(R) Arc(TM) A770 Graphics' }], variant: 'xpu', says: ['A770', 'XPU'], warnings: 0 },
  'Intel Arc on Linux': { on: 'linux-x64', gpus: [{ vendor: 'intel', name: 'Intel Arc B-series' }], variant: 'xpu', says: [], warnings: 0 },
  'Apple': { on: 'macos-arm64', gpus: [{ vendor: 'apple', name: 'Apple M3 Max', memoryBytes: 64 * GB }], variant: 'mps', says: ['Apple M3 Max', 'Metal'], warnings: 0 },
  'a Mac with an Intel processor': { on: 'macos-x64', gpus: [], variant: 'cpu', problem: 'GPU_NONE', says: ['Intel processors', 'slow mode'], warnings: 0 },
  'nothing': { on: 'linux-x64', gpus: [], variant: 'cpu', problem: 'GPU_NONE', says: ['No supported GPU was found.', 'slow mode'], warnings: 0 },
};

describe('choice of a variant', () => {
  it.each(Object.entries(TABLE))('%s', (_name, { on, gpus, variant, problem, says, warnings }) => {
    const choice = choose(on, gpus);
    expect({ variant: choice.variant, problem: choice.problem, warnings: choice.warnings.length }).toEqual({ variant, problem, warnings });
    for (const words of says) expect([choice.reason, ...choice.warnings].join(' ')).toContain(words);
  });

  it('does not depend on the order in which GPUs are found', () => {
    const gpus = [nvidia('P40', '580.95', 6.1, 24), amd('RX 6800', 'gfx1030'), nvidia('RTX 4060', '580.95', 8.9, 8), { vendor: 'intel' as const, name: 'Intel Arc A-series' }];
    const variants = gpus.map((_, index) => choose('linux-x64', [...gpus.slice(index), ...gpus.slice(0, index)]).variant);
    expect(new Set(variants)).toEqual(new Set(['cu130']));
  });
});
