/** Versions as ComfyUI writes them: `0.33.0`, `v0.3.64`. */

/** Says whether `version` is older than `wanted`. What cannot be read is not called old. */
export function isOlder(version: string, wanted: string): boolean {
  const [a, b] = [parts(version), parts(wanted)];
  if (!a || !b) return false;
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function parts(version: string): number[] | undefined {
  const match = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(version.trim());
  return match ? match.slice(1).map((part) => Number(part ?? 0)) : undefined;
}
