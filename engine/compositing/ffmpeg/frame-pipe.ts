/** Writes big chunks into a child's stdin with backpressure and without copying them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import type { FramePipe } from './ffmpeg-job.ts';

/** After each write the event loop has had a turn, so that a cancel gets through even when the pipe takes everything. */
export function createFramePipe(stdin: Writable): FramePipe {
  return {
    write: async (chunk) => {
      await new Promise<void>((resolve, reject) => {
        stdin.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
      await nextTurn();
    },
  };
}

const BROKEN_PIPE_CODES = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_PREMATURE_CLOSE']);

/** True for the errors of a pipe whose other end has gone. */
export function isBrokenPipe(error: unknown): boolean {
  return BROKEN_PIPE_CODES.has((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
