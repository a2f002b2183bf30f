/** Decodes a part of one frame of a BT.709 video to RGB, as a good player would show it. */
import type { Rect } from '#core/composition/layer.ts';
import { framesToSeconds } from '#core/time/frames.ts';
import type { FrameRate } from '../encode/frame-rate.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { RgbPicture } from './rgb-picture.ts';

export interface DecodeRequest {
  readonly videoPath: string;
  readonly frameIndex: number;
  readonly fps: FrameRate;
  /** Whole pixels. */
  readonly region: Rect;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Without these swscale repeats chroma samples and rounds roughly. The matrix is said, not guessed from the size. */
const EXACT_RGB = 'scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24';

/** Throws TOOL_FAILED when the video has no such frame. */
export async function decodeRegion(request: DecodeRequest): Promise<RgbPicture> {
  const { width, height } = request.region;
  // A quarter of a frame early, so that rounding of times cannot land on the next one.
  const seekSeconds = Math.max(0, framesToSeconds(request.frameIndex - 0.25, request.fps));
  const chunks: Buffer[] = [];
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal,
    // One thread: more of them decode further frames that nobody asked for.
    inputs: [{ path: request.videoPath, options: [...(request.frameIndex > 0 ? ['-ss', seekSeconds.toFixed(6)] : []), '-threads', '1'] }],
    outputOptions: ['-map', '0:v:0', '-frames:v', '1', '-vf', compileCrop(request.region), '-f', 'rawvideo'],
    output: 'pipe',
    read: async (stdout) => {
      for await (const chunk of stdout) chunks.push(chunk as Buffer);
    },
  });
  assertSucceeded(result, `decoding frame ${request.frameIndex} of "${request.videoPath}"`);
  const data = Buffer.concat(chunks);
  if (data.length !== width * height * 3) assertSucceeded({ ...result, exitCode: 1, stderrTail: 'there is no such frame' }, `decoding frame ${request.frameIndex} of "${request.videoPath}"`);
  return { width, height, data };
}

/** Only the region is converted: first whole blocks of four pixels are cut out, which share a chroma sample, then the rest. */
function compileCrop({ x, y, width, height }: Rect): string {
  const [left, top] = [x - (x % 2), y - (y % 2)];
  const [blocksWidth, blocksHeight] = [2 * Math.ceil((x + width - left) / 2), 2 * Math.ceil((y + height - top) / 2)];
  return `crop=${blocksWidth}:${blocksHeight}:${left}:${top},${EXACT_RGB},crop=${width}:${height}:${x - left}:${y - top}`;
}
