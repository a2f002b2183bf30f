/** Copies of a finished export for chats and pages: a GIF with a palette of its own, or a WebM. */
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import type { Services } from '#engine/pipeline/services.ts';

/** Chats take a GIF of this size; more frames or pixels only make it slow. */
const GIF = { fps: 12.5, longSide: 540, mostSeconds: 60 };

const MIME = { gif: 'image/gif', webm: 'video/webm' } as const;

/** Throws AbortError, DISK_FULL or TOOL_FAILED. */
export async function convertExport(file: AssetRef, format: 'gif' | 'webm', { store, ffmpegPath }: Pick<Services, 'store' | 'ffmpegPath'>, signal?: AbortSignal): Promise<AssetRef> {
  if (!store.has(file.hash)) throw new AdgenError('NOT_FOUND', 'The file of this export is no longer in the store. Export it again.');
  const outputPath = store.tempPath(format);
  const result = await runFfmpeg({
    ffmpegPath: await ffmpegPath(), ...(signal ? { signal } : {}), inputs: [{ path: store.pathOf(file) }], ...(format === 'gif' ? gifJob() : webmJob()), output: { path: outputPath },
  });
  assertSucceeded(result, `copying the export as ${format === 'gif' ? 'GIF' : 'WebM'}`);
  return await store.putFile(outputPath, `export.${format}`, MIME[format], { move: true });
}

/** One palette for the whole film, from what changes in it; ordered dither stays still where the picture does. */
function gifJob() {
  const { fps, longSide, mostSeconds } = GIF;
  const scale = `fps=${fps},scale='if(gt(iw,ih),${longSide},-2)':'if(gt(iw,ih),-2,${longSide})':flags=lanczos`;
  return {
    filterGraph: `[0:v]trim=duration=${mostSeconds},${scale},split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle[out]`,
    outputOptions: ['-map', '[out]', '-loop', '0', '-f', 'gif'],
  };
}

function webmJob() {
  return {
    outputOptions: ['-map', '0:v:0', '-map', '0:a:0?', '-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '31', '-row-mt', '1', '-deadline', 'good', '-cpu-used', '4', '-pix_fmt', 'yuv420p', '-c:a', 'libopus', '-b:a', '128k', '-map_metadata', '-1', '-f', 'webm'],
  };
}
