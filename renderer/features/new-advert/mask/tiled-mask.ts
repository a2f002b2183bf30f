/**
 * A mask as large as a photo, on tiles of a canvas each: a stroke touches a few of them, so painting, drawing and undo cost what is touched and
 * not what the photo has. A tile's alpha is the mask; its colour is white.
 */
import type { Stroke } from './mask-history.ts';
import type { ViewTransform } from './view-transform.ts';

const TILE = 512;

/** A round brush; sizes are photo pixels, `hardness` 0..1. */
export interface Brush {
  readonly radius: number;
  readonly hardness: number;
  readonly isErasing: boolean;
}

type Canvas = OffscreenCanvas;

interface Tile {
  readonly x: number;
  readonly y: number;
  canvas: Canvas;
}

/** A mask that can be painted on. */
export interface TiledMask {
  /** One stroke from here; `end` gives what undo needs, if anything was touched. */
  begin(): void;
  paint(from: { x: number; y: number }, to: { x: number; y: number }, brush: Brush): void;
  end(): Stroke | undefined;
  /** Replaces all of it with the alpha of a picture. */
  load(picture: ImageBitmap): Stroke;
  draw(context: OffscreenCanvasRenderingContext2D, view: ViewTransform): void;
  /** 8-bit grey as PNG: white where the product is. */
  toPng(): Promise<Blob>;
}

export function createTiledMask(width: number, height: number): TiledMask {
  const columns = Math.ceil(width / TILE);
  const tiles: Tile[] = Array.from({ length: columns * Math.ceil(height / TILE) }, (_, index) => ({ x: (index % columns) * TILE, y: Math.floor(index / columns) * TILE, canvas: new OffscreenCanvas(TILE, TILE) }));
  let touched = new Map<Tile, Canvas>();

  const touch = (tile: Tile): void => {
    if (touched.has(tile)) return;
    touched.set(tile, tile.canvas);
    tile.canvas = copyOf(tile.canvas);
  };
  const end = (): Stroke | undefined => {
    if (touched.size === 0) return undefined;
    const changes = [...touched].map(([tile, before]) => ({ tile, before, after: tile.canvas }));
    touched = new Map();
    return { cost: changes.length, undo: () => changes.forEach(({ tile, before }) => (tile.canvas = before)), redo: () => changes.forEach(({ tile, after }) => (tile.canvas = after)) };
  };

  return {
    begin: () => void (touched = new Map()),
    paint(from, to, brush) {
      const stamp = stampOf(brush);
      const distance = Math.hypot(to.x - from.x, to.y - from.y);
      const steps = Math.max(1, Math.ceil(distance / Math.max(0.5, brush.radius * 0.2)));
      for (let step = 1; step <= steps; step++) {
        const x = from.x + ((to.x - from.x) * step) / steps;
        const y = from.y + ((to.y - from.y) * step) / steps;
        for (const tile of tiles) {
          if (x + brush.radius < tile.x || x - brush.radius > tile.x + TILE || y + brush.radius < tile.y || y - brush.radius > tile.y + TILE) continue;
          touch(tile);
          const context = contextOf(tile.canvas);
          context.globalCompositeOperation = brush.isErasing ? 'destination-out' : 'source-over';
          context.drawImage(stamp, x - brush.radius - tile.x, y - brush.radius - tile.y, brush.radius * 2, brush.radius * 2);
        }
      }
    },
    end,
    load(picture) {
      touched = new Map();
      for (const tile of tiles) {
        touch(tile);
        const context = contextOf(tile.canvas);
        context.globalCompositeOperation = 'copy';
        context.drawImage(picture, -tile.x, -tile.y, width, height);
        context.globalCompositeOperation = 'source-in';
        context.fillStyle = '#fff';
        context.fillRect(0, 0, TILE, TILE);
      }
      return end() ?? { cost: 0, undo() {}, redo() {} };
    },
    draw(context, { scale, x, y }) {
      for (const tile of tiles) {
        // Whole pixels on both sides: neighbours meet without a seam.
        const left = Math.round(x + tile.x * scale);
        const top = Math.round(y + tile.y * scale);
        const right = Math.round(x + (tile.x + TILE) * scale);
        const bottom = Math.round(y + (tile.y + TILE) * scale);
        if (right < 0 || bottom < 0 || left > context.canvas.width || top > context.canvas.height) continue;
        context.drawImage(tile.canvas, left, top, right - left, bottom - top);
      }
    },
    async toPng() {
      const whole = new OffscreenCanvas(width, height);
      const context = contextOf(whole);
      context.fillStyle = '#000';
      context.fillRect(0, 0, width, height);
      for (const tile of tiles) context.drawImage(tile.canvas, tile.x, tile.y);
      return await whole.convertToBlob({ type: 'image/png' });
    },
  };
}

function contextOf(canvas: Canvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to paint on.');
  return context;
}

function copyOf(canvas: Canvas): Canvas {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  contextOf(copy).drawImage(canvas, 0, 0);
  return copy;
}

let lastStamp: { readonly key: string; readonly canvas: Canvas } | undefined;

/** The brush's print at a fixed size; a soft one is weak, so that strokes build up. */
function stampOf({ hardness }: Brush): Canvas {
  const key = hardness.toFixed(2);
  if (lastStamp?.key === key) return lastStamp.canvas;
  const size = 256;
  const canvas = new OffscreenCanvas(size, size);
  const context = contextOf(canvas);
  const gradient = context.createRadialGradient(size / 2, size / 2, (size / 2) * Math.min(0.98, hardness), size / 2, size / 2, size / 2);
  gradient.addColorStop(0, '#fff');
  gradient.addColorStop(0.5, `rgb(255 255 255 / ${0.35 + 0.15 * hardness})`);
  gradient.addColorStop(1, 'rgb(255 255 255 / 0)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, size, size);
  lastStamp = { key, canvas };
  return canvas;
}
