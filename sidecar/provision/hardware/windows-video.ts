/** Windows' own list of graphics cards, for what the vendors' tools do not tell. */
import type { Gpu } from '../types.ts';
import { isIntelArc } from './intel.ts';
import { capabilityByName } from './nvidia-generations.ts';
import type { RunTool } from './run-tool.ts';

const SCRIPT = '[Console]::OutputEncoding = [Text.Encoding]::UTF8; @(Get-CimInstance Win32_VideoController | Select-Object Name, DriverVersion, AdapterRAM) | ConvertTo-Json -Compress';
/** AdapterRAM is a 32-bit number: everything larger reads as this, or wraps. */
const LARGEST_KNOWN_BYTES = 4_293_918_720;

/** Undefined when Windows cannot be asked. */
export async function lookForWindowsVideo(run: RunTool): Promise<Gpu[] | undefined> {
  const output = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', SCRIPT]);
  return output?.exitCode === 0 ? parseVideoControllers(output.stdout) : undefined;
}

/** One object or a list of them, as PowerShell likes. Integrated graphics and virtual screens are left out. */
export function parseVideoControllers(text: string): Gpu[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.trim() || '[]');
  } catch {
    return undefined; // PowerShell said something else
  }
  return [parsed].flat().flatMap((controller) => describeController(controller as Readonly<Record<string, unknown>> | null));
}

function describeController(controller: Readonly<Record<string, unknown>> | null): Gpu[] {
  const name = String(controller?.['Name'] ?? '');
  const version = String(controller?.['DriverVersion'] ?? '');
  const bytes = Number(controller?.['AdapterRAM']);
  const memory = bytes > 0 && bytes < LARGEST_KNOWN_BYTES ? { memoryBytes: bytes } : {};
  if (/nvidia/i.test(name)) {
    const driver = nvidiaDriver(version);
    const computeCapability = capabilityByName(name);
    return [{ vendor: 'nvidia', name, ...memory, ...(driver ? { driver } : {}), ...(computeCapability === undefined ? {} : { computeCapability }) }];
  }
  if (/\b(?:AMD|Radeon)\b/i.test(name)) return [{ vendor: 'amd', name, driver: version, ...memory }];
  if (/intel/i.test(name) && isIntelArc(name)) return [{ vendor: 'intel', name, driver: version }];
  return [];
}

/** 32.0.15.6636 is driver 566.36: NVIDIA's number is the last five digits. */
export function nvidiaDriver(version: string): string | undefined {
  const digits = version.split('.').slice(-2).join('').slice(-5);
  return /^\d{5}$/.test(digits) ? `${digits.slice(0, 3)}.${digits.slice(3)}` : undefined;
}
