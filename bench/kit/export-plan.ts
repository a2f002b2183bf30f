/**
 * Program: writes down where every picture of the reference advert stands in every frame, for a peer that draws the same:
 * `export-plan.ts DATA ADPROJECT STILLS_JSON FOLDER` → `FOLDER/plan.json` and the pictures that are not files already.
 * The peer gets the same ready pictures as our compositor, except for backdrops: there it gets the original stills.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { evaluateScene } from '#core/composition/evaluate.ts';
import { parseSource } from '#core/composition/facts.ts';
import type { Layer } from '#core/composition/layer.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { describeSource } from '#core/composition/film.ts';
import type { Film } from '#core/composition/film.ts';
import { loadSource } from '#engine/compositing/load-source.ts';
import { openEngine } from '#engine/main.ts';
import { readDocument } from '#engine/pipeline/accept-request.ts';
import { filmOf } from './film-of.ts';

const [dataDir = '', projectPath = '', stillsJson = '[]', folder = '', music = ''] = process.argv.slice(2);
const stills = JSON.parse(stillsJson) as readonly string[];
const engine = await openEngine({ dataDir });
try {
  const film = await filmOf(await readDocument(projectPath), '9:16', engine);
  const paths = new Map<string, string>();
  const spans = sceneSpans(film);
  const frames = spans.map((span) => Array.from({ length: span.scene.durationFrames }, (_, frame) => evaluateScene(span, film.ratio, frame, film.facts).layers));
  for (const layer of new Map(frames.flat(2).map((each) => [each.source, each])).values()) paths.set(layer.source, await fileOf(film, layer));
  const scenes = frames.map((scene) => scene.map((layers) => layers.map((layer) => describeLayer(layer, paths))));
  await writeFile(join(folder, 'plan.json'), JSON.stringify({ ...canvasSize(film.ratio), fps: 30, overlap: spans[0]?.overlapOut ?? 0, music, ffmpeg: await engine.services.ffmpegPath(), scenes }));
} finally {
  await engine.close();
}

async function fileOf(film: Film, layer: Layer): Promise<string> {
  const { source } = layer;
  const name = parseSource(source);
  const still = name.kind === 'backdrop' ? stills[film.scenes.findIndex((scene) => scene.id === name.sceneId)] : undefined;
  if (still) return still;
  const description = describeSource(film, layer);
  if (description.kind === 'clip') throw new RangeError('the reference advert has no clips');
  const { width, height, data } = await loadSource(description, (hash) => engine.services.store.pathOf(hash));
  if (!(data instanceof Uint8Array)) throw new RangeError(`${source} is 16 bits deep; the peer takes 8`);
  const path = join(folder, `${source.replaceAll('/', '_')}.png`);
  await sharp(data, { raw: { width, height, channels: 4 } }).png({ compressionLevel: 2 }).toFile(path);
  return path;
}

function describeLayer({ source, rect, opacity }: Layer, paths: ReadonlyMap<string, string>): unknown {
  return { path: paths.get(source), ...rect, opacity };
}
