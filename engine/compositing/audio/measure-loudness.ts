/** Listens to a file once: its loudness, true peak and decoded length. */
import { createInterface } from 'node:readline';
import { AdgenError } from '#core/contract/errors.ts';
import { assertNotStopped } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { type Loudness, parseLoudnessLog } from './parse-loudness-log.ts';
import { soundInput } from './sound-input.ts';
import { STEREO_48K } from './audio-graph.ts';

export interface MeasuredSound extends Loudness {
  /** Seconds of sound up to the limit, counted in decoded samples. */
  readonly durationSeconds: number;
}

export interface MeasureOptions {
  /** Not more than so much of the file is read; default ten minutes. */
  readonly limitSeconds?: number;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Measures the first sound stream of a file. Throws BAD_INPUT when ffmpeg finds no sound that it can decode. */
export async function measureLoudness(path: string, options: MeasureOptions = {}): Promise<MeasuredSound> {
  const lines: string[] = [];
  let durationSeconds = 0;
  const result = await runFfmpeg({
    ffmpegPath: options.ffmpegPath,
    signal: options.signal,
    inputs: [soundInput(path, options.limitSeconds ?? 600)],
    filterGraph: `[0:a:0]${STEREO_48K},ebur128=peak=true:framelog=verbose[out]`,
    outputOptions: ['-map', '[out]', '-c:a', 'pcm_s16le', '-f', 'framecrc'],
    output: 'pipe',
    logLevel: 'info',
    onLogLine: (line) => lines.push(line) > 400 && lines.shift(),
    read: async (stdout) => {
      for await (const line of createInterface({ input: stdout })) durationSeconds = packetEnd(line) ?? durationSeconds;
    },
  });
  assertNotStopped(result, 'measuring loudness');
  const loudness = parseLoudnessLog(lines);
  if (result.exitCode !== 0 || loudness === undefined || durationSeconds === 0) {
    throw new AdgenError('BAD_INPUT', `"${path}" holds no sound that can be read. Use a WAV, MP3, M4A, FLAC or OGG file.`, { data: { stderrTail: result.stderrTail } });
  }
  return { ...loudness, durationSeconds };
}

/** End of one `framecrc` line (`0, dts, pts, duration, size, crc`), whose clock is the 48 kHz of the graph. */
function packetEnd(line: string): number | undefined {
  const fields = /^0,\s*-?\d+,\s*(-?\d+),\s*(\d+),/.exec(line);
  return fields ? (Number(fields[1]) + Number(fields[2])) / 48_000 : undefined;
}
