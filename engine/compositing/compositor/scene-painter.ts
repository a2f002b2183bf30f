/**
 * Paints one scene's layers into a frame. Layers up to the product form the backdrop: composed at 14 bits, dithered once,
 * and kept once they have stayed the same for a frame. The product and what lies on it are drawn into the 8-bit frame with plain rounding, so no
 * noise touches product or text. Work goes in bands of rows; a layer that hides a band ends the search for what is behind.
 */
import type { Layer, SceneFrame } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import { BAND_ROWS, createBand, paddedWidth, type Band, type BandArea } from './band.ts';
import { readBand, writeBand } from './band-transfer.ts';
import { composeLayer, type PreparedLayer } from './compose-layer.ts';
import { allocateFrame, copyFrame, type FrameStore } from './frame-store.ts';
import type { KernelModule } from './kernel-module.ts';
import { NoiseTiles } from './noise-tiles.ts';
import type { SourcePicture } from './source-picture.ts';
import { isUntouched } from './sprite.ts';
import { SpriteCache } from './sprite-cache.ts';
import { countBackdropLayers } from './split-backdrop.ts';

export interface PaintOptions {
  /** 0..1, backdrop only. */
  readonly grain: number;
  /** No dither, no grain. */
  readonly isFlat: boolean;
}

interface Drawn {
  readonly layer: Layer;
  readonly picture: SourcePicture;
}

interface CachedBackdrop {
  readonly frame: FrameStore;
  key: string;
  lastUse: number;
}

/** Backdrops kept, and backdrops remembered as drawn before: the two scenes of a transition. */
const KEPT_BACKDROPS = 2;

export class ScenePainter {
  private readonly module: KernelModule;
  private readonly canvas: Size;
  private readonly band: Band;
  private readonly noise: NoiseTiles;
  private readonly sprites: SpriteCache;
  private readonly backdrops: CachedBackdrop[] = [];
  private lastKeys: readonly string[] = [];
  private uses = 0;

  constructor(module: KernelModule, canvas: Size) {
    this.module = module;
    this.canvas = canvas;
    this.band = createBand(module, canvas);
    this.noise = new NoiseTiles(module);
    this.sprites = new SpriteCache(module, canvas);
  }

  /** `findPicture` throws when a layer names a source that was never registered. */
  paint(scene: SceneFrame, options: PaintOptions, target: FrameStore, findPicture: (key: string) => SourcePicture): void {
    const drawn = scene.layers.filter((layer) => layer.opacity > 0).map((layer) => ({ layer, picture: findPicture(layer.source) }));
    const backdropCount = countBackdropLayers(drawn.map(({ layer, picture }) => ({ layer, traits: picture.traits })));
    this.drawBackdrop(drawn.slice(0, backdropCount), options, target);
    for (const item of drawn.slice(backdropCount)) this.drawOnTop(item, options, target);
  }

  endFrame(): void {
    this.sprites.endFrame();
  }

  dropPicture(version: number): void {
    this.sprites.dropPicture(version);
  }

  private drawBackdrop(items: readonly Drawn[], options: PaintOptions, target: FrameStore): void {
    const key = JSON.stringify([items.map(({ layer, picture }) => [picture.version, layer]), options]);
    const known = this.backdrops.find((candidate) => candidate.key === key);
    const isRepeated = this.lastKeys.includes(key);
    this.lastKeys = [key, ...this.lastKeys.filter((other) => other !== key)].slice(0, KEPT_BACKDROPS);
    if (!known && !isRepeated) return this.composeBackdrop(items, options, target);
    const cached = known ?? this.takeBackdrop();
    if (!known) this.composeBackdrop(items, options, cached.frame);
    cached.key = key;
    cached.lastUse = ++this.uses;
    copyFrame(this.module, cached.frame, target);
  }

  private composeBackdrop(items: readonly Drawn[], options: PaintOptions, target: FrameStore): void {
    const layers = items.map((item) => this.prepare(item));
    const isDeep = items.some(({ picture }) => picture.traits.kind === 'deep');
    const luma = options.isFlat ? this.noise.rounding : this.noise.backdropLuma(options.grain, isDeep);
    const chroma = options.isFlat ? this.noise.rounding : this.noise.dither;
    const right = paddedWidth(this.canvas.width);
    for (let top = 0; top < this.canvas.height; top += BAND_ROWS) {
      const area = { left: 0, right, top, bottom: Math.min(top + BAND_ROWS, this.canvas.height) };
      this.composeBand(layers, area);
      writeBand(this.module, target, this.band, area, luma, chroma);
    }
    for (const { pixels } of layers) pixels.release();
  }

  private composeBand(layers: readonly PreparedLayer[], area: BandArea): void {
    const first = Math.max(0, layers.findLastIndex((layer) => hides(layer, area)));
    if (!layers[first] || !hides(layers[first], area)) this.clearBand();
    for (const layer of layers.slice(first)) {
      const part = clipRows(layer.pixels.area, area);
      if (part) composeLayer(this.module, this.band, layer, part, area.top);
    }
  }

  /** Black, for canvases that no backdrop covers. */
  private clearBand(): void {
    const { bytes } = this.module.memory;
    const { target, lumaStride } = this.band;
    bytes.fill(0, target.y, target.y + lumaStride * BAND_ROWS);
    bytes.fill(0, target.u, target.u + (lumaStride * BAND_ROWS) / 4);
    bytes.fill(0, target.v, target.v + (lumaStride * BAND_ROWS) / 4);
  }

  private drawOnTop(item: Drawn, options: PaintOptions, target: FrameStore): void {
    const layer = this.prepare(item);
    const isSoft = !options.isFlat && (item.layer.blend !== 'normal' || item.picture.traits.kind === 'deep');
    const noise = isSoft ? this.noise.dither : this.noise.rounding;
    const lumaNoise = item.layer.sampling === 'exact' ? this.noise.productLuma : noise;
    const { area } = layer.pixels;
    for (let top = area.top; top < area.bottom; top += BAND_ROWS) {
      const part = { ...area, top, bottom: Math.min(top + BAND_ROWS, area.bottom) };
      readBand(this.module, target, this.band, part);
      composeLayer(this.module, this.band, layer, part, top);
      writeBand(this.module, target, this.band, part, lumaNoise, noise);
    }
    layer.pixels.release();
  }

  private prepare({ layer, picture }: Drawn): PreparedLayer {
    const isCard = picture.traits.kind === 'raster' && isUntouched(picture, layer);
    const isSprite = layer.sampling === 'exact' || layer.rotationDeg !== 0 || isCard;
    const pixels = isSprite ? this.sprites.exact(picture, layer) : this.sprites.smooth(picture, layer.rect);
    return { pixels, blend: layer.blend, opacity: Math.max(1, Math.min(32767, Math.round(layer.opacity * 32767))) };
  }

  private takeBackdrop(): CachedBackdrop {
    if (this.backdrops.length < KEPT_BACKDROPS) {
      const made = { frame: allocateFrame(this.module, this.canvas), key: '', lastUse: 0 };
      this.backdrops.push(made);
      return made;
    }
    return this.backdrops.reduce((oldest, candidate) => (candidate.lastUse < oldest.lastUse ? candidate : oldest));
  }
}

function hides({ pixels, blend, opacity }: PreparedLayer, area: BandArea): boolean {
  return blend === 'normal' && opacity === 32767 && pixels.opaqueRows.top <= area.top && pixels.opaqueRows.bottom >= area.bottom;
}

function clipRows(layer: BandArea, band: BandArea): BandArea | undefined {
  const top = Math.max(layer.top, band.top);
  const bottom = Math.min(layer.bottom, band.bottom);
  return bottom > top && layer.right > layer.left ? { left: layer.left, right: layer.right, top, bottom } : undefined;
}
