/** What an encode costs when nothing has to be drawn: the floor that the benches measure everything else against. */
import type { Size } from '#core/project/ratio.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import type { FfmpegResult } from '../ffmpeg/ffmpeg-job.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { rawVideoOptions } from './encode-segment.ts';
import type { FrameRate } from './frame-rate.ts';
import { compileVideoOptions, type EncodeSettings, FINAL_ENCODE } from './settings.ts';

export interface EncodeFloorRequest {
  /** Finished frames, planar YUV 4:2:0, one after the other. */
  readonly rawFile: string;
  readonly size: Size;
  readonly fps: FrameRate;
  readonly outputPath: string;
  readonly settings?: EncodeSettings;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Encodes raw frames from disk with the settings of a delivery. */
export async function encodeRawFloor(request: EncodeFloorRequest): Promise<FfmpegResult> {
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal,
    inputs: [{ path: request.rawFile, options: rawVideoOptions(request.size, request.fps) }],
    outputOptions: compileVideoOptions(request.settings ?? FINAL_ENCODE, request.fps),
    output: { path: request.outputPath },
  });
  assertSucceeded(result, 'encoding raw frames');
  return result;
}
