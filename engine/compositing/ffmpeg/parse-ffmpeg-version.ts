/** Pure parsers of what `ffmpeg -encoders` prints: the banner with the version on stderr, the table on stdout. */

export interface FfmpegVersion {
  /** As printed: `5.1.9-0+deb12u1`, `n7.1`, `N-118048-g…`. */
  readonly text: string;
  /** Missing for a build from git, which carries no number. */
  readonly major?: number;
  readonly minor?: number;
}

export function parseFfmpegVersion(banner: string): FfmpegVersion | undefined {
  const text = /^ffmpeg version (\S+)/m.exec(banner)?.[1];
  if (text === undefined) return undefined;
  const numbers = /^n?(\d+)\.(\d+)/.exec(text);
  return numbers ? { text, major: Number(numbers[1]), minor: Number(numbers[2]) } : { text };
}

/** A build from git counts as new: nobody ships one from before 4.4. */
export function isRecentEnough(version: FfmpegVersion): boolean {
  if (version.major === undefined || version.minor === undefined) return true;
  return version.major > 4 || (version.major === 4 && version.minor >= 4);
}

/** Names of the encoders in the table of `-encoders`. */
export function parseEncoderNames(table: string): ReadonlySet<string> {
  return new Set([...table.matchAll(/^ [VAS][F.][S.][X.][B.][D.] (\S+)/gm)].map((match) => match[1] as string));
}
