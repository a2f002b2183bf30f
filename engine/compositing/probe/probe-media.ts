/**
 * Says what a media file really is: ffmpeg's log for the codecs, its packets for counts and times, and our own reading
 * of an MP4's index for what ffmpeg does not tell. Works without ffprobe, which not every ffmpeg brings along. Decodes
 * nothing; `run.json`, the clip reader and the join check are its callers.
 */
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { AdgenError } from '#core/contract/errors.ts';
import type { FrameRate } from '../encode/frame-rate.ts';
import { assertNotStopped } from '../ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { createPacketParser, type PacketParser, type PacketSummary } from './parse-packet-lines.ts';
import type { Mp4Track } from './parse-moov.ts';
import type { ColorTags } from './parse-sample-entry.ts';
import { type InputLines, parseInputLines } from './parse-stream-lines.ts';
import { type Mp4File, readMp4 } from './read-mp4.ts';

export interface VideoProbe {
  readonly codec: string;
  readonly profile?: string;
  readonly pixFmt: string;
  readonly width: number;
  readonly height: number;
  readonly fps: FrameRate;
  /** Counted, not declared. */
  readonly frames: number;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly isConstantRate: boolean;
  readonly bitrate: number;
  readonly color: ColorTags;
}

export interface AudioProbe {
  readonly codec: string;
  readonly profile?: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Measured from the packets, bits per second. */
  readonly bitrate: number;
  readonly durationSeconds: number;
}

export interface MediaProbe {
  readonly container: string;
  /** End of the longest stream, seconds. */
  readonly durationSeconds: number;
  readonly sizeBytes: number;
  /** True when an MP4's index stands before its media; undefined for other containers. */
  readonly isFaststart?: boolean;
  readonly video?: VideoProbe;
  readonly audio?: AudioProbe;
}

export interface ProbeOptions {
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

/** Probes a file. Throws BAD_INPUT when ffmpeg finds neither picture nor sound in it, NOT_FOUND when it is not there. */
export async function probeMedia(filePath: string, options: ProbeOptions = {}): Promise<MediaProbe> {
  const { size: sizeBytes } = await stat(filePath).catch((cause: unknown) => {
    throw new AdgenError('NOT_FOUND', `Cannot read "${filePath}". Check that the file is there and that you may read it.`, { cause });
  });
  const { lines, packets } = await readPackets(filePath, options);
  const log = parseInputLines(lines);
  const mp4 = log.container?.includes('mp4') ? await readMp4(filePath) : undefined;
  const video = describeVideo(log, packets, mp4);
  const audio = describeAudio(log, packets, mp4);
  if (!video && !audio) throw new AdgenError('BAD_INPUT', `"${filePath}" holds neither video nor audio that ffmpeg can read. Use another file.`);
  const durationSeconds = Math.max(video ? video.startSeconds + video.durationSeconds : 0, audio?.durationSeconds ?? 0);
  return { container: log.container ?? 'unknown', durationSeconds, sizeBytes, isFaststart: mp4?.isFaststart, video, audio };
}

async function readPackets(filePath: string, options: ProbeOptions): Promise<{ lines: string[]; packets: PacketParser }> {
  const packets = createPacketParser();
  const lines: string[] = [];
  const result = await runFfmpeg({
    ffmpegPath: options.ffmpegPath,
    signal: options.signal,
    inputs: [{ path: filePath }],
    // V, not v: a cover picture in a sound file is no video.
    outputOptions: ['-map', '0:V:0?', '-map', '0:a:0?', '-c', 'copy', '-f', 'framecrc'],
    output: 'pipe',
    logLevel: 'info',
    onLogLine: (line) => lines.length < 2000 && lines.push(line),
    read: async (stdout) => {
      for await (const line of createInterface({ input: stdout })) packets.push(line);
    },
  });
  assertNotStopped(result, 'probing');
  return { lines, packets };
}

function describeVideo(log: InputLines, packets: PacketParser, mp4: Mp4File | undefined): VideoProbe | undefined {
  const summary = packets.summary('video');
  if (!log.video || !summary) return undefined;
  const track = mp4?.movie.tracks.find((candidate) => candidate.kind === 'video');
  const { fps: loggedFps, ...stream } = log.video;
  const durationSeconds = summary.endSeconds - summary.startSeconds;
  return {
    ...stream, fps: summary.rate ?? { num: Math.round((loggedFps ?? 25) * 1000), den: 1000 }, frames: summary.packets,
    startSeconds: summary.startSeconds, durationSeconds, isConstantRate: summary.isConstantRate && isConstantTrack(track),
    bitrate: bitrateOf(summary, durationSeconds), color: { ...log.video.color, ...track?.entry.color },
  };
}

/** An MP4's own table of sample durations has one entry when the rate is constant; fragmented files have none. */
function isConstantTrack(track: Mp4Track | undefined): boolean {
  return track === undefined || new Set(track.sampleDurations.map((run) => run.value)).size <= 1;
}

function describeAudio(log: InputLines, packets: PacketParser, mp4: Mp4File | undefined): AudioProbe | undefined {
  const summary = packets.summary('audio');
  if (!log.audio || !summary) return undefined;
  const track = mp4?.movie.tracks.find((candidate) => candidate.kind === 'audio');
  const edited = track && mp4 ? editedSeconds(track, mp4.movie.timescale) : undefined;
  const durationSeconds = edited ?? summary.endSeconds;
  return {
    codec: log.audio.codec, profile: log.audio.profile, sampleRate: log.audio.sampleRate, channels: log.audio.channels,
    durationSeconds, bitrate: bitrateOf(summary, durationSeconds),
  };
}

/** How long a player plays the track: the edit list takes the codec's priming and padding off. */
function editedSeconds(track: Mp4Track, movieTimescale: number): number | undefined {
  const media = track.edits.filter((edit) => edit.mediaTime >= 0);
  if (media.length === 0 || movieTimescale === 0 || track.timescale === 0) return undefined;
  const declared = media.reduce((sum, edit) => sum + edit.durationTicks, 0) / movieTimescale;
  const available = (track.durationTicks - (media[0]?.mediaTime ?? 0)) / track.timescale;
  return Math.min(declared, available);
}

function bitrateOf(summary: PacketSummary, durationSeconds: number): number {
  return durationSeconds > 0 ? Math.round((summary.sizeBytes * 8) / durationSeconds) : 0;
}
