/**
 * The compositor: keeps registered sources as work planes, paints the one or two scenes of a frame plan and mixes them.
 * All pixels live in one WebAssembly memory; nothing here knows projects, files or ffmpeg. Called by the frame renderer.
 */
import type { FramePlan } from '#core/composition/layer.ts';
import { leavingScene } from '#core/composition/transition.ts';
import type { Size } from '#core/project/ratio.ts';
import type { Compositor } from './compositor.ts';
import type { DeepRaster, Raster } from './raster.ts';
import { convertRaster, convertYuv } from './compositor/convert-raster.ts';
import { allocateFrame, type FrameStore } from './compositor/frame-store.ts';
import { createKernelModule, type KernelModule } from './compositor/kernel-module.ts';
import { ScenePainter, type PaintOptions } from './compositor/scene-painter.ts';
import type { SourcePicture } from './compositor/source-picture.ts';
import { mixFrames } from './compositor/transition.ts';

/**
 * A compositor for frames of `size` (both sides even).
 * @throws RangeError when the size is odd or not positive.
 */
export function createCompositor(size: Size): Compositor & { /** Bytes that live blocks take in WebAssembly memory. */ readonly usedBytes: number } {
  if (!(size.width > 0 && size.height > 0) || size.width % 2 !== 0 || size.height % 2 !== 0) {
    throw new RangeError(`createCompositor: width and height must be even and positive, got ${size.width}x${size.height}`);
  }
  return new WasmCompositor(size);
}

class WasmCompositor implements Compositor {
  readonly size: Size;
  readonly frameBytes: number;
  private module: KernelModule | undefined = createKernelModule();
  private readonly pictures = new Map<string, SourcePicture>();
  private readonly painter: ScenePainter;
  private readonly output: FrameStore;
  /** Only transitions need a second and third frame. */
  private spare: readonly [FrameStore, FrameStore] | undefined;
  private lastKey = '';
  private versions = 0;

  constructor(size: Size) {
    this.size = size;
    this.output = allocateFrame(this.live, size);
    this.frameBytes = this.output.byteLength;
    this.painter = new ScenePainter(this.live, size);
  }

  get usedBytes(): number {
    return this.module?.memory.usedBytes ?? 0;
  }

  setSource(key: string, raster: Raster | DeepRaster): void {
    this.replace(key, convertRaster(this.live, ++this.versions, raster));
  }

  setYuvSource(key: string, size: Size, planes: Uint8Array): void {
    this.replace(key, convertYuv(this.live, ++this.versions, size, planes));
  }

  hasSource(key: string): boolean {
    return this.pictures.has(key);
  }

  dropSource(key: string): void {
    const picture = this.pictures.get(key);
    if (!picture) return;
    this.painter.dropPicture(picture.version);
    picture.dispose();
    this.pictures.delete(key);
    this.lastKey = '';
  }

  draw(plan: FramePlan, options: { readonly grain?: number; readonly isFlat?: boolean } = {}): Uint8Array {
    const paint: PaintOptions = { grain: Math.min(1, Math.max(0, options.grain ?? 0)), isFlat: options.isFlat ?? false };
    const key = JSON.stringify([plan.from.layers, plan.to?.layers, plan.transition, paint]);
    if (key !== this.lastKey) {
      this.compose(plan, paint);
      this.painter.endFrame();
      this.lastKey = key;
    }
    return this.live.memory.bytes.subarray(this.output.y, this.output.y + this.frameBytes);
  }

  dispose(): void {
    for (const picture of this.pictures.values()) picture.dispose();
    this.pictures.clear();
    this.module = undefined;
  }

  private compose(plan: FramePlan, paint: PaintOptions): void {
    const find = (key: string): SourcePicture => this.picture(key);
    if (!plan.to || !plan.transition) {
      this.painter.paint(plan.from, paint, this.output, find);
      return;
    }
    const { kind, progress } = plan.transition;
    const [first, second] = this.spareFrames();
    this.painter.paint(leavingScene(plan.from, kind, progress, this.size), paint, first, find);
    this.painter.paint(plan.to, paint, second, find);
    mixFrames(this.live, kind, progress, first, second, this.output);
  }

  private spareFrames(): readonly [FrameStore, FrameStore] {
    this.spare ??= [allocateFrame(this.live, this.size), allocateFrame(this.live, this.size)];
    return this.spare;
  }

  private picture(key: string): SourcePicture {
    const picture = this.pictures.get(key);
    if (!picture) throw new Error(`Compositor: no source "${key}"; call setSource before drawing a plan that names it`);
    return picture;
  }

  private replace(key: string, picture: SourcePicture): void {
    this.dropSource(key);
    this.pictures.set(key, picture);
    this.lastKey = '';
  }

  private get live(): KernelModule {
    if (!this.module) throw new Error('Compositor: used after dispose');
    return this.module;
  }
}
