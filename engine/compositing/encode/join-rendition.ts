/**
 * Joins the encoded segments of one rendition, and its finished sound, into the delivered MP4. Everything is copied:
 * no picture and no sound is encoded again. What comes out is checked against what was asked before it counts.
 */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import type { FfmpegInput } from '../ffmpeg/ffmpeg-job.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { type ConcatEntry, formatConcatList } from './concat-list.ts';
import { framesToSeconds } from '#core/time/frames.ts';
import type { FrameRate } from './frame-rate.ts';
import { bitexactMp4, REORDER_FRAMES, trackTimescale } from './settings.ts';
import { type VerifiedRendition, verifyRendition } from './verify-rendition.ts';

export interface JoinRequest {
  /** In order. All encoded with the same settings and size. */
  readonly segments: readonly { readonly path: string; readonly frameCount: number }[];
  /** AAC in an MP4 (`.m4a`), as long as the picture; what is longer is cut off. Missing: a silent film. */
  readonly audioPath?: string;
  readonly fps: FrameRate;
  /** An `.mp4`; appears whole or not at all. */
  readonly outputPath: string;
  readonly signal?: AbortSignal;
  readonly ffmpegPath?: string;
  readonly name?: string;
}

/** Writes the rendition. Throws AbortError, DISK_FULL or TOOL_FAILED, the latter also when the result is not what was asked. */
export async function joinRendition(request: JoinRequest): Promise<VerifiedRendition> {
  const frameCount = request.segments.reduce((sum, segment) => sum + segment.frameCount, 0);
  const durationSeconds = framesToSeconds(frameCount, request.fps);
  const listed = await listableSegments(request);
  try {
    const result = await runFfmpeg({
      ffmpegPath: request.ffmpegPath,
      signal: request.signal,
      inputs: [segmentsInput(), ...audioInput(request.audioPath, durationSeconds)],
      outputOptions: compileJoinOptions(request.audioPath !== undefined, request.fps),
      output: { path: request.outputPath },
      feed: (stdin) => stdin.write(new TextEncoder().encode(formatConcatList(listed.entries))),
    });
    assertSucceeded(result, `joining ${request.name ?? 'the rendition'}`);
  } finally {
    await listed.dispose();
  }
  return verifyRendition(request.outputPath, { frameCount, fps: request.fps, hasAudio: request.audioPath !== undefined });
}

/** The list comes through the pipe, so no file of ours has to stand anywhere. */
function segmentsInput(): FfmpegInput {
  return { pipe: true, options: ['-f', 'concat', '-safe', '0', '-protocol_whitelist', 'file,pipe'] };
}

function audioInput(audioPath: string | undefined, durationSeconds: number): FfmpegInput[] {
  return audioPath === undefined ? [] : [{ path: audioPath, options: ['-t', durationSeconds.toFixed(6)] }];
}

function compileJoinOptions(hasAudio: boolean, fps: FrameRate): string[] {
  const maps = hasAudio ? ['-map', '0:v:0', '-map', '1:a:0'] : ['-map', '0:v:0'];
  return [...maps, '-c', 'copy', '-bsf:v', evenDecodingTimes(fps), '-video_track_timescale', String(trackTimescale(fps)), ...bitexactMp4()];
}

/**
 * Decoding times counted from the packets. A segment shorter than the reorder delay carries no delay, and one after the
 * other would step back in time; the presentation times are right in all of them.
 */
function evenDecodingTimes(fps: FrameRate): string {
  const ticksPerFrame = (trackTimescale(fps) * fps.den) / fps.num;
  return `setts=pts=PTS:dts=(N-${REORDER_FRAMES})*${ticksPerFrame}:duration=${ticksPerFrame}`;
}

/** A path with a line break cannot stand in a list; such a segment is listed under a link of ours. */
async function listableSegments(request: JoinRequest): Promise<{ entries: ConcatEntry[]; dispose: () => Promise<void> }> {
  const isAwkward = request.segments.some((segment) => /[\n\r]/.test(path.resolve(segment.path)));
  const folder = isAwkward ? await mkdtemp(path.join(os.tmpdir(), 'adgen-join-')) : undefined;
  const entries: ConcatEntry[] = [];
  for (const [index, segment] of request.segments.entries()) {
    const link = folder && path.join(folder, `${index}.mp4`);
    if (link) await symlink(path.resolve(segment.path), link);
    entries.push({ path: link ?? segment.path, durationSeconds: framesToSeconds(segment.frameCount, request.fps) });
  }
  return { entries, dispose: async () => void (folder && (await rm(folder, { recursive: true, force: true }))) };
}
