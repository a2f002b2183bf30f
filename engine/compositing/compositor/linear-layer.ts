/**
 * A layer sampled bilinearly on the fly, band by band: the way of everything smooth (backdrops, light, shadows, moving
 * captions). Column and row tables are made once per frame; the kernel keeps the last two source rows it has stretched.
 */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import { chooseLevel, mapAxis, packWeights, type AxisMapping, type AxisSample } from './axis-table.ts';
import type { Band, BandArea, BandPixels } from './band.ts';
import type { KernelModule } from './kernel-module.ts';
import { opaqueCanvasRows, visibleArea } from './layer-area.ts';
import type { LayerPixels } from './layer-pixels.ts';
import type { Ink, PlaneName, SourcePicture } from './source-picture.ts';
import type { WorkPlane } from './work-plane.ts';

export function createLinearLayer(module: KernelModule, picture: SourcePicture, rect: Rect, canvas: Size): LayerPixels {
  return new LinearLayer(module, picture, rect, canvas);
}

class LinearLayer implements LayerPixels {
  readonly area: BandArea;
  readonly isNeutral: boolean;
  readonly ink: Ink | undefined;
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  private readonly hasAlpha: boolean;
  private readonly samplers = new Map<PlaneName, PlaneSampler>();
  private readonly module: KernelModule;
  private readonly picture: SourcePicture;
  private readonly rect: Rect;
  private coverPlane: WorkPlane | undefined;

  constructor(module: KernelModule, picture: SourcePicture, rect: Rect, canvas: Size) {
    this.module = module;
    this.picture = picture;
    this.rect = rect;
    this.area = visibleArea(picture, rect, canvas);
    this.isNeutral = picture.traits.isNeutral;
    this.opaqueRows = opaqueCanvasRows(picture, rect, canvas);
    const coversCanvas = rect.x <= 0 && rect.y <= 0 && rect.x + rect.width >= canvas.width && rect.y + rect.height >= canvas.height;
    this.hasAlpha = !picture.traits.isOpaque || !coversCanvas;
    this.ink = this.hasAlpha ? picture.traits.ink : undefined;
  }

  fetch(area: BandArea, band: Band, needs: 'alpha' | 'luma' | 'all'): BandPixels {
    const lumaStride = band.lumaStride;
    const chromaStride = band.chromaStride;
    const { layer } = band;
    const pixels = {
      y: layer.y + area.left * 2, u: layer.u + area.left, v: layer.v + area.left,
      alpha: this.hasAlpha ? layer.alpha + area.left * 2 : 0,
      chromaAlpha: this.hasAlpha ? layer.chromaAlpha + area.left : 0,
      lumaStride, chromaStride,
    };
    if (needs !== 'alpha') this.sampler('y', 1).draw(area, pixels.y, lumaStride);
    if (this.hasAlpha) {
      this.sampler('alpha', 1).draw(area, pixels.alpha, lumaStride);
      const [count, rows] = [(area.right - area.left) / 2, (area.bottom - area.top) / 2];
      if (needs !== 'luma') this.module.kernels.halveBand(pixels.alpha, lumaStride, pixels.chromaAlpha, chromaStride, count, rows);
    }
    if (needs === 'all') {
      this.sampler('u', 2).draw(area, pixels.u, chromaStride);
      this.sampler('v', 2).draw(area, pixels.v, chromaStride);
    }
    return pixels;
  }

  release(): void {
    for (const sampler of this.samplers.values()) sampler.release();
    this.samplers.clear();
    if (this.coverPlane) this.module.memory.free(this.coverPlane.address);
    this.coverPlane = undefined;
  }

  private sampler(name: PlaneName, step: 1 | 2): PlaneSampler {
    const made = this.samplers.get(name);
    if (made) return made;
    const { width, height } = this.picture.traits;
    const density = Math.max(width / this.rect.width, height / this.rect.height);
    const wanted = chooseLevel(density * step);
    const isCover = name === 'alpha' && this.picture.traits.isOpaque;
    const { plane, level } = isCover ? { plane: this.coverRow(), level: 0 } : this.picture.plane(name, wanted);
    const columns = { start: this.rect.x, length: this.rect.width, sourceLength: width, level, levelLength: plane.width, step };
    const rows = { start: this.rect.y, length: this.rect.height, sourceLength: height, level, levelLength: plane.height, step };
    const sampler = new PlaneSampler(this.module, plane, columns, rows, this.area);
    this.samplers.set(name, sampler);
    return sampler;
  }

  /** Alpha of an opaque picture whose edge can be seen: one opaque row, read again for every row. */
  private coverRow(): WorkPlane {
    const { width, height } = this.picture.traits;
    const address = this.module.memory.allocate((width + 8) * 2);
    this.module.memory.shorts.fill(16384, address >> 1, (address >> 1) + width + 8);
    this.coverPlane = { address, strideBytes: 0, width, height };
    return this.coverPlane;
  }
}

/** Tables and ring of one plane of one layer. */
class PlaneSampler {
  private readonly module: KernelModule;
  private readonly plane: WorkPlane;
  private readonly step: 1 | 2;
  private readonly area: BandArea;
  private readonly offsetsAt: number;
  private readonly picksAt: number;
  private readonly weightsAt: number;
  private readonly rowsAt: number;
  private readonly ringAt: number;
  private readonly count: number;

  constructor(module: KernelModule, plane: WorkPlane, columns: AxisMapping, rows: AxisMapping, area: BandArea) {
    const { memory } = module;
    this.module = module;
    this.plane = plane;
    this.step = columns.step;
    this.area = area;
    this.count = (area.right - area.left) / this.step;
    const rowCount = (area.bottom - area.top) / this.step;
    this.offsetsAt = memory.allocate(this.count);
    this.picksAt = memory.allocate(this.count * 4);
    this.weightsAt = memory.allocate(this.count * 4);
    this.rowsAt = memory.allocate(rowCount * 16);
    this.ringAt = memory.allocate(16 + this.count * 4);
    this.fillColumns(columns);
    this.fillRows(rows, rowCount);
    memory.words.fill(-1, this.ringAt >> 2, (this.ringAt >> 2) + 2);
  }

  draw(area: BandArea, target: number, strideBytes: number): void {
    const skippedRows = (area.top - this.area.top) / this.step;
    const skipped = (area.left - this.area.left) / this.step;
    if (skipped !== 0) throw new Error('PlaneSampler: a band must span the whole layer');
    this.module.kernels.linearBand(
      this.plane.address, this.plane.strideBytes, this.offsetsAt, this.picksAt, this.weightsAt, this.rowsAt + skippedRows * 16,
      this.ringAt, target, strideBytes, this.count, (area.bottom - area.top) / this.step,
    );
  }

  release(): void {
    for (const address of [this.offsetsAt, this.picksAt, this.weightsAt, this.rowsAt, this.ringAt]) this.module.memory.free(address);
  }

  private fillColumns(axis: AxisMapping): void {
    const { words } = this.module.memory;
    const sample: AxisSample = { index: 0, mix: 0, coverage: 0 };
    const first = this.area.left / this.step;
    let leftmost = 0;
    for (let i = 0; i < this.count; i++) {
      mapAxis(axis, first + i, sample);
      if (i % 4 === 0) {
        leftmost = sample.index;
        words[(this.offsetsAt + i) >> 2] = leftmost * 2;
      }
      words[(this.picksAt >> 2) + i] = this.pickBytes(sample.index - leftmost);
      words[(this.weightsAt >> 2) + i] = packWeights(sample);
    }
  }

  /** Which four bytes of a vector hold sample `index` of it and the next. Levels are at most 1.42 times as dense as the output. */
  private pickBytes(index: number): number {
    const isConstant = this.plane.strideBytes === 0; // a cover row, equal everywhere and of any density
    if (index > 6 && !isConstant) throw new RangeError('PlaneSampler: the level is too dense for its output');
    return Math.min(index, 6) * 0x02020202 + 0x03020100;
  }

  private fillRows(axis: AxisMapping, count: number): void {
    const { words } = this.module.memory;
    const sample: AxisSample = { index: 0, mix: 0, coverage: 0 };
    const first = this.area.top / this.step;
    for (let i = 0; i < count; i++) {
      mapAxis(axis, first + i, sample);
      const at = (this.rowsAt >> 2) + i * 4;
      const upper = sample.mix >= 1 ? sample.index + 1 : sample.index;
      words[at] = upper;
      words[at + 1] = sample.mix > 0 && sample.mix < 1 ? upper + 1 : upper;
      words[at + 2] = sample.mix < 1 ? Math.min(32767, Math.round(sample.mix * 32768)) : 0;
      words[at + 3] = Math.min(32767, Math.round(sample.coverage * 32768));
    }
  }
}
