/** Lays one layer over the band that is being composed: normal, multiply or screen, at some opacity. */
import type { Layer } from '#core/composition/layer.ts';
import { targetPixels, type Band, type BandArea, type BandPixels } from './band.ts';
import type { KernelModule, Kernels } from './kernel-module.ts';
import type { LayerPixels } from './layer-pixels.ts';
import type { Ink } from './source-picture.ts';

export interface PreparedLayer {
  readonly pixels: LayerPixels;
  readonly blend: Layer['blend'];
  /** 15-bit, 1..32767. */
  readonly opacity: number;
}

interface Job {
  readonly kernels: Kernels;
  readonly band: Band;
  readonly to: BandPixels;
  readonly from: BandPixels;
  readonly layer: PreparedLayer;
  readonly count: number;
  readonly rows: number;
  readonly chromaCount: number;
  readonly chromaRows: number;
}

/** `area` must span the layer's own columns and lie in the band whose strips begin at canvas row `bandTop`. */
export function composeLayer({ kernels }: KernelModule, band: Band, layer: PreparedLayer, area: BandArea, bandTop: number): void {
  const isGrey = layer.blend !== 'normal' && layer.pixels.isNeutral;
  const ink = layer.blend === 'normal' ? layer.pixels.ink : undefined;
  const from = layer.pixels.fetch(area, band, ink ? 'alpha' : isGrey ? 'luma' : 'all');
  const [count, rows] = [area.right - area.left, area.bottom - area.top];
  const to = shiftRows(targetPixels(band, area), area.top - bandTop);
  const job: Job = { kernels, band, to, from, layer, count, rows, chromaCount: count / 2, chromaRows: rows / 2 };
  if (ink) drawInk(job, ink);
  else if (layer.blend === 'normal') drawOver(job);
  else if (isGrey) drawGrey(job);
  else drawTinted(job);
}

function shiftRows(pixels: BandPixels, rows: number): BandPixels {
  const [luma, chroma] = [rows * pixels.lumaStride, (rows / 2) * pixels.chromaStride];
  return { ...pixels, y: pixels.y + luma, u: pixels.u + chroma, v: pixels.v + chroma };
}

function drawOver({ kernels, to, from, layer, count, rows, chromaCount, chromaRows }: Job): void {
  kernels.overBand(to.y, to.lumaStride, from.y, from.lumaStride, from.alpha, from.lumaStride, layer.opacity, count, rows);
  kernels.overBand(to.u, to.chromaStride, from.u, from.chromaStride, from.chromaAlpha, from.chromaStride, layer.opacity, chromaCount, chromaRows);
  kernels.overBand(to.v, to.chromaStride, from.v, from.chromaStride, from.chromaAlpha, from.chromaStride, layer.opacity, chromaCount, chromaRows);
}

/** Shadows, tints and plain lettering: only their alpha has been sampled. */
function drawInk({ kernels, to, from, layer, count, rows, chromaCount, chromaRows }: Job, ink: Ink): void {
  kernels.inkBand(to.y, to.lumaStride, ink.y, from.alpha, from.lumaStride, layer.opacity, count, rows);
  kernels.inkBand(to.u, to.chromaStride, ink.u, from.chromaAlpha, from.chromaStride, layer.opacity, chromaCount, chromaRows);
  kernels.inkBand(to.v, to.chromaStride, ink.v, from.chromaAlpha, from.chromaStride, layer.opacity, chromaCount, chromaRows);
}

/** Grey light and shadow scale luma and chroma alike, so hue and saturation stay. */
function drawGrey(job: Job): void {
  const { kernels, band, to, from, layer, count, rows, chromaCount, chromaRows } = job;
  makeFactors(job);
  kernels.scaleBand(to.y, to.lumaStride, band.factor, band.lumaStride, count, rows);
  kernels.scaleBand(to.u, to.chromaStride, band.chromaFactor, band.chromaStride, chromaCount, chromaRows);
  kernels.scaleBand(to.v, to.chromaStride, band.chromaFactor, band.chromaStride, chromaCount, chromaRows);
  if (layer.blend === 'screen') kernels.addBand(to.y, to.lumaStride, from.y, from.lumaStride, layer.opacity, count, rows);
}

/** Coloured light and shadow: the product of two colours per 2x2 block, luma per pixel. */
function drawTinted(job: Job): void {
  const { kernels, band, to, from, layer, count, rows, chromaCount, chromaRows } = job;
  const isScreen = layer.blend === 'screen';
  makeFactors(job);
  kernels.halveBand(to.y, to.lumaStride, band.chromaLuma, band.chromaStride, chromaCount, chromaRows);
  const tint = { u: from.u, v: from.v };
  const tintScale = (isScreen ? -1 : 1) * layer.opacity;
  for (let row = 0; row < chromaRows; row++) {
    const at = row * band.chromaStride;
    kernels.tintRow(
      to.u + row * to.chromaStride, to.v + row * to.chromaStride, band.chromaLuma + at, band.chromaFactor + at,
      tint.u + row * from.chromaStride, tint.v + row * from.chromaStride, band.gain + at, tintScale, chromaCount,
    );
  }
  kernels.scaleBand(to.y, to.lumaStride, band.factor, band.lumaStride, count, rows);
  kernels.addDoubledBand(to.y, to.lumaStride, band.gain, band.chromaStride, chromaCount, chromaRows);
  kernels.floorBand(to.y, to.lumaStride, count, rows);
  if (!isScreen) return;
  kernels.addBand(to.y, to.lumaStride, from.y, from.lumaStride, layer.opacity, count, rows);
  kernels.addBand(to.u, to.chromaStride, from.u, from.chromaStride, layer.opacity, chromaCount, chromaRows);
  kernels.addBand(to.v, to.chromaStride, from.v, from.chromaStride, layer.opacity, chromaCount, chromaRows);
}

function makeFactors({ kernels, band, from, layer, count, rows, chromaCount, chromaRows }: Job): void {
  const isScreen = layer.blend === 'screen' ? 1 : 0;
  kernels.factorBand(band.factor, band.lumaStride, from.y, from.lumaStride, from.alpha, from.lumaStride, isScreen, layer.opacity, count, rows);
  kernels.halveBand(band.factor, band.lumaStride, band.chromaFactor, band.chromaStride, chromaCount, chromaRows);
}
