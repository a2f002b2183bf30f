/** Worker task: draws and encodes one segment of a film into a scratch file, which the caller takes into the store. */
import { canvasSize } from '#core/project/ratio.ts';
import { encodeSegment } from '../encode/encode-segment.ts';
import { FINAL_ENCODE } from '../encode/settings.ts';
import type { Film } from '#core/composition/film.ts';
import { openFrameRenderer } from '../frame-renderer.ts';
import { storeOf } from './task-store.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';

export interface RenderSegmentPayload {
  readonly dataDir: string;
  readonly film: Film;
  readonly startFrame: number;
  readonly frameCount: number;
  readonly ffmpegPath: string;
}

/** Returns the path of the finished segment. */
export async function run(payload: RenderSegmentPayload, { signal, report }: TaskContext): Promise<{ path: string }> {
  const store = storeOf(payload.dataDir);
  const { film } = payload;
  const renderer = await openFrameRenderer(film, payload.startFrame, payload.frameCount, { pathOf: (hash) => store.pathOf(hash), ffmpegPath: payload.ffmpegPath, signal });
  const outputPath = store.tempPath('mp4');
  try {
    await encodeSegment({
      size: canvasSize(film.ratio),
      fps: { num: 30, den: 1 },
      frameCount: payload.frameCount,
      drawFrame: (index) => renderer.drawFrame(payload.startFrame + index),
      outputPath,
      settings: FINAL_ENCODE,
      signal,
      onProgress: (frames) => report(frames / payload.frameCount),
      ffmpegPath: payload.ffmpegPath,
    });
  } finally {
    await renderer.dispose();
  }
  return { path: outputPath };
}
