/**
 * A picture drawn once at its place on the canvas and kept: copied untouched when it lies on whole pixels at its own
 * size, else Lanczos, or Catmull-Rom when turned. Chroma is averaged from full-resolution colour on the canvas grid, so
 * odd positions are as exact as even ones. Frames that repeat the placement repeat the same bits.
 */
import type { Layer } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { Band, BandArea, BandPixels } from './band.ts';
import { copyIntoPlanes } from './copy-planes.ts';
import { allocateBlankPlanes, allocateFullPlanes, type FullPlanes } from './full-planes.ts';
import type { KernelModule } from './kernel-module.ts';
import { lanczosIntoPlanes } from './lanczos-planes.ts';
import { alignArea, opaqueCanvasRows, visibleArea } from './layer-area.ts';
import type { LayerPixels } from './layer-pixels.ts';
import type { SourcePicture } from './source-picture.ts';
import { turnIntoPlanes } from './turned-planes.ts';
import { freePlane, halvePlane, type WorkPlane } from './work-plane.ts';

/** Reach of the Lanczos filter in source samples, and a little. */
const SPREAD = 4;

export type Placing = Pick<Layer, 'rect' | 'rotationDeg'>;

/** Whether the source lies on the canvas pixel by pixel. */
export function isUntouched({ traits }: SourcePicture, { rect, rotationDeg }: Placing): boolean {
  return rotationDeg === 0 && traits.kind !== 'yuv' && rect.width === traits.width && rect.height === traits.height
    && Number.isInteger(rect.x) && Number.isInteger(rect.y);
}

export class Sprite implements LayerPixels {
  readonly area: BandArea;
  readonly isNeutral: boolean;
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  private readonly module: KernelModule;
  private readonly planes: { readonly y: WorkPlane; readonly u: WorkPlane; readonly v: WorkPlane; readonly alpha: WorkPlane; readonly chromaAlpha: WorkPlane } | undefined;

  constructor(module: KernelModule, picture: SourcePicture, placing: Placing, canvas: Size) {
    this.module = module;
    this.area = spriteArea(picture, placing, canvas);
    this.isNeutral = picture.traits.isNeutral;
    this.opaqueRows = placing.rotationDeg === 0 ? opaqueCanvasRows(picture, placing.rect, canvas) : { top: 0, bottom: 0 };
    if (this.area.right > this.area.left) this.planes = halveChroma(module, drawFull(module, picture, placing, this.area));
  }

  fetch(area: BandArea, _band: Band, _needs: 'alpha' | 'luma' | 'all'): BandPixels {
    if (!this.planes) throw new Error('Sprite: nothing to fetch');
    const { y, u, v, alpha, chromaAlpha } = this.planes;
    const lumaAt = (area.top - this.area.top) * y.strideBytes + (area.left - this.area.left) * 2;
    const chromaAt = ((area.top - this.area.top) / 2) * u.strideBytes + (area.left - this.area.left);
    return {
      y: y.address + lumaAt, alpha: alpha.address + lumaAt,
      u: u.address + chromaAt, v: v.address + chromaAt, chromaAlpha: chromaAlpha.address + chromaAt,
      lumaStride: y.strideBytes, chromaStride: u.strideBytes,
    };
  }

  /** Sprites outlive the frame; their cache disposes of them. */
  release(): void {}

  dispose(): void {
    if (this.planes) for (const plane of Object.values(this.planes)) freePlane(this.module, plane);
  }
}

function spriteArea(picture: SourcePicture, { rect, rotationDeg }: Placing, canvas: Size): BandArea {
  if (rotationDeg === 0) return visibleArea(picture, rect, canvas, SPREAD);
  if (!(rect.width > 0) || !(rect.height > 0) || picture.traits.bounds.right === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  const [cosine, sine] = [Math.abs(Math.cos((rotationDeg * Math.PI) / 180)), Math.abs(Math.sin((rotationDeg * Math.PI) / 180))];
  const halfWidth = (rect.width * cosine + rect.height * sine) / 2 + 2;
  const halfHeight = (rect.width * sine + rect.height * cosine) / 2 + 2;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  return alignArea({ left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight }, canvas);
}

function drawFull(module: KernelModule, picture: SourcePicture, placing: Placing, area: BandArea): FullPlanes {
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const rect = { ...placing.rect, x: placing.rect.x - area.left, y: placing.rect.y - area.top };
  const isCopy = isUntouched(picture, placing);
  if (placing.rotationDeg === 0 && !isCopy) {
    const planes = allocateBlankPlanes(module, width, height);
    lanczosIntoPlanes(module, picture, planes, rect);
    return planes;
  }
  const planes = allocateFullPlanes(module, width, height);
  if (isCopy) copyIntoPlanes(module, picture, planes, rect.x, rect.y);
  else turnIntoPlanes(module, picture, planes, rect, placing.rotationDeg);
  return planes;
}

function halveChroma(module: KernelModule, full: FullPlanes): { y: WorkPlane; u: WorkPlane; v: WorkPlane; alpha: WorkPlane; chromaAlpha: WorkPlane } {
  const halves = { u: halvePlane(module, full.u), v: halvePlane(module, full.v), chromaAlpha: halvePlane(module, full.alpha) };
  freePlane(module, full.u);
  freePlane(module, full.v);
  return { y: full.y, alpha: full.alpha, ...halves };
}
