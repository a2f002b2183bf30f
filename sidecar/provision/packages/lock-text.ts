/**
 * The text of a lock: a requirements file that pip and uv read as it is, one package a line with the hash of the one file that this
 * platform gets. The comment above it, in our form, says where that file is and how large, so that it can be fetched with our own
 * resumable downloads and the space forecast before.
 *
 *     # 1742123 5120000 https://files.pythonhosted.org/packages/…/aiohttp-3.14.1-cp312-….whl
 *     aiohttp==3.14.1 --hash=sha256:…
 *
 * A package whose file could not be looked up stands there without both.
 */
import { AdgenError } from '#core/contract/errors.ts';

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Missing = the index decides at installation. */
  readonly wheel?: Wheel;
}

export interface Wheel {
  readonly file: string;
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
  /** What it takes when it is installed. */
  readonly unpackedBytes: number;
}

const SOURCE = /^# (\d+) (\d+) (https:\/\/\S+)$/;
const PACKAGE = /^([a-z0-9][a-z0-9-]*)==([0-9][0-9a-z.+!]*)(?: --hash=sha256:([0-9a-f]{64}))?$/;

/** `heading` lines come first, as comments. */
export function formatLock(heading: readonly string[], packages: readonly LockedPackage[]): string {
  const lines = packages.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).flatMap(({ name, version, wheel }) => (wheel === undefined
    ? [`${name}==${version}`]
    : [`# ${wheel.bytes} ${wheel.unpackedBytes} ${wheel.url}`, `${name}==${version} --hash=sha256:${wheel.sha256}`]));
  return `${[...heading.map((line) => `# ${line}`), ...lines].join('\n')}\n`;
}

/** Throws BAD_INPUT with `file` and the line for anything that `formatLock` does not write. */
export function parseLock(text: string, file: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  let source: RegExpExecArray | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const found = PACKAGE.exec(line);
    if (found !== null) {
      packages.push(readPackage(found, source) ?? refuse(file, index, 'a hash comes with a source, and only a hash does'));
      source = null;
    } else if (line.startsWith('#')) {
      source = SOURCE.exec(line);
    } else if (line !== '') {
      refuse(file, index, `"${line.slice(0, 80)}" is no pinned package`);
    }
  }
  return packages;
}

function readPackage([, name = '', version = '', sha256]: RegExpExecArray, source: RegExpExecArray | null): LockedPackage | undefined {
  if (sha256 === undefined) return source === null ? { name, version } : undefined;
  if (source === null) return undefined;
  const [, bytes, unpackedBytes, url = ''] = source;
  return { name, version, wheel: { url, sha256, bytes: Number(bytes), unpackedBytes: Number(unpackedBytes), file: decodeURIComponent(url.split('/').at(-1) ?? '') } };
}

function refuse(file: string, index: number, what: string): never {
  throw new AdgenError('BAD_INPUT', `${file}, line ${index + 1}: ${what}. Make the locks anew with scripts/lock-engine.ts.`);
}
