/**
 * The one place that decides what stands where on the canvas at a given frame. Pure: document + facts in, layers out. The
 * export compositor and the preview both draw what it returns, which is why preview equals export.
 */
import { canvasSize } from '../project/ratio.ts';
import type { Ratio, Size } from '../project/ratio.ts';
import type { AdProject, Transition } from '../project/schema.ts';
import type { BackdropLayer, BackdropManifest } from './backdrop-manifest.ts';
import { cameraAt } from './camera.ts';
import type { CameraState } from './camera.ts';
import { captionStateAt, opensFilm, placeCaptions } from './captions.ts';
import { slipOf } from './clip-time.ts';
import { ease } from './easing.ts';
import { captionKey, parseSource, PRODUCT_PARTS, sourceOf } from './facts.ts';
import type { CompositionFacts, ProductPart } from './facts.ts';
import type { FramePlan, Layer, Rect, SceneFrame } from './layer.ts';
import { layoutScene } from './layout.ts';
import type { SceneLayout } from './layout.ts';
import { poseAt } from './placement.ts';
import type { ProductPose } from './placement.ts';
import { sceneSpans, spansAt } from './timeline.ts';
import type { SceneSpan } from './timeline.ts';

/** The parts of a document that composition reads. */
export type ComposedProject = Pick<AdProject, 'scenes' | 'products'>;

/**
 * What stands on the canvas of a ratio at a frame of the film.
 * @param frame 0-based, project clock; clamped to the film
 */
export function evaluate(project: ComposedProject, ratio: Ratio, frame: number, facts: CompositionFacts): FramePlan {
  const spans = sceneSpans(project);
  const [first, second] = spansAt(spans, frame);
  if (!first) throw new RangeError('a film needs at least one scene');
  const from = evaluateScene(first, ratio, frame - first.startFrame, facts);
  if (!second) return { frame, from };
  const progress = (frame - second.startFrame + 1) / (first.overlapOut + 1);
  const to = evaluateScene(second, ratio, frame - second.startFrame, facts);
  const { kind } = first.scene.transition;
  if (!MELTING.includes(kind)) return { frame, from, to, transition: { kind, progress } };
  return { frame, from: withoutGhost(from, to, 1 - progress), to: withoutGhost(to, from, progress), transition: { kind, progress } };
}

/** Transitions in which both scenes show at the same place at once. */
const MELTING: readonly Transition['kind'][] = ['dissolve', 'zoom'];
/** Part of a dissolve in which a product comes or goes; two of them overlap for a fifth only, while both are faint. */
const PRODUCT_FADE = 0.6;

/**
 * Two products that melt into each other look like a double exposure: in a dissolve one leaves before the other comes.
 * A product that stands at the same place in both scenes stays as it is.
 * @param presence how far this scene is there, 0..1
 */
function withoutGhost(scene: SceneFrame, other: SceneFrame, presence: number): SceneFrame {
  const own = productRect(scene);
  const others = productRect(other);
  if (!own || !others || isSameRect(own, others)) return scene;
  const shown = ease('easeInOut', (presence - (1 - PRODUCT_FADE)) / PRODUCT_FADE);
  return { ...scene, layers: scene.layers.flatMap((item) => (isOfProduct(item) ? (shown > 0 ? [{ ...item, opacity: item.opacity * (parseSource(item.source).kind === 'product' ? shown : behindFading(shown)) }] : []) : [item])) };
}

function isOfProduct({ source }: Layer): boolean {
  const { kind } = parseSource(source);
  return kind === 'product' || kind === 'part';
}

function productRect(scene: SceneFrame): Rect | undefined {
  return scene.layers.find((item) => parseSource(item.source).kind === 'product')?.rect;
}

function isSameRect(a: Rect, b: Rect): boolean {
  return Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.width - b.width) < 1 && Math.abs(a.height - b.height) < 1;
}

/** The layers of one scene at a frame counted from its start, back to front. */
export function evaluateScene(span: SceneSpan, ratio: Ratio, frame: number, facts: CompositionFacts): SceneFrame {
  const { scene } = span;
  const canvas = canvasSize(ratio);
  const layout = layoutOf(span, ratio, facts);
  const camera = cameraAt(scene, frame);
  const pivot = layout.product ? { x: layout.product.x + layout.product.width / 2, y: layout.product.y + layout.product.height } : { x: canvas.width / 2, y: canvas.height / 2 };
  const view: View = { canvas, camera, pivot };
  const manifest = facts.backdrops[scene.id];
  const backdrop = manifest ? backdropLayers(scene.id, manifest, view, frame + slipOf(scene)) : { behind: [], inFront: [] };
  const layers = [
    ...backdrop.behind,
    ...(layout.product ? productLayers(span, ratio, frame, layout.product, view, manifest, facts) : []),
    ...backdrop.inFront,
    ...logoLayers(span, layout, facts),
    ...captionLayers(span, ratio, frame, layout, facts),
  ];
  return { sceneId: scene.id, layers };
}

/** Layout of a scene with the facts of its product. */
export function layoutOf(span: Pick<SceneSpan, 'scene'>, ratio: Ratio, facts: Pick<CompositionFacts, 'products' | 'logoAspect'>): SceneLayout {
  const productId = span.scene.placement?.productId;
  return layoutScene(span.scene, ratio, productId ? facts.products[productId]?.aspect : undefined, facts.logoAspect !== undefined);
}

interface View {
  readonly canvas: Size;
  readonly camera: CameraState;
  readonly pivot: { readonly x: number; readonly y: number };
}

/** Looks at a rectangle at a depth through the camera. At depth 1 and rest this changes nothing. */
function look(rect: Rect, depth: number, { canvas, camera, pivot }: View): Rect {
  const zoom = 1 + (camera.zoom - 1) * Math.min(depth, 1.5);
  const off = 1 - depth;
  return {
    x: pivot.x + (rect.x - pivot.x) * zoom + (camera.panX * depth + camera.driftX * off) * canvas.width,
    y: pivot.y + (rect.y - pivot.y) * zoom + (camera.panY * depth + camera.driftY * off) * canvas.height,
    width: rect.width * zoom,
    height: rect.height * zoom,
  };
}

function backdropLayers(sceneId: string, manifest: BackdropManifest, view: View, frame: number): { behind: Layer[]; inFront: Layer[] } {
  const full: Rect = { x: 0, y: 0, width: view.canvas.width, height: view.canvas.height };
  if (manifest.kind === 'clip') return { behind: [layer(sourceOf.clip(sceneId), full)], inFront: [] };
  const behind: Layer[] = [];
  const inFront: Layer[] = [];
  manifest.layers.forEach((part, index) => {
    const rect = look(moved(part, view.canvas, frame), part.depth, view);
    (part.isForeground ? inFront : behind).push({ ...layer(sourceOf.backdrop(sceneId, index), rect), opacity: part.opacity, blend: part.blend });
  });
  return { behind, inFront };
}

/** A backdrop layer's rectangle in canvas pixels with its own motion. */
function moved(part: BackdropLayer, canvas: Size, frame: number): Rect {
  const rect = { x: part.rect.x * canvas.width, y: part.rect.y * canvas.height, width: part.rect.width * canvas.width, height: part.rect.height * canvas.height };
  const { kind, x, y, periodFrames, phase } = part.motion;
  const turn = 2 * Math.PI * (frame / periodFrames + phase);
  switch (kind) {
    case 'none':
      return rect;
    case 'sway':
      return { ...rect, x: rect.x + Math.sin(turn) * x * canvas.width, y: rect.y + Math.cos(turn) * y * canvas.height };
    case 'drift': {
      const way = ease('easeOut', frame / periodFrames) - 0.5;
      return { ...rect, x: rect.x + way * x * canvas.width, y: rect.y + way * y * canvas.height };
    }
    case 'breathe':
      return grown(rect, 1 + Math.sin(turn) * x);
    case 'zoom':
      return grown(rect, 1 + (x * frame) / periodFrames);
  }
}

function grown(rect: Rect, factor: number): Rect {
  const width = rect.width * factor;
  const height = rect.height * factor;
  return { x: rect.x - (width - rect.width) / 2, y: rect.y - (height - rect.height) / 2, width, height };
}

function productLayers(span: SceneSpan, ratio: Ratio, frame: number, rest: Rect, view: View, manifest: BackdropManifest | undefined, facts: CompositionFacts): Layer[] {
  const placement = span.scene.placement;
  const product = placement && facts.products[placement.productId];
  if (!placement || !product) return [];
  const pose = poseAt(placement, rest, product.aspect, ratio, frame, isWholeAtOnce(span));
  if (pose.opacity <= 0) return [];
  const ground = { ...pose.rect, y: pose.rect.y + pose.lift * view.canvas.height };
  const cutout = sourceOf.product(placement.productId, span.scene.id);
  const layers: Layer[] = [];
  for (const part of PRODUCT_PARTS) {
    const relative = product.parts[part];
    const opacity = partOpacity(part, pose, manifest);
    if (!relative || opacity <= 0) continue;
    if (part === 'wrap') layers.push(productLayer(cutout, pose, view));
    const anchor = part === 'wrap' ? pose.rect : ground;
    const rect = { x: anchor.x + relative.x * anchor.height, y: anchor.y + relative.y * anchor.height, width: relative.width * anchor.height, height: relative.height * anchor.height };
    layers.push({ ...layer(sourceOf.part(placement.productId, part, span.scene.id), look(rect, 1, view)), opacity, rotationDeg: part === 'wrap' ? pose.rotationDeg : 0 });
  }
  if (!layers.some((item) => item.source === cutout)) layers.push(productLayer(cutout, pose, view));
  return layers;
}

/** Platforms reject empty first frames, and a scene that is pushed or wiped in carries its product with it: half of one shows the wall through it. */
function isWholeAtOnce({ entersBy, scene }: SceneSpan): boolean {
  if (entersBy === undefined) return true;
  return entersBy === 'cut' ? scene.placement?.entrance !== 'fade' : !MELTING.includes(entersBy);
}

function productLayer(source: string, pose: ProductPose, view: View): Layer {
  return { source, rect: look(pose.rect, 1, view), rotationDeg: pose.rotationDeg, opacity: pose.opacity, blend: 'normal', sampling: 'exact' };
}

/** A flat card has no floor, yet a product without any shadow would look pasted on it: a discreet one, no reflection. */
const ON_FLAT_CARD = { contact: 0.9, shadow: 0.55 };

/** A shadow comes after its product and goes before it: seen through a product that is half there, it makes glass of it. */
const behindFading = (opacity: number): number => opacity ** 3;

/** How strongly a part shows: no shadow or reflection without a floor; a lifted product's shadow is fainter. */
function partOpacity(part: ProductPart, pose: ProductPose, manifest: BackdropManifest | undefined): number {
  if (!manifest) return 0;
  const grounded = 1 - Math.min(1, pose.lift * 25);
  const ground = (onCard: number): number => (manifest.hasFloor ? 1 : manifest.isFlat ? onCard : 0) * behindFading(pose.opacity) * pose.shadow;
  switch (part) {
    case 'reflection':
      return manifest.hasFloor ? pose.opacity * Math.max(pose.reflection, manifest.gloss) * (0.4 + 0.6 * grounded) : 0;
    case 'contact':
      return ground(ON_FLAT_CARD.contact) * (0.35 + 0.65 * grounded);
    case 'shadow':
    case 'cast':
      return ground(ON_FLAT_CARD.shadow) * (0.7 + 0.3 * grounded);
    case 'wrap':
      return manifest.isFlat ? 0 : pose.opacity;
  }
}

function captionLayers(span: SceneSpan, ratio: Ratio, frame: number, layout: SceneLayout, facts: CompositionFacts): Layer[] {
  const { scene } = span;
  const positions = placeCaptions(scene, ratio, layout, facts.captions);
  return scene.captions.flatMap((caption) => {
    const rect = positions.get(captionKey(scene.id, caption.id));
    const opens = span.entersBy === undefined && opensFilm(caption, scene.captions);
    const state = captionStateAt(caption, frame, { opens, stays: scene.isEndCard && caption.endFrame >= scene.durationFrames });
    if (!rect || !state || state.opacity <= 0) return [];
    return [{ ...layer(sourceOf.caption(scene.id, caption.id), { ...rect, x: rect.x + state.dx, y: rect.y + state.dy }), opacity: state.opacity }];
  });
}

/** The brand logo stands on end cards, fitted into its place. */
function logoLayers(span: SceneSpan, layout: SceneLayout, facts: CompositionFacts): Layer[] {
  if (!span.scene.isEndCard || !layout.logo || !facts.logoAspect) return [];
  const box = layout.logo;
  const width = Math.round(Math.min(box.width, box.height * facts.logoAspect));
  const height = Math.round(width / facts.logoAspect);
  const isLeft = layout.areas[0]?.align === 'left';
  const x = isLeft ? box.x : Math.round(box.x + (box.width - width) / 2);
  return [{ ...layer(sourceOf.logo(), { x, y: Math.round(box.y + (box.height - height) / 2), width, height }), sampling: 'exact' }];
}

function layer(source: string, rect: Rect): Layer {
  return { source, rect, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'smooth' };
}
