/** Parses the `key=value` lines that `-progress pipe:2` mixes into stderr. Pure; fed line by line. */
import type { FfmpegProgress } from './ffmpeg-job.ts';

/** The keys that `-progress` prints, up to ffmpeg 8; `stream_0_0_q` and the like vary with the streams. */
const PROGRESS_LINE =
  /^(frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time_us|out_time_ms|out_time|dup_frames|drop_frames|speed|progress)=\s*(\S*)\s*$/;

export interface ProgressParser {
  /** True when the line was progress and not log. */
  push(line: string): boolean;
}

/** Calls `onProgress` once per block, when its closing `progress=` line comes. `frame` never goes back. */
export function createProgressParser(totalFrames: number | undefined, onProgress: (progress: FfmpegProgress) => void): ProgressParser {
  let frame = 0;
  let outSeconds = 0;
  return {
    push: (line) => {
      const match = PROGRESS_LINE.exec(line);
      if (!match) return false;
      const value = Number(match[2]);
      if (match[1] === 'frame' && value > frame) frame = value;
      if (match[1] === 'out_time_us' && value > 0) outSeconds = value / 1e6;
      if (match[1] === 'progress') onProgress({ frame, outSeconds, fraction: fractionOf(frame, totalFrames) });
      return true;
    },
  };
}

function fractionOf(frame: number, totalFrames: number | undefined): number | undefined {
  return totalFrames ? Math.min(1, frame / totalFrames) : undefined;
}
