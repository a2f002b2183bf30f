/** Keeps sprites as long as consecutive frames use them, so that hold frames cost nothing and moves do not pile up memory. */
import { Sprite, type Placing } from './sprite.ts';
import type { Size } from '#core/project/ratio.ts';
import type { KernelModule } from './kernel-module.ts';
import type { SourcePicture } from './source-picture.ts';

/** Frames a sprite survives without being drawn. */
const KEEP_FRAMES = 2;

interface Entry {
  readonly sprite: Sprite;
  readonly version: number;
  lastFrame: number;
}

export class SpriteCache {
  private readonly entries = new Map<string, Entry>();
  private readonly module: KernelModule;
  private readonly canvas: Size;
  private frame = 0;

  constructor(module: KernelModule, canvas: Size) {
    this.module = module;
    this.canvas = canvas;
  }

  get(picture: SourcePicture, placing: Placing): Sprite {
    const { x, y, width, height } = placing.rect;
    const key = `${picture.version}|${x}|${y}|${width}|${height}|${placing.rotationDeg}`;
    const entry = this.entries.get(key) ?? { sprite: this.make(picture, placing), version: picture.version, lastFrame: 0 };
    entry.lastFrame = this.frame;
    this.entries.set(key, entry);
    return entry.sprite;
  }

  /** Ends a frame: sprites that were not drawn lately go. */
  endFrame(): void {
    this.drop((entry) => entry.lastFrame < this.frame - KEEP_FRAMES);
    this.frame++;
  }

  dropPicture(version: number): void {
    this.drop((entry) => entry.version === version);
  }

  dispose(): void {
    this.drop(() => true);
  }

  /** Sprites of the picture from older frames go first: a moving product needs one at a time. */
  private make(picture: SourcePicture, placing: Placing): Sprite {
    this.drop((entry) => entry.version === picture.version && entry.lastFrame < this.frame - 1);
    return new Sprite(this.module, picture, placing, this.canvas);
  }

  private drop(isDue: (entry: Entry) => boolean): void {
    for (const [key, entry] of this.entries) {
      if (!isDue(entry)) continue;
      entry.sprite.dispose();
      this.entries.delete(key);
    }
  }
}
