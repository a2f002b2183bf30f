/**
 * Program: draws all frames of one ratio of a finished advert into a raw file, and says which pictures they were made of:
 * `draw-frames.ts DATA ADPROJECT RATIO RAW_FILE` → `{frameCount, sources}` on stdout. It runs apart so that its memory is
 * given back before anything is measured.
 */
import { open } from 'node:fs/promises';
import { segmentsOf, totalFrames } from '#core/composition/timeline.ts';
import { RATIOS } from '#core/project/ratio.ts';
import { assetsOf } from '#core/composition/film.ts';
import type { Film } from '#core/composition/film.ts';
import { openFrameRenderer } from '#engine/compositing/frame-renderer.ts';
import type { RenderResources } from '#engine/compositing/frame-renderer.ts';
import { openEngine } from '#engine/main.ts';
import { readDocument } from '#engine/pipeline/accept-request.ts';
import { filmOf } from './film-of.ts';

/** What stands on stdout. */
export interface DrawnFrames {
  readonly frameCount: number;
  /** Paths of all pictures on screen. */
  readonly sources: readonly string[];
}

const [dataDir = '', projectPath = '', ratioText = '', rawFile = ''] = process.argv.slice(2);
const ratio = RATIOS.find((candidate) => candidate === ratioText);
if (!ratio) throw new RangeError(`no ratio ${ratioText}`);
const project = await readDocument(projectPath);
const engine = await openEngine({ dataDir });
try {
  const film = await filmOf(project, ratio, engine);
  const { store, ffmpegPath } = engine.services;
  const resources = { pathOf: (hash: string) => store.pathOf(hash), ffmpegPath: await ffmpegPath(), signal: new AbortController().signal };
  await drawAll(film, rawFile, resources);
  const sources = [...new Set(assetsOf(film).map((asset) => store.pathOf(asset)))];
  process.stdout.write(`${JSON.stringify({ frameCount: totalFrames(film), sources } satisfies DrawnFrames)}\n`);
} finally {
  await engine.close();
}

async function drawAll(drawn: Film, path: string, resources: RenderResources): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const { startFrame, frameCount } of segmentsOf(drawn)) {
      const renderer = await openFrameRenderer(drawn, startFrame, frameCount, resources);
      for (let frame = startFrame; frame < startFrame + frameCount; frame++) await file.write(await renderer.drawFrame(frame));
      await renderer.dispose();
    }
  } finally {
    await file.close();
  }
}
