/** Worker task: draws one frame of a film as a JPEG (quality 95, 4:4:4) in a scratch file. */
import sharp from 'sharp';
import { canvasSize } from '#core/project/ratio.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { frameToRaster } from '../compositor/frame-to-raster.ts';
import type { Film } from '#core/composition/film.ts';
import { openFrameRenderer } from '../frame-renderer.ts';
import { storeOf } from './task-store.ts';

export interface RenderStillPayload {
  readonly dataDir: string;
  readonly film: Film;
  readonly frame: number;
  readonly ffmpegPath: string;
}

/** Returns the path of the finished picture. */
export async function run(payload: RenderStillPayload, { signal }: TaskContext): Promise<{ path: string }> {
  const store = storeOf(payload.dataDir);
  const { film } = payload;
  const renderer = await openFrameRenderer(film, payload.frame, 1, { pathOf: (hash) => store.pathOf(hash), ffmpegPath: payload.ffmpegPath, signal });
  try {
    const raster = frameToRaster(await renderer.drawFrame(payload.frame), canvasSize(film.ratio));
    const path = store.tempPath('jpg');
    const picture = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 4 } }).removeAlpha();
    await picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4', mozjpeg: false }).withIccProfile('srgb').toFile(path);
    return { path };
  } finally {
    await renderer.dispose();
  }
}
