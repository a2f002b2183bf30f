/**
 * Plays a backdrop clip into the compositor: ffmpeg decodes, scales and crops it to the canvas at the project's frame
 * rate, and its raw frames are read one by one. Nothing is written to disk, so the clip is decoded once and encoded once.
 * ffmpeg waits when nobody reads; a clip that is too short holds its last frame.
 */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { AdgenError } from '#core/contract/errors.ts';
import type { Size } from '#core/project/ratio.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { describeStreams } from '../probe/describe-streams.ts';
import { compileClipGraph } from './compile-clip-graph.ts';
import { yuvFrameBytes } from './encode-segment.ts';
import type { FrameRate } from './frame-rate.ts';

export interface ClipRequest {
  readonly path: string;
  readonly size: Size;
  readonly fps: FrameRate;
  readonly fit: 'cover';
  readonly focus: { readonly x: number; readonly y: number };
  /** First frame, counted at `fps` from the clip's start; default 0. */
  readonly startFrame?: number;
  /** How many frames will be read at most. */
  readonly frameCount: number;
  /** What follows when the clip is over: its last frame held (default), or its beginning again. */
  readonly whenShort?: 'freeze' | 'loop';
  readonly signal?: AbortSignal;
  readonly ffmpegPath?: string;
}

export interface ClipReader {
  /** The next frame: planar YUV 4:2:0, BT.709 limited, canvas-sized. Valid until the next call. */
  nextFrame(): Promise<Uint8Array>;
  /** Ends the decoder, wherever it is. */
  close(): Promise<void>;
}

/** Starts the decoder. Throws BAD_INPUT when the file holds no video; reading throws AbortError or TOOL_FAILED. */
export async function openClip(request: ClipRequest): Promise<ClipReader> {
  const { ffmpegPath, signal } = request;
  const { video } = await describeStreams(request.path, { ffmpegPath, signal });
  signal?.throwIfAborted();
  if (!video) throw new AdgenError('BAD_INPUT', `"${request.path}" holds no video that ffmpeg can read. Use another clip.`);
  const decoder = startDecoder(request, compileClipGraph({ ...request, startFrame: request.startFrame ?? 0, matrix: video.color.matrix, clipHeight: video.height }));
  const frame = new Uint8Array(yuvFrameBytes(request.size));
  const readInto = await decoder.readInto;
  let hasFrame = false;
  let isOver = false;
  return {
    nextFrame: async () => {
      if (!isOver && !(await readInto(frame))) {
        isOver = true;
        await decoder.assertEndedWell();
      }
      if (isOver && !hasFrame) throw new AdgenError('BAD_INPUT', `"${request.path}" has no frame to show from frame ${request.startFrame ?? 0} on. Use a longer clip.`);
      hasFrame = true;
      return frame;
    },
    close: decoder.stop,
  };
}

/** Fills a whole frame, or says false when the stream ended before it. */
type FrameReader = (frame: Uint8Array) => Promise<boolean>;

interface Decoder {
  readonly readInto: Promise<FrameReader>;
  assertEndedWell(): Promise<void>;
  stop(): Promise<void>;
}

function startDecoder(request: ClipRequest, graph: string): Decoder {
  const stopper = new AbortController();
  const isLoop = request.whenShort === 'loop';
  const ready = Promise.withResolvers<FrameReader>();
  const run = runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal ? AbortSignal.any([request.signal, stopper.signal]) : stopper.signal,
    inputs: [{ path: request.path, options: [...(isLoop ? ['-stream_loop', '-1'] : []), '-threads', '2'] }],
    outputOptions: ['-map', '0:V:0', '-vf', graph, '-frames:v', String(request.frameCount), '-filter_threads', '1', '-f', 'rawvideo'],
    output: 'pipe',
    read: async (stdout) => {
      ready.resolve(createFrameReader(stdout));
      await once(stdout, 'close');
    },
  });
  // A start that failed has no stdout; whoever waits for it is told why.
  run.then((result) => ready.reject(new AdgenError('TOOL_FAILED', `ffmpeg could not play "${request.path}". Its last words: ${result.stderrTail}`)), ready.reject);
  ready.promise.catch(() => {});
  return {
    readInto: ready.promise,
    assertEndedWell: async () => assertSucceeded(await run, `reading the clip "${request.path}"`),
    stop: async () => {
      stopper.abort();
      await run;
    },
  };
}

function createFrameReader(stdout: Readable): FrameReader {
  let wake = (): void => {};
  // A listener for `readable` all the time: without one, Node lets what is left run out as soon as the child has ended.
  for (const event of ['readable', 'end', 'close', 'error']) stdout.on(event, () => wake());
  const nextChunk = async (): Promise<Buffer | undefined> => {
    for (;;) {
      const chunk = stdout.read() as Buffer | null;
      if (chunk !== null) return chunk;
      if (stdout.readableEnded || stdout.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let rest: Buffer = Buffer.alloc(0);
  return async (frame) => {
    for (let filled = 0; filled < frame.length; ) {
      if (rest.length === 0) {
        const chunk = await nextChunk();
        if (!chunk) return false;
        rest = chunk;
      }
      const taken = rest.subarray(0, frame.length - filled);
      frame.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
    }
    return true;
  };
}
