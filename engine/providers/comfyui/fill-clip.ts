/** Makes a generated clip as long as its scene: played forth and back, which has no jump because the camera stands still. */
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';

export interface FillRequest {
  readonly path: string;
  readonly output: string;
  /** Of the clip. */
  readonly frames: number;
  readonly fps: number;
  /** How long it has to be. */
  readonly seconds: number;
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
}

/** True when the clip is too short by more than a frame. */
export function isTooShort({ frames, fps, seconds }: Pick<FillRequest, 'frames' | 'fps' | 'seconds'>): boolean {
  return frames / fps < seconds - 1 / fps;
}

/** As many frames as fill the time, and one more against rounding. */
function framesFor({ fps, seconds }: Pick<FillRequest, 'fps' | 'seconds'>): number {
  return Math.ceil(seconds * fps) + 1;
}

/** The graph: forth, back without the two frames at the turns, and the whole again as often as it takes. */
export function fillGraph({ frames, fps, seconds }: Pick<FillRequest, 'frames' | 'fps' | 'seconds'>): string {
  const period = Math.max(1, 2 * frames - 2);
  const loops = Math.ceil(framesFor({ fps, seconds }) / period) - 1;
  const back = frames > 2 ? `[b]trim=start_frame=1:end_frame=${frames - 1},reverse,setpts=PTS-STARTPTS[r];[f][r]concat=n=2:v=1:a=0` : `[b]nullsink;[f]null`;
  return `[0:v:0]split[f][b];${back},loop=loop=${loops}:size=${period}:start=0,setpts=N/(${fps}*TB)[out]`;
}

/** Encoded near lossless: it is encoded once more, with the film. */
export async function fillClip(request: FillRequest): Promise<void> {
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath, signal: request.signal, inputs: [{ path: request.path, options: ['-protocol_whitelist', 'file'] }], filterGraph: fillGraph(request),
    outputOptions: ['-map', '[out]', '-frames:v', String(framesFor(request)), '-c:v', 'libx264', '-crf', '10', '-preset', 'fast', '-pix_fmt', 'yuv420p', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    output: { path: request.output },
  });
  assertSucceeded(result, 'making the backdrop clip as long as its scene');
}
