/** Which wheel of a package a platform gets: the file name says for which Python, ABI and system it was built. */
import type { Platform } from '#sidecar/provision/types.ts';

/** What the pinned Python and the oldest supported systems run: glibc 2.28, macOS 14. */
const PYTHON_MINOR = 12;
const GLIBC_MINOR = 28;
const MACOS_MAJOR = 14;

const OLD_MANYLINUX: Readonly<Record<string, number>> = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17 };

/** The best of these files for a platform: built for exactly this Python before abi3, abi3 before pure Python. Undefined when none runs. */
export function bestWheel<T extends { readonly file: string }>(files: readonly T[], platform: Platform): T | undefined {
  const ranked = files.flatMap((file) => {
    const rank = rankOf(file.file, platform);
    return rank === undefined ? [] : [{ file, rank }];
  });
  return ranked.toSorted((a, b) => b.rank - a.rank || a.file.file.localeCompare(b.file.file))[0]?.file;
}

function rankOf(file: string, platform: Platform): number | undefined {
  if (!file.endsWith('.whl')) return undefined;
  const [systems = '', abis = '', pythons = ''] = file.slice(0, -'.whl'.length).split('-').toReversed();
  const ranks = pythons.split('.').flatMap((python) => abis.split('.').flatMap((abi) => systems.split('.').map((system) => rankOfTag(python, abi, system, platform))));
  const fitting = ranks.filter((rank) => rank !== undefined);
  return fitting.length === 0 ? undefined : Math.max(...fitting);
}

function rankOfTag(python: string, abi: string, system: string, platform: Platform): number | undefined {
  const interpreter = rankOfInterpreter(python, abi);
  const place = rankOfSystem(system, platform);
  return interpreter === undefined || place === undefined ? undefined : interpreter * 1000 + place;
}

function rankOfInterpreter(python: string, abi: string): number | undefined {
  const minor = Number(/^cp3(\d+)$/.exec(python)?.[1]);
  if (minor === PYTHON_MINOR && abi === `cp3${PYTHON_MINOR}`) return 300;
  if (minor <= PYTHON_MINOR && abi === 'abi3') return 200 + minor;
  if (minor === PYTHON_MINOR && abi === 'none') return 120;
  return /^py3(?:\d+)?$/.test(python) && abi === 'none' && Number(/^py3(\d+)$/.exec(python)?.[1] ?? 0) <= PYTHON_MINOR ? 100 : undefined;
}

/** The newer the system that a wheel was built for, the better, as long as ours is no older. */
function rankOfSystem(system: string, platform: Platform): number | undefined {
  if (system === 'any') return 0;
  if (platform === 'windows-x64') return system === 'win_amd64' ? 1 : undefined;
  if (platform === 'macos-arm64' || platform === 'macos-x64') return rankOfMac(system, platform === 'macos-arm64' ? 'arm64' : 'x86_64');
  return rankOfLinux(system, platform === 'linux-x64' ? 'x86_64' : 'aarch64');
}

function rankOfMac(system: string, machine: string): number | undefined {
  const [, major, , built] = /^macosx_(\d+)_(\d+)_(arm64|x86_64|universal2)$/.exec(system) ?? [];
  return Number(major) <= MACOS_MAJOR && (built === machine || built === 'universal2') ? Number(major) : undefined;
}

function rankOfLinux(system: string, machine: string): number | undefined {
  const [, name = '', minor, built] = /^(manylinux1|manylinux2010|manylinux2014|manylinux_2_(\d+)|linux)_(x86_64|aarch64)$/.exec(system) ?? [];
  const glibc = name === 'linux' ? 0 : Number(minor ?? OLD_MANYLINUX[name]);
  return built === machine && glibc <= GLIBC_MINOR ? glibc + 1 : undefined;
}
