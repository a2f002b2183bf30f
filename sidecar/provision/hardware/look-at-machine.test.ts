/** Whole machines: folders like those of the kernel, recorded answers of tools, and tools that are real processes. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lookAtMachine } from './look-at-machine.ts';
import type { RunTool, ToolOutput } from './run-tool.ts';
import { createRunTool } from './run-tool.ts';

const GB = 1024 ** 3;
const LINUX = { system: 'linux', machine: 'x64', glibc: '2.39' } as const;
const WINDOWS = { system: 'win32', machine: 'x64' } as const;
const MAC = { system: 'darwin', machine: 'arm64' } as const;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'adgen-machine-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** Answers by the name of the tool; everything else is not installed. */
function recorded(answers: Readonly<Record<string, Partial<ToolOutput> | ((args: readonly string[]) => Partial<ToolOutput>)>>): RunTool {
  return (file, args) => {
    const answer = answers[file];
    if (answer === undefined) return Promise.resolve(undefined);
    return Promise.resolve({ exitCode: 0, isTimedOut: false, stdout: '', stderr: '', ...(typeof answer === 'function' ? answer(args) : answer) });
  };
}

const card = (index: number, vendor: string, device: string, memory?: string) => ({
  [`sys/class/drm/card${index}/device/vendor`]: `${vendor}\n`, [`sys/class/drm/card${index}/device/device`]: `${device}\n`,
  ...(memory ? { [`sys/class/drm/card${index}/device/mem_info_vram_total`]: `${memory}\n` } : {}),
});
const look = (facts: typeof LINUX | typeof WINDOWS | typeof MAC, run: RunTool) => lookAtMachine({ facts, run, root, ramBytes: 32 * GB });

describe('Linux', () => {
  it('with nothing at all', async () => {
    expect(await look(LINUX, recorded({}))).toEqual({ platform: 'linux-x64', ramBytes: 32 * GB, gpus: [], notes: [] });
  });

  it('with NVIDIA: the tool knows more than the kernel', async () => {
    await put(card(0, '0x10de', '0x2684'));
    const { gpus, notes } = await look(LINUX, recorded({ 'nvidia-smi': { stdout: 'NVIDIA GeForce RTX 4090, 24564, 580.95.05, 8.9\n' } }));
    expect(gpus).toEqual([{ vendor: 'nvidia', name: 'NVIDIA GeForce RTX 4090', memoryBytes: 24564 * 1024 ** 2, driver: '580.95.05', computeCapability: 8.9 }]);
    expect(notes).toEqual([]);
  });

  it('with a driver that does not know the compute capability', async () => {
    const run = recorded({ 'nvidia-smi': ([query = '']) => (query.includes('compute_cap') ? { exitCode: 2, stdout: 'Field "compute_cap" is not a valid field to query.\n' } : { stdout: 'Tesla K80, 11441, 470.256.02\n' }) });
    expect((await look(LINUX, run)).gpus).toEqual([{ vendor: 'nvidia', name: 'Tesla K80', memoryBytes: 11441 * 1024 ** 2, driver: '470.256.02', computeCapability: 3.5 }]);
  });

  it('under Windows (WSL), where the tool is not on the path', async () => {
    const { gpus } = await look(LINUX, recorded({ '/usr/lib/wsl/lib/nvidia-smi': { stdout: 'NVIDIA GeForce RTX 3080, 10240, 581.15, 8.6\n' } }));
    expect(gpus).toHaveLength(1);
  });

  it('with a broken driver: the card is there, and what to do', async () => {
    await put(card(0, '0x10de', '0x2684'));
    const { gpus, notes } = await look(LINUX, recorded({ 'nvidia-smi': { exitCode: 18, stdout: 'Failed to initialize NVML: Driver/library version mismatch\n' } }));
    expect(gpus).toEqual([{ vendor: 'nvidia', name: 'NVIDIA GPU 10de:2684' }]);
    expect(notes).toEqual(['The NVIDIA driver was updated while it was running. Restart the computer.']);
  });

  it('with a card but no driver', async () => {
    await put(card(1, '0x10de', '0x1b80'));
    const { gpus, notes } = await look(LINUX, recorded({}));
    expect(gpus).toEqual([{ vendor: 'nvidia', name: 'NVIDIA GPU 10de:1b80' }]);
    expect(notes).toEqual([expect.stringContaining('driver is not installed')]);
  });

  const KFD = { 'sys/class/kfd/kfd/topology/nodes/0/properties': 'gfx_target_version 0\n', 'sys/class/kfd/kfd/topology/nodes/1/properties': 'gfx_target_version 110000\ndevice_id 29772\n' };

  it('with AMD and without ROCm', async () => {
    await put({ ...card(0, '0x1002', '0x744c', String(24 * GB)), ...KFD, 'dev/kfd': '' });
    const { gpus, notes } = await look(LINUX, recorded({}));
    expect(gpus).toEqual([{ vendor: 'amd', name: 'AMD GPU 1002:744c', memoryBytes: 24 * GB, architecture: 'gfx1100' }]);
    expect(notes).toEqual([]);
  });

  it('with AMD, where rocminfo knows the name', async () => {
    await put({ ...card(0, '0x1002', '0x744c', String(24 * GB)), ...KFD, 'dev/kfd': '' });
    const stdout = 'Agent 1\n  Name: gfx1100\n  Marketing Name: Radeon RX 7900 XTX\n  Device Type: GPU\n';
    expect((await look(LINUX, recorded({ rocminfo: { stdout } }))).gpus[0]?.name).toBe('Radeon RX 7900 XTX');
  });

  it('with AMD that this user may not use', async () => {
    await put({ ...card(0, '0x1002', '0x744c', String(24 * GB)), ...KFD });
    expect((await look(LINUX, recorded({}))).notes).toEqual([expect.stringContaining('groups "render" and "video"')]);
  });

  it('with AMD whose compute driver is not loaded', async () => {
    await put(card(0, '0x1002', '0x67df', String(8 * GB)));
    const { gpus, notes } = await look(LINUX, recorded({}));
    expect(gpus).toEqual([{ vendor: 'amd', name: 'AMD GPU 1002:67df', memoryBytes: 8 * GB }]);
    expect(notes).toEqual([expect.stringContaining('amdgpu with KFD')]);
  });

  it('with Intel: integrated graphics do not count', async () => {
    await put({ ...card(0, '0x8086', '0x4680'), ...card(1, '0x8086', '0x56a0'), 'sys/class/drm/card1-DP-1/status': 'connected', 'sys/class/drm/version': 'drm 1.1.0' });
    expect((await look(LINUX, recorded({}))).gpus).toEqual([{ vendor: 'intel', name: 'Intel Arc A-series (8086:56a0)' }]);
  });
});

describe('Windows', () => {
  const listed = { 'powershell.exe': { stdout: '[{"Name":"NVIDIA GeForce RTX 4070","DriverVersion":"32.0.15.6636","AdapterRAM":4293918720},{"Name":"AMD Radeon(TM) Graphics","DriverVersion":"31.0","AdapterRAM":536870912}]\r\n' } };

  it('with NVIDIA\'s tool and a second card', async () => {
    const { gpus } = await look(WINDOWS, recorded({ ...listed, 'nvidia-smi': { stdout: 'NVIDIA GeForce RTX 4070, 12282, 566.36, 8.9\r\n' } }));
    expect(gpus.map(({ name, memoryBytes }) => [name, memoryBytes])).toEqual([['NVIDIA GeForce RTX 4070', 12282 * 1024 ** 2], ['AMD Radeon(TM) Graphics', 536870912]]);
  });

  it('with NVIDIA\'s tool at an old place', async () => {
    expect((await look(WINDOWS, recorded({ ...listed, [String.raw`C:\Program Files\NVIDIA Corporation\NVSMI\nvidia-smi.exe`]: { stdout: 'GeForce GTX 970, 4096, 391.35\r\n' } }))).gpus[0]).toMatchObject({ name: 'GeForce GTX 970', computeCapability: 5.2 });
  });

  it('without NVIDIA\'s tool: the list names card and driver', async () => {
    expect((await look(WINDOWS, recorded(listed))).gpus[0]).toEqual({ vendor: 'nvidia', name: 'NVIDIA GeForce RTX 4070', driver: '566.36', computeCapability: 8.9 });
  });

  it('with a driver that is listed but broken', async () => {
    const { gpus, notes } = await look(WINDOWS, recorded({ ...listed, 'nvidia-smi': { exitCode: 9, stdout: 'NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver.\r\n' } }));
    expect(gpus[0]).toMatchObject({ name: 'NVIDIA GeForce RTX 4070', driver: undefined });
    expect(notes).toEqual([expect.stringContaining('does not run')]);
  });

  it('with a list that cannot be had', async () => {
    expect((await look(WINDOWS, recorded({}))).notes).toEqual([expect.stringContaining('did not list its graphics cards')]);
  });
});

it('looks at a Mac', async () => {
  expect(await look(MAC, recorded({ '/usr/sbin/sysctl': { stdout: '68719476736\nApple M3 Max\n' } }))).toEqual({ platform: 'macos-arm64', ramBytes: 32 * GB, gpus: [{ vendor: 'apple', name: 'Apple M3 Max', memoryBytes: 64 * GB }], notes: [] });
});

it('looks at this machine without an error', async () => {
  const hardware = await lookAtMachine();
  expect(hardware.ramBytes).toBeGreaterThan(0);
});

describe.runIf(process.platform !== 'win32')('tools as processes', () => {
  const tool = async (name: string, script: string): Promise<string> => {
    await put({ [name]: `#!/bin/sh\n${script}\n` });
    await chmod(join(root, name), 0o755);
    return join(root, name);
  };

  it('hands back what a tool says and how it ended', async () => {
    expect(await createRunTool()(await tool('smi', 'echo out; echo err >&2; exit 9'), [])).toEqual({ exitCode: 9, isTimedOut: false, stdout: 'out', stderr: 'err' });
  });

  it('takes a missing tool and one that may not be started for no tool', async () => {
    await put({ plain: 'text' });
    expect(await createRunTool()(join(root, 'missing'), [])).toBeUndefined();
    expect(await createRunTool()(join(root, 'plain'), [])).toBeUndefined();
  });

  it('ends a tool that hangs, also when it ignores that', async () => {
    expect(await createRunTool(300)(await tool('hangs', 'trap "" TERM; echo $$; while :; do sleep 0.05; done'), [])).toMatchObject({ isTimedOut: true });
  });
});
