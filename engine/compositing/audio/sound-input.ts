/**
 * How a sound file that a user may have brought is opened: only as a container of sound, only from the disk, and no more
 * of it than is needed. A playlist or a script with the name of a song is refused by ffmpeg itself.
 */
import type { FfmpegInput } from '../ffmpeg/ffmpeg-job.ts';

/** Demuxer names as ffmpeg writes them; whatever follows a file reference (hls, concat, dash, image2 …) is not among them. */
const SOUND_FORMATS = [
  'wav', 'w64', 'aiff', 'au', 'caf', 'mp3', 'aac', 'ac3', 'eac3', 'flac', 'ogg', 'wv', 'ape', 'tta', 'amr', 'dsf', 'asf', 'mpeg', 'mpegts', 'avi', 'flv',
  'mov', 'mp4', 'm4a', '3gp', '3g2', 'mj2', 'matroska', 'webm',
];

/** An input that is read up to `limitSeconds`; `isEndless` starts it over whenever it ends. */
export function soundInput(path: string, limitSeconds: number, isEndless = false): FfmpegInput {
  const loop = isEndless ? ['-stream_loop', '-1'] : [];
  return { path, options: [...loop, '-format_whitelist', SOUND_FORMATS.join(','), '-protocol_whitelist', 'file', '-vn', '-sn', '-dn', '-t', limitSeconds.toFixed(6)] };
}
