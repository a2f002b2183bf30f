/** What captions will stand on: the scene without words at a few moments, as pixels of the places that the words will cover. */
import { evaluate } from '#core/composition/evaluate.ts';
import { parseSource } from '#core/composition/facts.ts';
import type { Layer, Rect } from '#core/composition/layer.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Size } from '#core/project/ratio.ts';
import type { Scene } from '#core/project/schema.ts';
import { cropFrame } from '../compositor/crop-frame.ts';
import { frameToRaster } from '../compositor/frame-to-raster.ts';
import type { Film } from '#core/composition/film.ts';
import { openFrameRenderer } from '../frame-renderer.ts';
import type { RenderResources } from '../frame-renderer.ts';
import type { Raster } from '../raster.ts';

/** Parts of a scene at which its backdrop is looked at: one that drifts must carry the text all the way. */
const MOMENTS = [0.3, 0.9];

/** The ground under each place (canvas pixels, inside the canvas), its moments one below the other; a flat card looks the same at all of them. */
export async function drawGround(film: Film, scene: Scene, places: readonly Rect[], resources: RenderResources): Promise<Raster[]> {
  const alone: Film = { ...film, scenes: [{ ...scene, captions: [] }] };
  const parts = film.facts.backdrops[scene.id]?.isFlat ? MOMENTS.slice(-1) : MOMENTS;
  const looks: Raster[][] = [];
  for (const part of parts) {
    const moment = Math.min(scene.durationFrames - 1, Math.round(part * scene.durationFrames));
    const drawn = isProductUnder(places, alone, moment) ? alone : withoutProduct(alone);
    const renderer = await openFrameRenderer(drawn, moment, 1, resources);
    try {
      const frame = await renderer.drawFrame(moment);
      looks.push(places.map((place) => regionOf(frame, canvasSize(film.ratio), place)));
    } finally {
      await renderer.dispose();
    }
  }
  return places.map((_, index) => stack(looks.flatMap((regions) => regions[index] ?? [])));
}

/** Chroma and resampling carry a layer's colour this far over its edge, pixels. */
const SPILL = 4;

function isProductUnder(places: readonly Rect[], film: Film, moment: number): boolean {
  const { layers } = evaluate(film, film.ratio, moment, film.facts).from;
  return layers.some((layer) => ['product', 'part'].includes(parseSource(layer.source).kind) && places.some((place) => overlaps(boundsOf(layer), place)));
}

function boundsOf({ rect, rotationDeg }: Layer): Rect {
  const { x, y, width, height } = rect;
  const [wide, high] = rotationDeg === 0 ? [width, height] : [Math.hypot(width, height), Math.hypot(width, height)];
  return { x: x + (width - wide) / 2 - SPILL, y: y + (height - high) / 2 - SPILL, width: wide + 2 * SPILL, height: high + 2 * SPILL };
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The product unseen, yet in its place: the camera turns about it. Its pictures are the larger half of what a scene loads. */
function withoutProduct(film: Film): Film {
  const unseen = { frame: 0, x: 0.5, y: 0.5, scale: 1, rotationDeg: 0, opacity: 0, shadow: 0, reflection: 0, ease: 'linear' } as const;
  return { ...film, scenes: film.scenes.map((scene) => (scene.placement ? { ...scene, placement: { ...scene.placement, keyframes: { [film.ratio]: [unseen] } } } : scene)) };
}

function regionOf(frame: Uint8Array, canvas: Size, place: Rect): Raster {
  const part = cropFrame(frame, canvas, place);
  return frameToRaster(part.frame, part.size);
}

function stack(regions: readonly Raster[]): Raster {
  const width = regions[0]?.width ?? 0;
  const height = regions.reduce((sum, region) => sum + region.height, 0);
  const data = new Uint8Array(width * height * 4);
  let at = 0;
  for (const region of regions) {
    data.set(region.data, at);
    at += region.data.length;
  }
  return { width, height, data };
}
