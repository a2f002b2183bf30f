/**
 * What rendering one ratio must cost at least: every picture on screen and the finished sound decoded once to nothing, and
 * the finished frames encoded once, from a raw file, with the settings of a delivery. Two ffmpeg processes and no drawing.
 */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canvasSize, formatRatioForFile } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import { encodeRawFloor } from '#engine/compositing/encode/encode-floor.ts';
import type { EncodeSettings } from '#engine/compositing/encode/settings.ts';
import { root, runNode } from './adgen.ts';
import type { DrawnFrames } from './draw-frames.ts';
import { measureChildren } from './usage.ts';
import type { Usage } from './usage.ts';
import type { Workshop } from './workshop.ts';

export interface Floor extends Usage {
  readonly decode: Usage;
  readonly encode: Usage;
  readonly frameCount: number;
  /** The encoded file, for comparisons of size. */
  readonly encodedBytes: number;
}

/** @param advert a finished advert; its frames are drawn again first, which is not measured */
export async function measureFloor(advert: { readonly dataDir: string; readonly outDir: string }, ratio: Ratio, workshop: Workshop): Promise<Floor> {
  const rawFile = workshop.newPath('.yuv');
  try {
    const { sources, frameCount } = await drawFrames(advert, ratio, rawFile);
    const sound = join(advert.outDir, `final_${formatRatioForFile(ratio)}.mp4`);
    const decode = await measureChildren(() => decodeToNothing(sources, sound));
    const encode = await measureEncode(rawFile, ratio, workshop);
    return { decode, encode, frameCount, encodedBytes: encode.value, cpuSeconds: decode.cpuSeconds + encode.cpuSeconds, wallSeconds: decode.wallSeconds + encode.wallSeconds };
  } finally {
    await rm(rawFile, { force: true });
  }
}

/** Draws all frames of a ratio into `rawFile`. */
export async function drawFrames({ dataDir, outDir }: { readonly dataDir: string; readonly outDir: string }, ratio: Ratio, rawFile: string): Promise<DrawnFrames> {
  const output = await runNode([join(root, 'bench', 'kit', 'draw-frames.ts'), dataDir, join(outDir, 'adproject.json'), ratio, rawFile]);
  return JSON.parse(output) as DrawnFrames;
}

/** Encodes the raw frames; `value` is the size of the result. */
export async function measureEncode(rawFile: string, ratio: Ratio, workshop: Workshop, settings?: EncodeSettings): Promise<Usage & { readonly value: number }> {
  const outputPath = workshop.newPath('.mp4');
  try {
    return await measureChildren(async () => {
      await encodeRawFloor({ rawFile, size: canvasSize(ratio), fps: { num: 30, den: 1 }, outputPath, ...(settings ? { settings } : {}) });
      return (await stat(outputPath)).size;
    });
  } finally {
    await rm(outputPath, { force: true });
  }
}

async function decodeToNothing(pictures: readonly string[], sound: string): Promise<void> {
  const maps = pictures.flatMap((_, index) => ['-map', `${index}:v`]);
  const inputs = [...pictures.map((path) => ({ path, options: ['-f', 'png_pipe'] })), { path: sound }];
  const result = await runFfmpeg({ inputs, outputOptions: [...maps, '-map', `${pictures.length}:a`], output: 'null' });
  assertSucceeded(result, 'decoding the sources to nothing');
}
