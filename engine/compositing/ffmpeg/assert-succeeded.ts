/** Turns the end of an ffmpeg run into the error that a user or the queue should see. */
import { AdgenError } from '#core/contract/errors.ts';
import type { FfmpegResult } from './ffmpeg-job.ts';

/**
 * Throws unless the run succeeded: an AbortError when it was canceled, DISK_FULL, or TOOL_FAILED with ffmpeg's last
 * words. A timeout or a signal that was not ours (the out-of-memory killer, say) is transient.
 * @param what what ffmpeg was doing, for the message: `encoding scene 1 (9:16)`
 */
export function assertSucceeded(result: FfmpegResult, what: string): void {
  if (result.isCanceled) throw Object.assign(new Error(`${what}: canceled`), { name: 'AbortError' });
  if (result.exitCode === 0 && !result.timedOut && !result.hasWriteError) return;
  const data = { exitCode: result.exitCode, signal: result.signal, stderrTail: result.stderrTail, command: result.command };
  if (isDiskFull(result.stderrTail)) {
    throw new AdgenError('DISK_FULL', `The disk is full (${what}). Free some space, then try again: what is finished is kept.`, { data });
  }
  throw new AdgenError('TOOL_FAILED', `ffmpeg failed while ${what} (${howItEnded(result)}). Its last words: ${lastWords(result.stderrTail)}`, {
    data, isTransient: result.timedOut || result.signal !== null,
  });
}

/** For who reads ffmpeg's answer itself: throws, like `assertSucceeded`, when the run was stopped before it could give one. */
export function assertNotStopped(result: FfmpegResult, what: string): void {
  if (result.isCanceled || result.timedOut || result.signal !== null) assertSucceeded(result, what);
}

/*
 * The one place where text decides, because nothing else tells. ffmpeg 5.1 ends with exit code 0 when the disk was too
 * full for the last block or the trailer, and before 6.1 with 1 whatever the cause; only its log has the errno. It never
 * calls setlocale, so the C library's words are always English.
 */

/** True for a log line saying that a part of the output was lost. */
export function isWriteError(line: string): boolean {
  return /Error (writing trailer|closing file|muxing a packet|submitting a packet to the muxer)|av_interleaved_write_frame\(\)/.test(line) || isDiskFull(line);
}

function isDiskFull(stderr: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(stderr);
}

function howItEnded(result: FfmpegResult): string {
  if (result.timedOut) return `no end after ${Math.round(result.durationMs / 1000)} s`;
  if (result.signal) return `killed by ${result.signal}`;
  return result.exitCode === null ? 'it did not start' : `exit code ${result.exitCode}`;
}

function lastWords(stderrTail: string): string {
  return stderrTail.split('\n').filter(Boolean).slice(-3).join(' / ') || 'none';
}
