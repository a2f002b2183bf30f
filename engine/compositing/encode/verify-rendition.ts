/** Holds a joined MP4 against what was asked, from its index alone: a wrong join must fail here and not at the client's. */
import { AdgenError } from '#core/contract/errors.ts';
import type { Mp4Track } from '../probe/parse-moov.ts';
import { readMp4 } from '../probe/read-mp4.ts';
import { framesToSeconds } from '#core/time/frames.ts';
import type { FrameRate } from './frame-rate.ts';

export interface VerifiedRendition {
  readonly frameCount: number;
  readonly durationSeconds: number;
  /** Missing for a silent film. */
  readonly audioSeconds?: number;
  readonly sizeBytes: number;
}

export interface RenditionExpectation {
  readonly frameCount: number;
  readonly fps: FrameRate;
  readonly hasAudio: boolean;
}

/** Throws TOOL_FAILED naming all that is wrong: frame count, uneven frame times, late start, sound that ends elsewhere, index at the end. */
export async function verifyRendition(filePath: string, expected: RenditionExpectation): Promise<VerifiedRendition> {
  const mp4 = await readMp4(filePath);
  const video = mp4?.movie.tracks.find((track) => track.kind === 'video');
  const audio = mp4?.movie.tracks.find((track) => track.kind === 'audio');
  if (!mp4 || !video) throw new AdgenError('TOOL_FAILED', `"${filePath}" came out without a picture.`);
  const audioSeconds = audio && playedTicks(audio) / audio.timescale;
  const faults = [...videoFaults(video, expected), ...audioFaults(audioSeconds, expected), ...(mp4.isFaststart ? [] : ['the index stands at the end'])];
  if (faults.length > 0) throw new AdgenError('TOOL_FAILED', `"${filePath}" is not what was asked: ${faults.join('; ')}.`, { data: { faults } });
  return { frameCount: video.sampleCount, durationSeconds: framesToSeconds(video.sampleCount, expected.fps), audioSeconds, sizeBytes: mp4.sizeBytes };
}

function videoFaults(video: Mp4Track, expected: RenditionExpectation): string[] {
  const faults: string[] = [];
  if (video.sampleCount !== expected.frameCount) faults.push(`${video.sampleCount} frames instead of ${expected.frameCount}`);
  const ticksPerFrame = (video.timescale * expected.fps.den) / expected.fps.num;
  if (video.sampleDurations.some((run) => run.value !== ticksPerFrame)) faults.push('frames are not equally long');
  if (firstPresentedTicks(video) !== 0) faults.push('the picture does not begin at 0');
  return faults;
}

function audioFaults(audioSeconds: number | undefined, expected: RenditionExpectation): string[] {
  if (!expected.hasAudio) return [];
  if (audioSeconds === undefined) return ['the sound is missing'];
  const apart = audioSeconds - framesToSeconds(expected.frameCount, expected.fps);
  const oneFrame = framesToSeconds(1, expected.fps);
  return Math.abs(apart) <= oneFrame + 1e-6 ? [] : [`the sound ends ${(Math.abs(apart) * 1000).toFixed(0)} ms ${apart < 0 ? 'early' : 'late'}`];
}

/** When the earliest frame is shown: B-frames shift all times by the same offset, which the edit list takes back. */
function firstPresentedTicks(track: Mp4Track): number {
  const step = track.sampleDurations[0]?.value ?? 0;
  let decodedAt = 0;
  let earliest = track.compositionOffsets.length === 0 ? 0 : Infinity;
  for (const run of track.compositionOffsets) {
    earliest = Math.min(earliest, decodedAt + run.value);
    decodedAt += run.count * step;
  }
  return earliest - (track.edits.find((edit) => edit.mediaTime >= 0)?.mediaTime ?? 0);
}

/** Media length without what the edit list cuts off the front, where AAC keeps its priming. */
function playedTicks(track: Mp4Track): number {
  return track.durationTicks - (track.edits.find((edit) => edit.mediaTime >= 0)?.mediaTime ?? 0);
}
