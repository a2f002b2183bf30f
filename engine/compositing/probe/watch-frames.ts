/**
 * Looks at all frames of a video once, small and grey: are its ends black, how long does either stand still, are there beams? Small on
 * purpose: grain and dither average out, and what is left is what an eye would call the same picture.
 */
import { assertNotStopped } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';

export interface SeenFrames {
  readonly isFirstBlack: boolean;
  readonly isLastBlack: boolean;
  readonly frozenStartSeconds: number;
  readonly frozenEndSeconds: number;
  /** Height of the beams above and below together, and width of those at the sides; pixels of the video. */
  readonly bars: { readonly horizontal: number; readonly vertical: number };
}

export interface WatchOptions {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Pixels of the video per pixel that is looked at. */
const SHRINK = 8;
/** Limited-range black is 16; encoders ring a little. */
const BLACK = 26;
/** Mean difference below which two small frames are one picture, grey levels. */
const SAME = 0.3;
/** No longer end than this is measured. */
const MOST_FROZEN_SECONDS = 12;
/** Beams thinner than this are a rim of encoding. */
const LEAST_BAR = 0.015;
/** What lies next to a beam is lit over this part of its length; a dark room is no beam. */
const LIT_SHARE = 0.6;

/** Throws AbortError; of a video that cannot be decoded nothing is seen. */
export async function watchFrames(path: string, options: WatchOptions): Promise<SeenFrames> {
  const width = Math.max(2, Math.round(options.width / SHRINK));
  const height = Math.max(2, Math.round(options.height / SHRINK));
  const eye = createEye(width, height, options.fps);
  let rest: Buffer = Buffer.alloc(0);
  const result = await runFfmpeg({
    ffmpegPath: options.ffmpegPath,
    signal: options.signal,
    inputs: [{ path }],
    outputOptions: ['-map', '0:v:0', '-vf', `scale=${width}:${height}:flags=area,format=gray`, '-f', 'rawvideo'],
    output: 'pipe',
    read: async (stdout) => {
      for await (const chunk of stdout) {
        rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
        for (; rest.length >= width * height; rest = rest.subarray(width * height)) eye.see(rest.subarray(0, width * height));
      }
    },
  });
  assertNotStopped(result, 'looking at the frames');
  return eye.tell();
}

function createEye(width: number, height: number, fps: number) {
  let first: Uint8Array | undefined;
  let count = 0;
  let frozenStart = -1;
  const last: Uint8Array[] = [];
  const keep = Math.max(2, Math.ceil(MOST_FROZEN_SECONDS * fps));
  const rows = new Float32Array(height);
  const columns = new Float32Array(width);
  const litRows = new Float32Array(height);
  const litColumns = new Float32Array(width);

  const see = (view: Uint8Array): void => {
    const frame = Uint8Array.from(view);
    first ??= frame;
    if (frozenStart < 0 && difference(first, frame) > SAME) frozenStart = count;
    last.push(frame);
    if (last.length > keep) last.shift();
    count += 1;
    noteLines(frame, { width, height, rows, columns, litRows, litColumns });
  };
  const tell = (): SeenFrames => {
    const end = last.at(-1);
    const moving = end ? last.findLastIndex((frame) => difference(end, frame) > SAME) : -1;
    return {
      isFirstBlack: first !== undefined && isBlack(first), isLastBlack: end !== undefined && isBlack(end),
      frozenStartSeconds: (frozenStart < 0 ? count : frozenStart) / fps, frozenEndSeconds: end ? (last.length - 1 - moving) / fps : 0,
      bars: { horizontal: beams(rows, litRows) * SHRINK, vertical: beams(columns, litColumns) * SHRINK },
    };
  };
  return { see, tell };
}

interface Lines {
  readonly width: number;
  readonly height: number;
  /** Brightest pixel of each line over the whole film, and the largest lit share that it ever had. */
  readonly rows: Float32Array;
  readonly columns: Float32Array;
  readonly litRows: Float32Array;
  readonly litColumns: Float32Array;
}

function noteLines(frame: Uint8Array, { width, height, rows, columns, litRows, litColumns }: Lines): void {
  const lit = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    let litInRow = 0;
    for (let x = 0; x < width; x++) {
      const value = frame[y * width + x] ?? 0;
      if (value > (rows[y] ?? 0)) rows[y] = value;
      if (value > (columns[x] ?? 0)) columns[x] = value;
      if (value <= BLACK + 6) continue;
      litInRow += 1;
      lit[x] = (lit[x] ?? 0) + 1;
    }
    litRows[y] = Math.max(litRows[y] ?? 0, litInRow / width);
  }
  for (let x = 0; x < width; x++) litColumns[x] = Math.max(litColumns[x] ?? 0, (lit[x] ?? 0) / height);
}

/** Lines of both beams together, or 0 unless there are two opposite ones with a lit picture between them. */
function beams(brightest: Float32Array, lit: Float32Array): number {
  const size = brightest.length;
  const isDark = (index: number): boolean => (brightest[index] ?? 255) <= BLACK;
  let before = 0;
  while (before < size && isDark(before)) before += 1;
  let after = 0;
  while (after < size - before && isDark(size - 1 - after)) after += 1;
  const isLit = (index: number): boolean => (lit[index] ?? 0) >= LIT_SHARE;
  const least = Math.max(1, size * LEAST_BAR);
  // The line at the edge itself is half beam, half picture after shrinking.
  return before >= least && after >= least && isLit(before + 1) && isLit(size - after - 2) ? before + after : 0;
}

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / Math.max(1, a.length);
}

function isBlack(frame: Uint8Array): boolean {
  let bright = 0;
  for (const value of frame) if (value > BLACK) bright += 1;
  return bright <= frame.length * 0.002;
}
