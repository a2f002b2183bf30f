/** Versions of ComfyUI: which we can talk to. What a version can do beyond that is asked from the server, not looked up. */

export interface EngineVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Client-made prompt ids, progress per node, previews with metadata and interrupts by id are all older than this. */
export const OLDEST_VERSION = '0.3.64';
/** The newest release whose protocol was read. Newer ones are used, and named in reports. */
export const NEWEST_KNOWN_VERSION = '0.38';

/** Reads "0.33.0", "v0.3.64" and "0.3.64-12-gabcdef"; undefined for anything else. */
export function parseVersion(text: string): EngineVersion | undefined {
  const match = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(text.trim());
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0) } : undefined;
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: EngineVersion, b: EngineVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

export function isTooOld(version: EngineVersion): boolean {
  const oldest = parseVersion(OLDEST_VERSION);
  return oldest !== undefined && compareVersions(version, oldest) < 0;
}

/** True for a release after the newest known one; patches of that one do not count. */
export function isNewerThanKnown(version: EngineVersion): boolean {
  const known = parseVersion(NEWEST_KNOWN_VERSION);
  return known !== undefined && compareVersions({ ...version, patch: 0 }, known) > 0;
}
