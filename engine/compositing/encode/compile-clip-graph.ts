/** Pure: the filters that turn any video into frames of our canvas. No text of a user goes in, only numbers. */
import type { Size } from '#core/project/ratio.ts';
import { formatFrameRate, type FrameRate } from './frame-rate.ts';

export interface ClipGraphRequest {
  readonly size: Size;
  readonly fps: FrameRate;
  /** The point to keep in sight, fractions of the clip's picture. */
  readonly focus: { readonly x: number; readonly y: number };
  /** First frame to deliver, counted at `fps` from the clip's start. */
  readonly startFrame: number;
  /** Matrix of the clip as ffmpeg names it; `unknown` when it is not tagged. */
  readonly matrix: string;
  readonly clipHeight: number;
}

const SCALE_MATRICES: Readonly<Record<string, string>> = { bt709: 'bt709', smpte170m: 'smpte170m', bt470bg: 'bt470', bt2020nc: 'bt2020', bt2020c: 'bt2020', smpte240m: 'smpte240m', fcc: 'fcc' };

/**
 * `-vf` text: time first (one frame per tick of the project's clock, from `startFrame`), then one resampling that covers
 * the canvas, the crop round the focus, and BT.709 limited range. Rotation has been applied by ffmpeg before.
 */
export function compileClipGraph(request: ClipGraphRequest): string {
  const { width, height } = request.size;
  const cover = `w='max(${width},ceil(${height}*dar/2)*2)':h='max(${height},ceil(${width}/dar/2)*2)'`;
  const colors = `in_color_matrix=${inputMatrix(request)}:out_color_matrix=bt709:out_range=tv`;
  return [
    'setpts=PTS-STARTPTS',
    `fps=${formatFrameRate(request.fps)}`,
    `trim=start_frame=${Math.max(0, Math.round(request.startFrame))}`,
    'setpts=PTS-STARTPTS',
    `scale=${cover}:${colors}:flags=lanczos+accurate_rnd+full_chroma_int`,
    `crop=${width}:${height}:${cropOffset('w', request.focus.x)}:${cropOffset('h', request.focus.y)}`,
    'setsar=1',
    'format=yuv420p',
  ].join(',');
}

/** Untagged video is BT.709 from HD on and BT.601 below, as players take it. */
function inputMatrix(request: ClipGraphRequest): string {
  return SCALE_MATRICES[request.matrix] ?? (request.clipHeight >= 720 ? 'bt709' : 'smpte170m');
}

function cropOffset(side: 'w' | 'h', focus: number): string {
  const part = Math.min(1, Math.max(0, focus)).toFixed(4);
  return `'clip(i${side}*${part}-o${side}/2,0,i${side}-o${side})'`;
}
