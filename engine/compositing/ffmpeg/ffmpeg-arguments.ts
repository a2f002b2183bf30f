/** Pure parts of an ffmpeg command line. Nothing here touches the disk. */
import path from 'node:path';
import type { FfmpegInput } from './ffmpeg-job.ts';

/** ffmpeg's own file protocol: a leading dash, a colon or a quote in the name means nothing behind it. */
export function formatFileUrl(filePath: string): string {
  return `file:${path.resolve(filePath)}`;
}

/** What stands behind `-i`. */
export function formatInputSource(input: FfmpegInput): string {
  if ('pipe' in input) return 'pipe:0';
  return 'lavfi' in input ? input.lavfi : formatFileUrl(input.path);
}

/**
 * Options in front of `-i`. A picture whose name holds `%`, `*` or `?` would be read as a numbered sequence by the
 * image2 demuxer, so pictures are opened with patterns switched off.
 */
export function inputOptions(input: FfmpegInput): string[] {
  const options = [...(input.options ?? [])];
  if ('lavfi' in input) return ['-f', 'lavfi', ...options];
  if ('path' in input && !options.includes('-f') && isPictureWithPattern(input.path)) return ['-f', 'image2', '-pattern_type', 'none', ...options];
  return options;
}

function isPictureWithPattern(filePath: string): boolean {
  return /\.(png|jpe?g|webp|bmp|tiff?|gif)$/i.test(filePath) && /[%*?[\]{}]/.test(filePath);
}

/** A command line for the log: arguments that a shell would split are quoted. */
export function formatCommand(file: string, args: readonly string[]): string {
  return [file, ...args].map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`)).join(' ');
}
