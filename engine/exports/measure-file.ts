/** Measures a finished file for pre-flight: what its container says, what its sound is, what its frames show. Judges nothing. */
import { AdgenError } from '#core/contract/errors.ts';
import type { FileFacts } from '#core/placements/preflight/check-file.ts';
import { measureLoudness } from '#engine/compositing/audio/measure-loudness.ts';
import type { Mp4Track } from '#engine/compositing/probe/parse-moov.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { MediaProbe } from '#engine/compositing/probe/probe-media.ts';
import { readMp4 } from '#engine/compositing/probe/read-mp4.ts';
import { watchFrames } from '#engine/compositing/probe/watch-frames.ts';

/** Throws NOT_FOUND, and BAD_INPUT for a file without a picture. */
export async function measureFile(path: string, options: { readonly ffmpegPath?: string; readonly signal?: AbortSignal }): Promise<FileFacts> {
  const probe = await probeMedia(path, options);
  const { video } = probe;
  if (!video) throw new AdgenError('BAD_INPUT', `"${path}" holds no picture. Export it again.`);
  const mp4 = await readMp4(path);
  const { width, height, fps } = video;
  return {
    sizeBytes: probe.sizeBytes, durationSeconds: probe.durationSeconds, isFaststart: probe.isFaststart ?? true, hasEditList: mp4?.movie.tracks.some(isEdited) ?? false,
    video: {
      codec: video.codec, profile: video.profile ?? '', pixFmt: video.pixFmt, width, height, fps, isConstantRate: video.isConstantRate, bitrate: video.bitrate, matrix: video.color.matrix, range: video.color.range,
    },
    audio: await measureSound(path, probe, options),
    ...(await watchFrames(path, { width, height, fps: fps.num / fps.den, ...options })),
  };
}

async function measureSound(path: string, { audio }: MediaProbe, options: { readonly ffmpegPath?: string; readonly signal?: AbortSignal }): Promise<FileFacts['audio']> {
  if (!audio) return null;
  const { lufs, truePeakDbtp } = await measureLoudness(path, options);
  const { codec, sampleRate, channels, bitrate } = audio;
  return { codec, sampleRate, channels, bitrate, lufs, truePeakDbtp };
}

/** A list that only says "all of it, from the beginning" edits nothing. */
function isEdited({ edits }: Mp4Track): boolean {
  return edits.length > 1 || edits.some(({ mediaTime }) => mediaTime !== 0);
}
