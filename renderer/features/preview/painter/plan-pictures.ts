/** Which pictures a frame plan needs, and in what size: from layers to requests. Pure. */
import { describeSource } from '#core/composition/film.ts';
import type { Film, SourceDescription } from '#core/composition/film.ts';
import { parseSource } from '#core/composition/facts.ts';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import type { PictureRequest } from './picture-cache.ts';

/** Sizes in which the engine hands pictures out, as parts of the export's. */
const SCALES = [0.125, 0.25, 0.5, 1] as const;

/** A picture of the engine in one size. */
export interface SourceRequest extends PictureRequest {
  readonly description: SourceDescription;
  readonly scale: number;
}

/** The smallest size that is not smaller than what is drawn. */
export function sourceScale(canvasScale: number): number {
  return SCALES.find((scale) => scale >= canvasScale - 0.001) ?? 1;
}

/** The picture of one layer; undefined while the film does not know it (a scene that was just added). */
export function requestFor(film: Film, layer: Layer, canvasScale: number): SourceRequest | undefined {
  const description = describe(film, layer);
  if (!description) return undefined;
  const scale = description.kind === 'clip' ? 1 : sourceScale(canvasScale);
  return { description, scale, family: familyOf(description), key: `${JSON.stringify(description)}@${scale}` };
}

function describe(film: Film, layer: Layer): SourceDescription | undefined {
  try {
    return describeSource(film, layer);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // facts that are older than the document; the engine's next film holds it
    throw error;
  }
}

/** Pictures of one family differ in size only. */
function familyOf(description: SourceDescription): string {
  return description.kind === 'product' ? `product/${description.hash}/${JSON.stringify(description.bounds)}` : JSON.stringify(description);
}

/** All layers of a plan that can be seen. */
export function visibleLayers(plan: FramePlan): readonly Layer[] {
  return [...plan.from.layers, ...(plan.to?.layers ?? [])].filter((layer) => layer.opacity > 0);
}

/** What a plan needs, each once; clips are read elsewhere. */
export function requestsOf(film: Film, plan: FramePlan, canvasScale: number): SourceRequest[] {
  return eachOnce(film, visibleLayers(plan).filter((layer) => !isClip(layer)), canvasScale);
}

/** What can be shown of a plan's clips at once: a picture of each. */
export function stillsOf(film: Film, plan: FramePlan): SourceRequest[] {
  return eachOnce(film, visibleLayers(plan).filter(isClip), 1);
}

const isClip = (layer: Layer): boolean => parseSource(layer.source).kind === 'clip';

function eachOnce(film: Film, layers: readonly Layer[], canvasScale: number): SourceRequest[] {
  const requests = layers.flatMap((layer) => requestFor(film, layer, canvasScale) ?? []);
  return [...new Map(requests.map((request) => [request.key, request])).values()];
}
