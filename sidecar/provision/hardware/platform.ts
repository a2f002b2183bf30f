/** Which of the supported platforms this is. */
import { AdgenError } from '#core/contract/errors.ts';
import type { Platform } from '../types.ts';

const NAMES: Readonly<Record<string, Platform>> = {
  'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'win32-x64': 'windows-x64', 'darwin-arm64': 'macos-arm64', 'darwin-x64': 'macos-x64',
};
/** PyTorch's builds for Linux need this. */
const OLDEST_GLIBC = 2.28;

export interface SystemFacts {
  readonly system: NodeJS.Platform;
  readonly machine: string;
  /** Of Linux, e.g. `2.36`; undefined where another C library is used (Alpine). */
  readonly glibc?: string;
}

/** Throws BAD_INPUT for a system that PyTorch has no builds for. */
export function platformOf({ system, machine, glibc }: SystemFacts): Platform {
  const platform = NAMES[`${system}-${machine}`];
  const elsewhere = 'Use a ComfyUI on another machine by its address.';
  if (platform === undefined) throw new AdgenError('BAD_INPUT', `ComfyUI cannot be installed on ${system} ${machine}: there is no PyTorch for it. ${elsewhere}`, { data: { reason: 'PLATFORM' } });
  if (system === 'linux' && !isNewEnough(glibc)) throw new AdgenError('BAD_INPUT', `ComfyUI cannot be installed on this Linux: PyTorch needs glibc ${OLDEST_GLIBC}, here is ${glibc === undefined ? 'another C library' : `glibc ${glibc}`}. ${elsewhere}`, { data: { reason: 'PLATFORM' } });
  return platform;
}

function isNewEnough(glibc: string | undefined): boolean {
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 28);
}

/** Node's own report names the C library that it runs with; the network part of it can take seconds. */
export function systemFacts(): SystemFacts {
  if (process.platform !== 'linux') return { system: process.platform, machine: process.arch };
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { system: process.platform, machine: process.arch, ...(header.glibcVersionRuntime ? { glibc: header.glibcVersionRuntime } : {}) };
}
