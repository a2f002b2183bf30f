/** The shape of one ffmpeg run and of how it ended. Plain data; `run-ffmpeg.ts` acts on it. */
import type { Readable } from 'node:stream';

export type FfmpegInput =
  | { readonly path: string; readonly options?: readonly string[] }
  /** Bytes that `feed` writes to ffmpeg's stdin. At most one per job. */
  | { readonly pipe: true; readonly options?: readonly string[] }
  /** A generated source, e.g. `testsrc2=size=320x240:rate=30`. Never built from user text. */
  | { readonly lavfi: string; readonly options?: readonly string[] };

/** Bytes on their way into ffmpeg. `write` resolves when the chunk may be overwritten, and rejects when ffmpeg is gone. */
export interface FramePipe {
  write(chunk: Uint8Array): Promise<void>;
}

export interface FfmpegProgress {
  readonly frame: number;
  readonly outSeconds: number;
  /** 0..1 when `totalFrames` was given. */
  readonly fraction?: number;
}

export interface FfmpegJob {
  /** Default: `locateFfmpeg()`. */
  readonly ffmpegPath?: string;
  readonly inputs: readonly FfmpegInput[];
  /** A compiled `-filter_complex`; the output options carry its `-map`s. */
  readonly filterGraph?: string;
  readonly outputOptions: readonly string[];
  /** A file appears whole (temporary name, then rename) or not at all. `pipe` is read by `read`. */
  readonly output: { readonly path: string } | 'null' | 'pipe';
  readonly feed?: (stdin: FramePipe) => Promise<void>;
  readonly read?: (stdout: Readable) => Promise<void>;
  /** Kills ffmpeg at once; the job then ends with `isCanceled`. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly totalFrames?: number;
  readonly onProgress?: (progress: FfmpegProgress) => void;
  /** Every line of stderr that is not progress. */
  readonly onLogLine?: (line: string) => void;
  /** Default `warning`; `info` for jobs whose log is read. */
  readonly logLevel?: 'error' | 'warning' | 'info';
}

/** How a run ended: always every field, whether it worked or not. */
export interface FfmpegResult {
  /** Null when a signal ended it or it never started. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly isCanceled: boolean;
  /** ffmpeg could not write all of the output, whatever its exit code says. */
  readonly hasWriteError: boolean;
  /** The last 40 lines of stderr, progress left out. */
  readonly stderrTail: string;
  readonly durationMs: number;
  /** The whole command line, quoted for reading. */
  readonly command: string;
}
