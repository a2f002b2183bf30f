/**
 * What the mask editor shows and what the pointer does on it: the photo dimmed, the product in full, the brush as a ring. Draws only when something
 * has changed, once per frame.
 */
import type { Rect } from '#core/composition/layer.ts';
import { createMaskHistory } from './mask-history.ts';
import type { MaskHistory } from './mask-history.ts';
import { createTiledMask } from './tiled-mask.ts';
import type { Brush, TiledMask } from './tiled-mask.ts';
import { fitView, toPhoto, zoomAt } from './view-transform.ts';
import type { ViewTransform } from './view-transform.ts';

/** Tiles of a megabyte that undo may keep. */
const HISTORY_TILES = 400;

/** One editing of one mask. */
export interface MaskPainter {
  readonly history: MaskHistory;
  /** From the view, CSS pixels. */
  pointerDown(x: number, y: number, isPanning: boolean): void;
  pointerMove(x: number, y: number): void;
  pointerUp(): void;
  pointerLeave(): void;
  zoom(factor: number, x?: number, y?: number): void;
  /** Moves the brush by parts of its radius, for the keyboard; into the middle when it is nowhere. */
  nudge(dx: number, dy: number): void;
  /** One print of the brush where it is. */
  dab(): void;
  fit(): void;
  resize(width: number, height: number): void;
  /** Begins again with another mask, which is read at once and not kept. */
  reset(original: ImageBitmap): void;
  undo(): void;
  redo(): void;
  toPng(): Promise<Blob>;
  dispose(): void;
}

interface PainterOptions {
  readonly canvas: HTMLCanvasElement;
  readonly photo: ImageBitmap;
  /** The photo for views in which it is this small or smaller: large photos take long to be drawn small. */
  readonly smallPhoto: ImageBitmap;
  /** Where the mask begins: its alpha. It is read at once and not kept. */
  readonly start: ImageBitmap;
  brush(): Brush;
  /** The history or the zoom is another. */
  onChange(): void;
}

export function createMaskPainter(options: PainterOptions): MaskPainter {
  const { canvas, photo, smallPhoto, start, brush, onChange } = options;
  const size = { width: photo.width, height: photo.height };
  const mask: TiledMask = createTiledMask(size.width, size.height);
  const history = createMaskHistory(HISTORY_TILES);
  const layers = { product: new OffscreenCanvas(1, 1), mask: new OffscreenCanvas(1, 1) };
  let view: ViewTransform = { scale: 1, x: 0, y: 0 };
  let least = 0.01;
  let pointer: { x: number; y: number } | undefined;
  let gesture: 'none' | 'painting' | 'panning' = 'none';
  let frame = 0;
  const density = Math.min(2, window.devicePixelRatio || 1);
  mask.load(start);
  start.close();

  const draw = (): void => {
    frame = 0;
    drawView(canvas, layers, view.scale * photo.width > smallPhoto.width ? photo : smallPhoto, { x: view.x, y: view.y, width: photo.width * view.scale, height: photo.height * view.scale }, mask, view);
    if (pointer && gesture !== 'panning') drawRing(canvas, pointer, brush().radius * view.scale, brush().isErasing, density);
  };
  const ask = (): void => void (frame ||= requestAnimationFrame(draw));
  const changed = (): void => {
    onChange();
    ask();
  };
  const device = (x: number, y: number): { x: number; y: number } => ({ x: x * density, y: y * density });
  const fit = (): void => {
    view = fitView(size, canvas);
    least = view.scale / 2;
    changed();
  };

  return {
    history,
    pointerDown(x, y, isPanning) {
      pointer = device(x, y);
      gesture = isPanning ? 'panning' : 'painting';
      if (gesture !== 'painting') return;
      mask.begin();
      const at = toPhoto(view, pointer.x, pointer.y);
      mask.paint(at, at, brush());
      ask();
    },
    pointerMove(x, y) {
      const next = device(x, y);
      const before = pointer ?? next;
      pointer = next;
      if (gesture === 'painting') mask.paint(toPhoto(view, before.x, before.y), toPhoto(view, next.x, next.y), brush());
      if (gesture === 'panning') view = { ...view, x: view.x + next.x - before.x, y: view.y + next.y - before.y };
      ask();
    },
    pointerUp() {
      const stroke = gesture === 'painting' ? mask.end() : undefined;
      gesture = 'none';
      if (stroke) history.push(stroke);
      changed();
    },
    pointerLeave() {
      if (gesture === 'none') pointer = undefined;
      ask();
    },
    zoom(factor, x, y) {
      const at = x === undefined || y === undefined ? { x: canvas.width / 2, y: canvas.height / 2 } : device(x, y);
      view = zoomAt(view, factor, at.x, at.y, least);
      changed();
    },
    nudge(dx, dy) {
      const reach = Math.max(2, brush().radius * view.scale);
      pointer = pointer ? { x: pointer.x + dx * reach, y: pointer.y + dy * reach } : { x: canvas.width / 2, y: canvas.height / 2 };
      ask();
    },
    dab() {
      if (!pointer) return;
      const at = toPhoto(view, pointer.x, pointer.y);
      mask.begin();
      mask.paint(at, at, brush());
      const stroke = mask.end();
      if (stroke) history.push(stroke);
      changed();
    },
    fit,
    resize(width, height) {
      const isOther = canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density);
      if (!isOther) return;
      for (const each of [canvas, layers.product, layers.mask]) [each.width, each.height] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
      fit();
    },
    reset(original) {
      history.push(mask.load(original));
      original.close();
      changed();
    },
    undo() {
      if (history.undo()) changed();
    },
    redo() {
      if (history.redo()) changed();
    },
    toPng: () => mask.toPng(),
    dispose() {
      cancelAnimationFrame(frame);
      photo.close();
      smallPhoto.close();
    },
  };
}

function drawView(canvas: HTMLCanvasElement, layers: { product: OffscreenCanvas; mask: OffscreenCanvas }, photo: ImageBitmap, { x, y, width: photoWidth, height: photoHeight }: Rect, mask: TiledMask, view: ViewTransform): void {
  const context = canvas.getContext('2d');
  const product = layers.product.getContext('2d');
  const shape = layers.mask.getContext('2d');
  if (!context || !product || !shape) return;
  const { width, height } = canvas;
  const place = [x, y, photoWidth, photoHeight] as const;
  shape.clearRect(0, 0, width, height);
  shape.imageSmoothingEnabled = view.scale < 1;
  mask.draw(shape, view);
  product.globalCompositeOperation = 'copy';
  product.drawImage(photo, ...place);
  product.globalCompositeOperation = 'destination-in';
  product.drawImage(layers.mask, 0, 0);
  context.clearRect(0, 0, width, height);
  context.globalAlpha = 0.22;
  context.drawImage(photo, ...place);
  context.globalAlpha = 1;
  context.drawImage(layers.product, 0, 0);
}

function drawRing(canvas: HTMLCanvasElement, { x, y }: { x: number; y: number }, radius: number, isErasing: boolean, density: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  for (const [width, color] of [[3, 'rgb(0 0 0 / 0.7)'], [1.5, isErasing ? '#ff8a80' : '#ffffff']] as const) {
    context.beginPath();
    context.arc(x, y, Math.max(2, radius), 0, Math.PI * 2);
    context.lineWidth = width * density;
    context.strokeStyle = color;
    context.stroke();
  }
}
