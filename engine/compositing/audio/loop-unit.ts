/**
 * Makes a short piece of music endless without a seam: its last seconds fade into its first ones. The film plays the piece
 * once up to where the fade begins, then this unit over and over.
 */
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { SAMPLE_RATE, STEREO_48K } from './audio-graph.ts';
import { soundInput } from './sound-input.ts';

/** Under this length a repetition would be a rattle; such a sound is played once. */
export const MIN_LOOP_SECONDS = 2;

/** Seconds over which the end of a piece fades into its beginning. */
export function loopFadeSeconds(pieceSeconds: number): number {
  return Math.min(1.5, pieceSeconds / 4);
}

/**
 * Pure: the piece without its last seconds, which are laid over its first ones. Both inputs of amix are equally long:
 * it turns the other one up when one ends.
 */
export function compileLoopGraph(pieceSeconds: number): string {
  const total = Math.round(pieceSeconds * SAMPLE_RATE);
  const fade = Math.round(loopFadeSeconds(pieceSeconds) * SAMPLE_RATE);
  const body = total - fade;
  return [
    `[0:a:0]${STEREO_48K},asplit=2[a][b]`,
    `[a]atrim=end_sample=${body},afade=t=in:ss=0:ns=${fade}:curve=qsin[body]`,
    `[b]atrim=start_sample=${body}:end_sample=${total},asetpts=PTS-STARTPTS,afade=t=out:ss=0:ns=${fade}:curve=qsin,apad=whole_len=${body}[tail]`,
    `[body][tail]amix=inputs=2:duration=first:dropout_transition=0,volume=2,atrim=end_sample=${body}[out]`,
  ].join(';');
}

/** Writes the unit as a floating-point WAV. */
export async function writeLoopUnit(request: { musicPath: string; pieceSeconds: number; outputPath: string; ffmpegPath?: string; signal?: AbortSignal }): Promise<void> {
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal,
    inputs: [soundInput(request.musicPath, request.pieceSeconds)],
    filterGraph: compileLoopGraph(request.pieceSeconds),
    outputOptions: ['-map', '[out]', '-c:a', 'pcm_f32le', '-fflags', '+bitexact', '-f', 'wav'],
    output: { path: request.outputPath },
  });
  assertSucceeded(result, 'looping the music');
}
