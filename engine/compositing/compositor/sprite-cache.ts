/** Keeps drawn layers as long as consecutive frames use them, so that hold frames cost nothing and moves do not pile up memory. */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { KernelModule } from './kernel-module.ts';
import { KeptLayer } from './kept-layer.ts';
import type { LayerPixels } from './layer-pixels.ts';
import { createLinearLayer } from './linear-layer.ts';
import type { SourcePicture } from './source-picture.ts';
import { Sprite, type Placing } from './sprite.ts';

/** Frames a layer survives without being drawn. */
const KEEP_FRAMES = 2;

interface Entry {
  readonly pixels: LayerPixels & { dispose(): void };
  readonly version: number;
  lastFrame: number;
}

export class SpriteCache {
  private readonly entries = new Map<string, Entry>();
  /** Smooth layers by the frame that last drew them. */
  private readonly seen = new Map<string, number>();
  private readonly module: KernelModule;
  private readonly canvas: Size;
  private frame = 0;

  constructor(module: KernelModule, canvas: Size) {
    this.module = module;
    this.canvas = canvas;
  }

  /** A layer that is drawn exactly: kept from its first frame on. */
  exact(picture: SourcePicture, placing: Placing): LayerPixels {
    return this.keep(`${keyOf(picture, placing.rect)}|${placing.rotationDeg}`, picture.version, () => {
      // Older ones of the picture go first: a moving product needs one at a time.
      this.drop((entry) => entry.version === picture.version && entry.lastFrame < this.frame - 1);
      return new Sprite(this.module, picture, placing, this.canvas);
    });
  }

  /** A layer that is sampled bilinearly: on the fly while it moves, kept once it has stood still for a frame. */
  smooth(picture: SourcePicture, rect: Rect): LayerPixels {
    const key = keyOf(picture, rect);
    const make = (): LayerPixels => createLinearLayer(this.module, picture, rect, this.canvas);
    const stands = this.seen.get(key) === this.frame - 1;
    this.seen.set(key, this.frame);
    return stands || this.entries.has(key) ? this.keep(key, picture.version, () => new KeptLayer(this.module, make)) : make();
  }

  /** Ends a frame: layers that were not drawn lately go. */
  endFrame(): void {
    this.drop((entry) => entry.lastFrame < this.frame - KEEP_FRAMES);
    for (const [key, frame] of this.seen) if (frame < this.frame) this.seen.delete(key);
    this.frame++;
  }

  dropPicture(version: number): void {
    this.drop((entry) => entry.version === version);
  }

  dispose(): void {
    this.drop(() => true);
  }

  private keep(key: string, version: number, make: () => Entry['pixels']): LayerPixels {
    const entry = this.entries.get(key) ?? { pixels: make(), version, lastFrame: 0 };
    entry.lastFrame = this.frame;
    this.entries.set(key, entry);
    return entry.pixels;
  }

  private drop(isDue: (entry: Entry) => boolean): void {
    for (const [key, entry] of this.entries) {
      if (!isDue(entry)) continue;
      entry.pixels.dispose();
      this.entries.delete(key);
    }
  }
}

function keyOf({ version }: SourcePicture, { x, y, width, height }: Rect): string {
  return `${version}|${x}|${y}|${width}|${height}`;
}
