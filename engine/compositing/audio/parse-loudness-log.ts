/** Reads the summary that ffmpeg's `ebur128=peak=true` filter leaves in its log (EBU R128, ITU-R BS.1770). */

export interface Loudness {
  /** Integrated loudness, LUFS; null when all of it is silent (under the −70 LUFS gate). */
  readonly lufs: number | null;
  /** Largest true peak of any channel, dBTP; null for digital silence. */
  readonly truePeakDbtp: number | null;
  /** Loudness range, LU. */
  readonly rangeLu: number;
}

/** The last summary in the log, or undefined when there is none (ffmpeg read no sound). */
export function parseLoudnessLog(lines: readonly string[]): Loudness | undefined {
  const start = lines.findLastIndex((line) => line.includes('Summary:'));
  if (start < 0) return undefined;
  const summary = lines.slice(start);
  const lufs = valueOf(summary, /\bI:\s+(-?inf|nan|-?[\d.]+) LUFS/);
  const peak = valueOf(summary, /\bPeak:\s+(-?inf|nan|-?[\d.]+) dBFS/);
  return {
    // The filter's accumulator starts at −70: nothing was louder than the gate.
    lufs: lufs === undefined || lufs <= -70 ? null : lufs,
    truePeakDbtp: peak === undefined ? null : peak,
    rangeLu: valueOf(summary, /\bLRA:\s+(-?inf|nan|-?[\d.]+) LU\b/) ?? 0,
  };
}

function valueOf(lines: readonly string[], pattern: RegExp): number | undefined {
  for (const line of lines) {
    const text = pattern.exec(line)?.[1];
    if (text !== undefined) return Number.isFinite(Number(text)) ? Number(text) : undefined;
  }
  return undefined;
}
