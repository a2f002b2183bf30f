/**
 * Encodes one segment of a rendition: asks for frame after frame, hands each to x264 through ffmpeg's stdin, and leaves
 * an MP4 whose bytes depend on the frames, the settings and the ffmpeg build only. It draws nothing and joins nothing.
 */
import { stat } from 'node:fs/promises';
import type { Size } from '#core/project/ratio.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import type { FfmpegJob, FramePipe } from '../ffmpeg/ffmpeg-job.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { formatFrameRate, type FrameRate } from './frame-rate.ts';
import { BT709_TAGS, compileVideoOptions, FINAL_ENCODE, type EncodeSettings } from './settings.ts';

export interface SegmentRequest {
  readonly size: Size;
  readonly fps: FrameRate;
  readonly frameCount: number;
  /** One planar YUV 4:2:0 BT.709 limited frame. The buffer may be reused by the next call. */
  readonly drawFrame: (index: number) => Uint8Array | Promise<Uint8Array>;
  /** An `.mp4`; appears whole or not at all. */
  readonly outputPath: string;
  readonly settings?: EncodeSettings;
  /** All options of the picture instead of those of `settings`; see `export-encoders.ts`. */
  readonly videoOptions?: readonly string[];
  readonly signal?: AbortSignal;
  /** Frames handed to the encoder so far. */
  readonly onProgress?: (frames: number) => void;
  readonly ffmpegPath?: string;
  /** What is encoded, for messages: `scene 1 (9:16)`. */
  readonly name?: string;
}

export interface EncodedSegment {
  readonly sizeBytes: number;
  readonly frameCount: number;
  readonly durationMs: number;
}

/** Bytes of a planar YUV 4:2:0 frame; both sides of `size` must be even. */
export function yuvFrameBytes(size: Size): number {
  return (size.width * size.height * 3) / 2;
}

/** Draws and encodes `frameCount` frames. Throws AbortError, DISK_FULL, TOOL_FAILED, or what `drawFrame` threw. */
export async function encodeSegment(request: SegmentRequest): Promise<EncodedSegment> {
  const result = await runFfmpeg({ ...compileSegmentJob(request), feed: (stdin) => feedFrames(request, stdin) });
  assertSucceeded(result, `encoding ${request.name ?? 'a segment'}`);
  const { size } = await stat(request.outputPath);
  return { sizeBytes: size, frameCount: request.frameCount, durationMs: result.durationMs };
}

function compileSegmentJob(request: SegmentRequest): FfmpegJob {
  return {
    ffmpegPath: request.ffmpegPath,
    inputs: [{ pipe: true, options: rawVideoOptions(request.size, request.fps) }],
    outputOptions: request.videoOptions ?? compileVideoOptions(request.settings ?? FINAL_ENCODE, request.fps),
    output: { path: request.outputPath },
    signal: request.signal,
  };
}

/** How raw frames of ours are declared to ffmpeg. */
export function rawVideoOptions(size: Size, fps: FrameRate): string[] {
  return ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${size.width}x${size.height}`, '-framerate', formatFrameRate(fps), ...BT709_TAGS];
}

async function feedFrames(request: SegmentRequest, stdin: FramePipe): Promise<void> {
  const frameBytes = yuvFrameBytes(request.size);
  for (let index = 0; index < request.frameCount; index++) {
    const frame = await request.drawFrame(index);
    if (frame.byteLength !== frameBytes) throw new RangeError(`frame ${index} has ${frame.byteLength} bytes, ${frameBytes} were expected`);
    await stdin.write(frame);
    request.onProgress?.(index + 1);
  }
}
