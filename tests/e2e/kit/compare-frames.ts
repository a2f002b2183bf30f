/** An exported file beside what its project asks for: frames of the film drawn anew, against the same frames decoded from the file. */
import type { Film } from '#core/composition/film.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { frameToRaster } from '#engine/compositing/compositor/frame-to-raster.ts';
import { decodeRegion } from '#engine/compositing/fidelity/decode-region.ts';
import { psnr } from '#engine/compositing/fidelity/colour-difference.ts';
import { openFrameRenderer } from '#engine/compositing/frame-renderer.ts';
import { openArtifactStore } from '#engine/storage/artifact-store.ts';

export interface ExportedFile {
  readonly path: string;
  readonly dataDir: string;
  readonly ffmpegPath: string;
}

/** How near a frame of the file (30 a second) is to that frame of the film, decibels over the whole picture. */
export async function nearness(file: ExportedFile, film: Film, frame: number): Promise<number> {
  const { path: videoPath, dataDir, ffmpegPath } = file;
  const size = canvasSize(film.ratio);
  const store = openArtifactStore(dataDir);
  const renderer = await openFrameRenderer(film, frame, 1, { pathOf: (hash) => store.pathOf(hash), ffmpegPath, signal: new AbortController().signal });
  try {
    const { data } = frameToRaster(await renderer.drawFrame(frame), size);
    const asked = { ...size, data: Uint8Array.from({ length: size.width * size.height * 3 }, (_, at) => data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0) };
    const shown = await decodeRegion({ videoPath, frameIndex: frame, fps: { num: 30, den: 1 }, region: { x: 0, y: 0, ...size }, ffmpegPath });
    return psnr(shown, asked, new Uint8Array(size.width * size.height).fill(1));
  } finally {
    await renderer.dispose();
  }
}
