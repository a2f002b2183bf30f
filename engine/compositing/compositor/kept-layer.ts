/**
 * A resampled layer that stays where it is from frame to frame: its samples are made once, for its whole area, and handed out
 * band by band like a sprite's. What layers they are of does not matter here.
 */
import type { Band, BandArea, BandPixels } from './band.ts';
import type { KernelModule } from './kernel-module.ts';
import type { LayerPixels } from './layer-pixels.ts';
import type { Ink } from './source-picture.ts';

type Needs = 'alpha' | 'luma' | 'all';

const PLANES: Readonly<Record<Needs, readonly (keyof Band['layer'])[]>> = { alpha: ['alpha', 'chromaAlpha'], luma: ['y', 'alpha'], all: ['y', 'u', 'v', 'alpha', 'chromaAlpha'] };
const CHROMA: readonly (keyof Band['layer'])[] = ['u', 'v', 'chromaAlpha'];

export class KeptLayer implements LayerPixels {
  readonly area: BandArea;
  readonly isNeutral: boolean;
  readonly ink: Ink | undefined;
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  private readonly module: KernelModule;
  private readonly make: () => LayerPixels;
  private readonly blocks: number[] = [];
  private kept: { readonly needs: Needs; readonly pixels: BandPixels } | undefined;

  /** `make` gives the layer whose samples are kept; it is released as soon as they are. */
  constructor(module: KernelModule, make: () => LayerPixels) {
    const { area, isNeutral, ink, opaqueRows } = make();
    this.area = area;
    this.isNeutral = isNeutral;
    this.ink = ink;
    this.opaqueRows = opaqueRows;
    this.module = module;
    this.make = make;
  }

  fetch(area: BandArea, band: Band, needs: Needs): BandPixels {
    if (this.kept?.needs !== needs) this.kept = { needs, pixels: this.fill(band, needs) };
    const { pixels } = this.kept;
    const rows = area.top - this.area.top;
    const lumaAt = rows * pixels.lumaStride + (area.left - this.area.left) * 2;
    const chromaAt = (rows / 2) * pixels.chromaStride + (area.left - this.area.left);
    const moved = (address: number, by: number): number => (address === 0 ? 0 : address + by);
    return {
      ...pixels,
      y: moved(pixels.y, lumaAt), alpha: moved(pixels.alpha, lumaAt),
      u: moved(pixels.u, chromaAt), v: moved(pixels.v, chromaAt), chromaAlpha: moved(pixels.chromaAlpha, chromaAt),
    };
  }

  /** Kept layers outlive the frame; their cache disposes of them. */
  release(): void {}

  dispose(): void {
    for (const address of this.blocks.splice(0)) this.module.memory.free(address);
    this.kept = undefined;
  }

  /** Has the layer draw itself into strips that are as high as it is. */
  private fill(band: Band, needs: Needs): BandPixels {
    this.dispose();
    const [width, height] = [this.area.right - this.area.left, this.area.bottom - this.area.top];
    const strips: Record<keyof Band['layer'], number> = { y: 0, u: 0, v: 0, alpha: 0, chromaAlpha: 0 };
    for (const name of PLANES[needs]) {
      const isChroma = CHROMA.includes(name);
      const block = this.module.memory.allocate((width * height * 2) / (isChroma ? 4 : 1));
      this.blocks.push(block);
      strips[name] = block - this.area.left * (isChroma ? 1 : 2); // a layer finds its first column itself
    }
    const layer = this.make();
    const pixels = layer.fetch(this.area, { ...band, layer: strips, lumaStride: width * 2, chromaStride: width }, needs);
    layer.release();
    return pixels;
  }
}
