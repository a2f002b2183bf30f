/**
 * One registered source as work planes: Y, U, V and alpha at its own resolution, plus half-size levels made when first
 * asked for. Level n covers 2^n source pixels per sample, box-averaged, so sample i of level n is centred on source
 * coordinate (i + 0.5) * 2^n. Alpha is absent when the source is opaque. Made by `convert-raster.ts`.
 */
import type { KernelModule } from './kernel-module.ts';
import { freePlane, halvePlane, type WorkPlane } from './work-plane.ts';

export type PlaneName = 'y' | 'u' | 'v' | 'alpha';

/** Half-open box in source pixels. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One colour in work samples, not premultiplied. */
export interface Ink {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

export interface PictureTraits {
  readonly width: number;
  readonly height: number;
  /** Where alpha is above 0. */
  readonly bounds: PixelBox;
  /** The longest run of rows that are opaque from end to end. */
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  readonly isOpaque: boolean;
  /** Grey all over, so multiply and screen need no colour arithmetic. */
  readonly isNeutral: boolean;
  /** The colour of a picture that has only one, whatever its alpha. */
  readonly ink?: Ink | undefined;
  /** What it was made of: decides which layers count as backdrop. One single colour is never deep. */
  readonly kind: 'deep' | 'raster' | 'yuv';
}

export class SourcePicture {
  readonly traits: PictureTraits;
  /** Distinguishes pictures that were registered under the same key one after the other. */
  readonly version: number;
  private readonly module: KernelModule;
  private readonly levels: Record<PlaneName, (WorkPlane | undefined)[]>;

  constructor(module: KernelModule, version: number, traits: PictureTraits, levels: Record<PlaneName, (WorkPlane | undefined)[]>) {
    this.module = module;
    this.version = version;
    this.traits = traits;
    this.levels = levels;
  }

  /** The plane at `level` or the nearest smaller size there is (4:2:0 sources have no full-size chroma). */
  plane(name: PlaneName, level: number): { readonly plane: WorkPlane; readonly level: number } {
    const levels = this.levels[name];
    const first = levels.findIndex((candidate) => candidate !== undefined);
    if (first < 0) throw new Error(`SourcePicture: no ${name} plane`);
    const wanted = Math.max(level, first);
    for (let next = first + 1; next <= wanted; next++) {
      const larger = levels[next - 1];
      if (levels[next] || !larger) continue;
      if (larger.width === 1 && larger.height === 1) return { plane: larger, level: next - 1 };
      levels[next] = halvePlane(this.module, larger);
    }
    return { plane: levels[wanted] as WorkPlane, level: wanted };
  }

  dispose(): void {
    for (const planes of Object.values(this.levels)) {
      for (const plane of planes) if (plane) freePlane(this.module, plane);
      planes.length = 0;
    }
  }
}
