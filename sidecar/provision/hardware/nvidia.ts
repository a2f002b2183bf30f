/** NVIDIA: what `nvidia-smi` answers, also when the driver is broken or too old to know today's questions. */
import type { Gpu } from '../types.ts';
import { capabilityByName } from './nvidia-generations.ts';
import type { RunTool, ToolOutput } from './run-tool.ts';

/** `note` is for the user and ends with what to do. */
export interface NvidiaAnswer {
  readonly gpus: readonly Gpu[];
  readonly note?: string;
  /** The driver's tools are there: what they do not list is not usable. */
  readonly hasTools: boolean;
}

const FIELDS = ['name', 'memory.total', 'driver_version', 'compute_cap'] as const;
const WITHOUT_CAPABILITY = FIELDS.slice(0, 3);
const MIB = 1024 * 1024;

/** Where it stands when the PATH does not say; the last is a Linux under Windows. */
const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  win32: [String.raw`C:\Windows\System32\nvidia-smi.exe`, String.raw`C:\Program Files\NVIDIA Corporation\NVSMI\nvidia-smi.exe`],
  linux: ['/usr/bin/nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi'],
};

export async function lookForNvidia(run: RunTool, system: NodeJS.Platform): Promise<NvidiaAnswer> {
  for (const place of ['nvidia-smi', ...(PLACES[system] ?? [])]) {
    const first = await ask(run, place, FIELDS);
    if (first === undefined) continue;
    const output = isUnknownField(first) ? (await ask(run, place, WITHOUT_CAPABILITY)) ?? first : first;
    return output.exitCode === 0 ? { gpus: parseNvidiaSmi(output.stdout), hasTools: true } : { gpus: [], hasTools: true, ...explainNvidiaFailure(output) };
  }
  return { gpus: [], hasTools: false };
}

const ask = (run: RunTool, place: string, fields: readonly string[]): Promise<ToolOutput | undefined> => run(place, [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits']);

/** Drivers before 510 do not know the compute capability. */
const isUnknownField = ({ stdout, stderr }: ToolOutput): boolean => /not a valid field/i.test(stdout + stderr);

/** One line a GPU: name, MiB, driver, and the compute capability if it was asked for. Lines of another form are left out. */
export function parseNvidiaSmi(text: string): Gpu[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name, memory, driver, capability] = line.split(',').map((part) => part.trim());
    if (!name || !driver || !/^\d+(?:\.\d+)*$/.test(driver)) return [];
    const memoryMib = Number(memory);
    const computeCapability = /^\d+\.\d+$/.test(capability ?? '') ? Number(capability) : capabilityByName(name);
    // Boards that share the system's memory say [N/A].
    return [{ vendor: 'nvidia' as const, name, driver, ...(memoryMib > 0 ? { memoryBytes: memoryMib * MIB } : {}), ...(computeCapability === undefined ? {} : { computeCapability }) }];
  });
}

/** What a failing `nvidia-smi` means; nothing when it only says that there is no GPU. */
export function explainNvidiaFailure({ stdout, stderr, isTimedOut }: ToolOutput): { note?: string } {
  const text = `${stdout}\n${stderr}`;
  if (isTimedOut) return { note: 'The NVIDIA driver does not answer. Restart the computer; if that does not help, install the driver again.' };
  if (/version mismatch/i.test(text)) return { note: 'The NVIDIA driver was updated while it was running. Restart the computer.' };
  if (/couldn't communicate with the NVIDIA driver/i.test(text)) return { note: 'The NVIDIA driver is installed but does not run. Restart the computer; if that does not help, install the driver again.' };
  if (/no devices were found/i.test(text)) return {};
  if (/insufficient permissions/i.test(text)) return { note: 'This user may not ask the NVIDIA driver. Give it access to /dev/nvidia*, then try again.' };
  const said = text.split('\n').map((line) => line.trim()).find((line) => line !== '') ?? 'nothing';
  return { note: `The NVIDIA driver cannot be asked; it said: "${said.slice(0, 200)}". Install the driver again.` };
}
