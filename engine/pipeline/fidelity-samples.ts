/** At which frames, and where, the product of a film is compared with its photo: at rest, once per scene that shows it. */
import { evaluate } from '#core/composition/evaluate.ts';
import { parseSource } from '#core/composition/facts.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { Film } from '#core/composition/film.ts';
import type { FidelitySample } from '#engine/compositing/fidelity/measure-sample.ts';
import { restFrame } from './poster-frame.ts';

/** A sample whose frame is the film's, and what it shows. */
export interface FilmSample extends FidelitySample {
  readonly productId: string;
  readonly sceneId: string;
}

/** More samples say little more and cost time. */
const MAX_SAMPLES = 3;

export function fidelitySamples(film: Film): FilmSample[] {
  const samples = sceneSpans(film).flatMap((span) => {
    const frameIndex = span.startFrame + restFrame(span);
    const { layers } = evaluate(film, film.ratio, frameIndex, film.facts).from;
    const at = layers.findIndex((layer) => layer.source.startsWith('product/'));
    const product = layers[at];
    if (!product) return [];
    const name = parseSource(product.source);
    if (name.kind !== 'product' || name.sceneId !== span.scene.id) return [];
    const inFront = layers.slice(at + 1).filter((layer) => parseSource(layer.source).kind !== 'part');
    return [{ frameIndex, sceneId: span.scene.id, productId: name.productId, productRect: product.rect, rotationDeg: product.rotationDeg, opacity: product.opacity, occluders: inFront.map((layer) => layer.rect) }];
  });
  const stride = Math.max(1, samples.length / MAX_SAMPLES);
  return samples.filter((_, index) => Math.floor(index / stride) !== Math.floor((index - 1) / stride));
}
