/**
 * Worker task: draws a whole film at another frame rate, or for another encoder, into one stream. Each output frame is the film at its own
 * moment of the project's clock. Segment by segment, so that only the sources of what is on screen are held.
 */
import { outputFrameCount, projectFrameAt } from '#core/placements/rates.ts';
import type { Film } from '#core/composition/film.ts';
import { segmentsOf, totalFrames } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Timebase } from '#core/time/frames.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { encodeSegment } from '../encode/encode-segment.ts';
import { compileExportOptions } from '../encode/export-encoders.ts';
import { openFramesRenderer } from '../frame-renderer.ts';
import type { FrameRenderer, RenderResources } from '../frame-renderer.ts';
import { storeOf } from './task-store.ts';

export interface RenderFilmPayload {
  readonly dataDir: string;
  readonly film: Film;
  readonly timebase: Timebase;
  readonly rate: Timebase;
  readonly encoderId: string;
  readonly bitsPerSecond?: number;
  readonly ffmpegPath: string;
}

/** Returns the path of the finished picture and how many frames it has. */
export async function run({ dataDir, film, timebase, rate, encoderId, bitsPerSecond, ffmpegPath }: RenderFilmPayload, { signal, report }: TaskContext): Promise<{ path: string; frameCount: number }> {
  const store = storeOf(dataDir);
  const frameCount = outputFrameCount(totalFrames(film), rate, timebase);
  const moments = Array.from({ length: frameCount }, (_, index) => projectFrameAt(index, rate, timebase));
  const reel = createReel(film, moments, { pathOf: (hash) => store.pathOf(hash), ffmpegPath, signal });
  const outputPath = store.tempPath('mp4');
  try {
    await encodeSegment({
      size: canvasSize(film.ratio), fps: rate, frameCount, drawFrame: (index) => reel.drawFrame(moments[index] ?? 0), outputPath,
      videoOptions: compileExportOptions(encoderId, rate, bitsPerSecond), signal, onProgress: (frames) => report(frames / frameCount), ffmpegPath, name: `the film with ${encoderId}`,
    });
  } finally {
    await reel.dispose();
  }
  return { path: outputPath, frameCount };
}

/** A renderer that moves on to the next segment when the moment has come. */
function createReel(film: Film, moments: readonly number[], resources: RenderResources): Pick<FrameRenderer, 'drawFrame' | 'dispose'> {
  const stretches = segmentsOf(film).map(({ startFrame, frameCount }) => moments.filter((moment) => moment >= startFrame && moment < startFrame + frameCount)).filter((stretch) => stretch.length > 0);
  let current: { readonly last: number; readonly renderer: FrameRenderer } | undefined;
  return {
    async drawFrame(moment) {
      if (!current || moment > current.last) {
        await current?.renderer.dispose();
        current = undefined;
        const stretch = stretches.find((candidate) => candidate.includes(moment)) ?? [moment];
        current = { last: stretch.at(-1) ?? moment, renderer: await openFramesRenderer(film, stretch, resources) };
      }
      return current.renderer.drawFrame(moment);
    },
    dispose: async () => await current?.renderer.dispose(),
  };
}
