/** What the tools of the vendors say, in the forms that they document, read one by one. */
import { describe, expect, it } from 'vitest';
import { parseKfdProperties, parseRocminfo } from './amd.ts';
import { parseSysctl } from './apple.ts';
import { intelGpus } from './intel.ts';
import { capabilityByName } from './nvidia-generations.ts';
import { explainNvidiaFailure, parseNvidiaSmi } from './nvidia.ts';
import { platformOf, systemFacts } from './platform.ts';
import { nvidiaDriver, parseVideoControllers } from './windows-video.ts';

const MIB = 1024 ** 2;

describe('nvidia-smi', () => {
  it.each([
    ['one GPU', 'NVIDIA GeForce RTX 4090, 24564, 566.36, 8.9\n', [{ vendor: 'nvidia', name: 'NVIDIA GeForce RTX 4090', memoryBytes: 24564 * MIB, driver: '566.36', computeCapability: 8.9 }]],
    ['line ends of Windows', 'NVIDIA T400, 2048, 551.61, 7.5\r\n', [{ vendor: 'nvidia', name: 'NVIDIA T400', memoryBytes: 2048 * MIB, driver: '551.61', computeCapability: 7.5 }]],
    ['an old driver: the capability by name', 'GeForce GTX 1080, 8119, 390.157\n', [{ vendor: 'nvidia', name: 'GeForce GTX 1080', memoryBytes: 8119 * MIB, driver: '390.157', computeCapability: 6.1 }]],
    ['shared memory', 'NVIDIA GB10, [N/A], 580.95.05, 12.1\n', [{ vendor: 'nvidia', name: 'NVIDIA GB10', driver: '580.95.05', computeCapability: 12.1 }]],
    ['an unknown name', 'NVIDIA Graphics Device, 1000, 600.1\n', [{ vendor: 'nvidia', name: 'NVIDIA Graphics Device', memoryBytes: 1000 * MIB, driver: '600.1' }]],
    ['nothing', '', []],
    ['an unreadable line between', 'A, 1, 500.1, 8.6\nWARNING: infoROM is corrupted at gpu 0000:01:00.0\n', [{ vendor: 'nvidia', name: 'A', memoryBytes: MIB, driver: '500.1', computeCapability: 8.6 }]],
  ])('%s', (_name, text, expected) => {
    expect(parseNvidiaSmi(text)).toEqual(expected);
  });

  it.each([
    ['a driver that does not run', { stdout: 'NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n' }, 'does not run. Restart'],
    ['an update without a restart', { stdout: 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 580.95\n' }, 'was updated while it was running. Restart the computer.'],
    ['no rights', { stdout: 'Failed to initialize NVML: Insufficient Permissions\n' }, '/dev/nvidia*'],
    ['a hang', { isTimedOut: true, exitCode: null }, 'does not answer'],
    ['anything else', { stderr: 'Unable to determine the device handle for GPU 0000:01:00.0: Unknown Error\n' }, 'it said: "Unable to determine the device handle'],
    ['silence', {}, 'it said: "nothing"'],
  ])('explains %s', (_name, output, words) => {
    expect(explainNvidiaFailure({ exitCode: 9, isTimedOut: false, stdout: '', stderr: '', ...output }).note).toContain(words);
  });

  it('has nothing to explain when there is no GPU', () => {
    expect(explainNvidiaFailure({ exitCode: 6, isTimedOut: false, stdout: 'No devices were found\n', stderr: '' })).toEqual({});
  });
});

it.each([
  ['NVIDIA GeForce RTX 5090', 12], ['NVIDIA RTX PRO 6000 Blackwell Workstation Edition', 12], ['NVIDIA B200', 10], ['NVIDIA H100 80GB HBM3', 9],
  ['NVIDIA GeForce RTX 4070 Ti SUPER', 8.9], ['NVIDIA RTX 6000 Ada Generation', 8.9], ['NVIDIA L4', 8.9], ['NVIDIA A100-SXM4-40GB', 8],
  ['NVIDIA GeForce RTX 3060 Laptop GPU', 8.6], ['NVIDIA RTX A2000 12GB', 8.6], ['NVIDIA A10G', 8.6], ['Quadro RTX 5000', 7.5], ['NVIDIA RTX 5000 Ada Generation', 8.9], ['NVIDIA RTX 4000 SFF Ada Generation', 8.9], ['GeForce GTX 1660 SUPER', 7.5],
  ['Tesla T4', 7.5], ['TITAN RTX', 7.5], ['Tesla V100-PCIE-16GB', 7], ['TITAN V', 7], ['GeForce GTX 1050 Ti', 6.1], ['TITAN Xp', 6.1], ['Tesla P40', 6.1],
  ['Tesla P100-PCIE-16GB', 6], ['GeForce GTX 970', 5.2], ['GeForce GTX 980M', 5.2], ['Tesla M60', 5.2], ['GeForce GTX 750 Ti', 5], ['GeForce GTX 780', 3.5], ['Tesla K80', 3.5],
  ['Some Card', undefined],
])('%s has compute capability %s', (name, capability) => {
  expect(capabilityByName(name)).toBe(capability);
});

describe('AMD', () => {
  const ROCMINFO = `ROCk module is loaded
==========
HSA Agents
==========
*******
Agent 1
*******
  Name:                    AMD Ryzen 9 7950X 16-Core Processor
  Marketing Name:          AMD Ryzen 9 7950X 16-Core Processor
  Vendor Name:             CPU
  Device Type:             CPU
*******
Agent 2
*******
  Name:                    gfx1100
  Uuid:                    GPU-abc
  Marketing Name:          Radeon RX 7900 XTX
  Vendor Name:             AMD
  Device Type:             GPU
  Pool Info:
    Pool 1
      Name:                    something else
`;

  it('reads rocminfo: GPUs only', () => {
    expect(parseRocminfo(ROCMINFO)).toEqual([{ name: 'Radeon RX 7900 XTX', architecture: 'gfx1100' }]);
  });

  it.each([
    ['simd_count 192\ngfx_target_version 110000\nvendor_id 4098\ndevice_id 29772\n', { architecture: 'gfx1100', deviceId: 0x744c }],
    ['gfx_target_version 90010\ndevice_id 29708\n', { architecture: 'gfx90a', deviceId: 29708 }],
    ['gfx_target_version 100306\ndevice_id 5710\n', { architecture: 'gfx1036', deviceId: 5710 }],
    ['cpu_cores_count 32\ngfx_target_version 0\n', undefined],
    ['', undefined],
  ])('reads the properties of a compute node', (text, expected) => {
    expect(parseKfdProperties(text)).toEqual(expected);
  });
});

it.each([
  ['34359738368\nApple M2 Pro\n', [{ vendor: 'apple', name: 'Apple M2 Pro', memoryBytes: 34_359_738_368 }]],
  ['17179869184\nIntel(R) Core(TM) i7-9750H CPU @ 2.60GHz\n', []],
  ['', []],
])('sysctl', (text, expected) => {
  expect(parseSysctl(text)).toEqual(expected);
});

it('names Intel graphics by PCI id, and only those that PyTorch can use', () => {
  const cards = [0x56a0, 0xe20b, 0x64a0, 0x4680, 0x3e92].map((deviceId) => ({ vendorId: 0x8086, deviceId }));
  expect(intelGpus([...cards, { vendorId: 0x1002, deviceId: 0x56a0 }]).map(({ name }) => name)).toEqual(['Intel Arc A-series (8086:56a0)', 'Intel Arc B-series (8086:e20b)', 'Intel Arc in Core Ultra 200V (8086:64a0)']);
});

describe('the list of Windows', () => {
  it('reads several cards; integrated and virtual ones are left out', () => {
    const text = JSON.stringify([
      { Name: 'NVIDIA GeForce RTX 4070', DriverVersion: '32.0.15.6636', AdapterRAM: 4_293_918_720 },
      { Name: 'Intel(R) UHD Graphics 770', DriverVersion: '31.0.101.4255', AdapterRAM: 1_073_741_824 },
      { Name: 'Microsoft Basic Display Adapter', DriverVersion: '10.0', AdapterRAM: null },
    ]);
    expect(parseVideoControllers(text)).toEqual([{ vendor: 'nvidia', name: 'NVIDIA GeForce RTX 4070', driver: '566.36', computeCapability: 8.9 }]);
  });

  it('reads a single card, which is no list', () => {
    expect(parseVideoControllers('{"Name":"AMD Radeon RX 6600","DriverVersion":"31.0.24033.1003","AdapterRAM":2147483648}')).toEqual([{ vendor: 'amd', name: 'AMD Radeon RX 6600', driver: '31.0.24033.1003', memoryBytes: 2_147_483_648 }]);
    expect(parseVideoControllers('{"Name":"Intel(R) Arc(TM) A770 Graphics","DriverVersion":"32.0.101.6083","AdapterRAM":null}')).toEqual([{ vendor: 'intel', name: 'Intel(R) Arc(TM) A770 Graphics', driver: '32.0.101.6083' }]);
  });

  it('tells nothing from nonsense', () => {
    expect(parseVideoControllers('')).toEqual([]);
    expect(parseVideoControllers('Get-CimInstance : Access denied')).toBeUndefined();
    expect(parseVideoControllers('[null, 3]')).toEqual([]);
  });

  it.each([['32.0.15.6636', '566.36'], ['27.21.14.5671', '456.71'], ['1.2', undefined]])('driver %s is %s', (version, expected) => {
    expect(nvidiaDriver(version)).toBe(expected);
  });
});

describe('platform', () => {
  it.each([
    [{ system: 'linux', machine: 'x64', glibc: '2.28' }, 'linux-x64'], [{ system: 'linux', machine: 'arm64', glibc: '2.39' }, 'linux-arm64'],
    [{ system: 'win32', machine: 'x64' }, 'windows-x64'], [{ system: 'darwin', machine: 'arm64' }, 'macos-arm64'], [{ system: 'darwin', machine: 'x64' }, 'macos-x64'],
  ] as const)('%o is %s', (facts, expected) => {
    expect(platformOf(facts)).toBe(expected);
  });

  it.each([
    [{ system: 'win32', machine: 'arm64' }, 'win32 arm64'], [{ system: 'freebsd', machine: 'x64' }, 'freebsd x64'],
    [{ system: 'linux', machine: 'x64', glibc: '2.17' }, 'glibc 2.17'], [{ system: 'linux', machine: 'x64' }, 'another C library'],
  ] as const)('%o is refused', (facts, words) => {
    expect(() => platformOf(facts)).toThrow(words);
  });

  it('knows this machine', () => {
    expect(platformOf(systemFacts())).toMatch(/^(?:linux|windows|macos)-(?:x64|arm64)$/);
  });
});
