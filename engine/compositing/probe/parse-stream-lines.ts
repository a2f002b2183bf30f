/** Pure parsers of what ffmpeg logs about an input at `-loglevel info`. Tolerant: the words moved between 4.4 and 8. */
import type { ColorTags } from './parse-sample-entry.ts';

export interface VideoStreamLine {
  readonly codec: string;
  readonly profile?: string;
  readonly pixFmt: string;
  readonly width: number;
  readonly height: number;
  /** As logged: rounded to two digits, `29.97`. */
  readonly fps?: number;
  readonly color: ColorTags;
}

export interface AudioStreamLine {
  readonly codec: string;
  readonly profile?: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitrate?: number;
}

export interface InputLines {
  readonly container?: string;
  readonly durationSeconds?: number;
  readonly video?: VideoStreamLine;
  readonly audio?: AudioStreamLine;
}

const CHANNELS: Readonly<Record<string, number>> = { mono: 1, stereo: 2, '2.1': 3, quad: 4, '5.0': 5, '5.1': 6, '5.1(side)': 6, '7.1': 8 };

/** Reads the `Input #0` part of the log, up to where the output begins. */
export function parseInputLines(lines: readonly string[]): InputLines {
  const end = lines.findIndex((line) => /^(Output #0|Stream mapping:)/.test(line));
  const input = end === -1 ? lines : lines.slice(0, end);
  const streams = input.filter((line) => /^\s+Stream #0:\d+/.test(line));
  const duration = firstMatch(input, /^\s+Duration: (\d+):(\d+):(\d+\.\d+)/);
  return {
    container: firstMatch(input, /^Input #0, (\S+), from/)?.[1],
    durationSeconds: duration && Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]),
    video: parseVideoLine(streams.find((line) => line.includes('Video: ') && !line.includes('(attached pic)'))),
    audio: parseAudioLine(streams.find((line) => line.includes('Audio: '))),
  };
}

/** `Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive), 1080x1920, 1023 kb/s, 30 fps, …` */
export function parseVideoLine(line: string | undefined): VideoStreamLine | undefined {
  const parts = splitFields(line, 'Video: ');
  const size = parts && firstMatch(parts, /^(\d+)x(\d+)/);
  if (!parts || !size) return undefined;
  const [pixFmt = '', details = ''] = (parts[1] ?? '').split(/[()]/);
  const fps = firstMatch(parts, /^([\d.]+)(k?) fps/);
  return {
    ...parseCodec(parts[0] ?? ''), pixFmt, width: Number(size[1]), height: Number(size[2]),
    fps: fps && Number(fps[1]) * (fps[2] ? 1000 : 1), color: parseColorDetails(details),
  };
}

/** `Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 191 kb/s (default)` */
export function parseAudioLine(line: string | undefined): AudioStreamLine | undefined {
  const parts = splitFields(line, 'Audio: ');
  const rate = parts && firstMatch(parts, /^(\d+) Hz/);
  if (!parts || !rate) return undefined;
  const layout = (parts[2] ?? '').replace(/ \(.*/, '');
  const bitrate = firstMatch(parts, /^(\d+) kb\/s/);
  return {
    ...parseCodec(parts[0] ?? ''), sampleRate: Number(rate[1]), channels: CHANNELS[layout] ?? (Number.parseInt(layout, 10) || 0),
    bitrate: bitrate && Number(bitrate[1]) * 1000,
  };
}

/** Fields behind the marker, split at the commas that stand outside brackets. */
function splitFields(line: string | undefined, marker: string): string[] | undefined {
  if (line === undefined) return undefined;
  return line.slice(line.indexOf(marker) + marker.length).split(/, (?![^(]*\))/);
}

/** `h264 (High) (avc1 / 0x31637661)`: the bracket with the slash is the container's tag, not a profile. */
function parseCodec(field: string): { codec: string; profile?: string } {
  const [codec = ''] = field.split(' ');
  return { codec, profile: /\(([^/)]+)\)/.exec(field)?.[1] };
}

/** `tv, bt709, progressive`, `tv, bt709/bt709/iec61966-2-1`, `pc`: one name stands for all three, in the order matrix/primaries/transfer. */
function parseColorDetails(details: string): ColorTags {
  const fields = details.split(', ');
  const range = fields.find((field) => field === 'tv' || field === 'pc') as 'tv' | 'pc' | undefined;
  const tags = fields.find((field) => /^(bt|smpte|gbr|iec|film|arib|unknown\/|reserved)/.test(field)) ?? 'unknown';
  const [matrix = 'unknown', primaries = matrix, transfer = matrix] = tags.split('/');
  return { matrix, primaries, transfer, range: range ?? 'unknown' };
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match;
  }
  return undefined;
}
