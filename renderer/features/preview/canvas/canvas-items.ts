/** What can be taken hold of on the canvas at a frame: products and words, where they stand on screen. Pure. */
import { evaluate } from '#core/composition/evaluate.ts';
import { captionKey, parseSource } from '#core/composition/facts.ts';
import type { Film } from '#core/composition/film.ts';
import type { FramePlan, Layer } from '#core/composition/layer.ts';
import { isInside } from './box.ts';
import type { Box, Point } from './box.ts';

/** What a selection names. */
export type CanvasTarget = { readonly kind: 'product'; readonly sceneId: string } | { readonly kind: 'caption'; readonly sceneId: string; readonly captionId: string };

/** Something on the canvas; for words, the box round their ink. */
export interface CanvasItem {
  readonly target: CanvasTarget;
  readonly box: Box;
}

/** Everything that can be taken hold of, back to front. In a transition, what belongs to the scene that is seen more of. */
export function itemsAt(film: Film, frame: number): CanvasItem[] {
  const scene = seenScene(evaluate(film, film.ratio, frame, film.facts));
  return scene.layers.flatMap((layer) => itemOf(film, layer) ?? []);
}

function seenScene({ from, to, transition }: FramePlan): FramePlan['from'] {
  return to && transition && transition.progress >= 0.5 ? to : from;
}

function itemOf(film: Film, { source, rect, rotationDeg }: Layer): CanvasItem | undefined {
  const name = parseSource(source);
  if (name.kind === 'product') return { target: { kind: 'product', sceneId: name.sceneId }, box: { ...rect, rotationDeg } };
  if (name.kind !== 'caption') return undefined;
  const block = film.facts.captions[captionKey(name.sceneId, name.captionId)];
  if (!block) return undefined;
  const scale = rect.width / block.width;
  const { ink } = block;
  const box = { x: rect.x + ink.x * scale, y: rect.y + ink.y * scale, width: ink.width * scale, height: ink.height * scale, rotationDeg: 0 };
  return { target: { kind: 'caption', sceneId: name.sceneId, captionId: name.captionId }, box };
}

/** Whether two targets are the same thing. */
export function isSameTarget(a: CanvasTarget | null, b: CanvasTarget | null): boolean {
  return targetKey(a) === targetKey(b);
}

/** A target as text, for keys of lists and of merged edits. */
export function targetKey(target: CanvasTarget | null): string {
  if (!target) return '';
  return target.kind === 'product' ? `product/${target.sceneId}` : `caption/${target.sceneId}/${target.captionId}`;
}

/** The item under a point: the selected one if it is there, since it may lie under others, else the frontmost. */
export function hitItem(items: readonly CanvasItem[], point: Point, selected: CanvasTarget | null, slack: number): CanvasItem | undefined {
  const hits = items.filter((item) => isInside(point, item.box, slack));
  return hits.find((item) => isSameTarget(item.target, selected)) ?? hits.at(-1);
}
