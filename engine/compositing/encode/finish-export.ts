/**
 * Puts picture and sound of an export into one MP4 without encoding either again. Where a platform asks for no edit lists, the picture's
 * times are signed offsets instead, and the sound begins with its first real packet: without a list nothing would take the encoder's
 * priming off, and it would play 21 ms late.
 */
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { FrameRate } from './frame-rate.ts';
import { trackTimescale } from './settings.ts';

export interface FinishRequest {
  /** Its first video stream is taken. */
  readonly picturePath: string;
  /** AAC in an MP4 with 1024 samples of priming, as our mixes are. */
  readonly soundPath: string;
  readonly durationSeconds: number;
  readonly rate: FrameRate;
  readonly hasEditLists: boolean;
  readonly outputPath: string;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Just before the second AAC packet at 48 kHz. */
const PAST_PRIMING_SECONDS = '0.021';

/** Throws AbortError, DISK_FULL or TOOL_FAILED; the file appears whole or not at all. */
export async function finishExport(request: FinishRequest): Promise<void> {
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal,
    inputs: [{ path: request.picturePath }, { path: request.soundPath, options: soundOptions(request) }],
    outputOptions: compileFinishOptions(request),
    output: { path: request.outputPath },
  });
  assertSucceeded(result, 'putting picture and sound of an export together');
}

function soundOptions({ hasEditLists, durationSeconds }: FinishRequest): string[] {
  const length = durationSeconds.toFixed(6);
  return hasEditLists ? ['-t', length] : ['-ss', PAST_PRIMING_SECONDS, '-t', length, '-ignore_editlist', '1'];
}

function compileFinishOptions({ hasEditLists, rate }: FinishRequest): string[] {
  const withoutLists = ['-copypriorss:a', '0', '-bsf:a', 'setts=ts=N*1024:duration=1024', '-use_editlist', '0'];
  return [
    '-map', '0:v:0', '-map', '1:a:0', '-c', 'copy', ...(hasEditLists ? [] : withoutLists), '-video_track_timescale', String(trackTimescale(rate)),
    '-fflags', '+bitexact', '-map_metadata', '-1', '-movflags', `+faststart+write_colr${hasEditLists ? '' : '+negative_cts_offsets'}`, '-f', 'mp4',
  ];
}
