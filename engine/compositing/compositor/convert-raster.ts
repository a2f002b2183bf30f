/** Turns rasters and decoded 4:2:0 frames into `SourcePicture`s; a picture of one single colour becomes its nearest YUV triple. */
import type { Size } from '#core/project/ratio.ts';
import type { DeepRaster, Raster } from '../raster.ts';
import type { Rgb } from './nearest-yuv.ts';
import { nearestYuv } from './nearest-yuv.ts';
import type { KernelModule } from './kernel-module.ts';
import { SourcePicture, type Ink, type PictureTraits } from './source-picture.ts';
import { surveyAlpha } from './survey-alpha.ts';
import { allocatePlane, freePlane, type WorkPlane } from './work-plane.ts';

const CHUNK_ROWS = 32;
/** Chroma below half a code value counts as grey. */
const NEUTRAL_LIMIT = 32;

interface Planes {
  readonly y: WorkPlane;
  readonly u: WorkPlane;
  readonly v: WorkPlane;
  readonly alpha: WorkPlane;
}

/** @throws RangeError when the data does not fit the stated size. */
export function convertRaster(module: KernelModule, version: number, raster: Raster | DeepRaster): SourcePicture {
  assertFits(raster);
  const { width, height } = raster;
  const planes: Planes = {
    y: allocatePlane(module, width, height),
    u: allocatePlane(module, width, height),
    v: allocatePlane(module, width, height),
    alpha: allocatePlane(module, width, height),
  };
  const colour = onlyColour(raster);
  const ink = colour && inkOf(colour);
  const isFlat = ink !== undefined && isOpaque(raster);
  if (isFlat) fillFlat(module, planes, ink);
  else convertRows(module, planes, raster);
  const survey = surveyAlpha(module, planes.alpha);
  if (survey.isOpaque) freePlane(module, planes.alpha);
  const traits: PictureTraits = {
    width, height, ...survey,
    isNeutral: isNeutral(module, planes.u) && isNeutral(module, planes.v),
    ink,
    kind: 'channels' in raster && !isFlat ? 'deep' : 'raster',
  };
  return new SourcePicture(module, version, traits, {
    y: [planes.y], u: [planes.u], v: [planes.v], alpha: survey.isOpaque ? [] : [planes.alpha],
  });
}

/** Planar 4:2:0, BT.709 limited range; odd sizes have their chroma rounded up. */
export function convertYuv(module: KernelModule, version: number, size: Size, bytes: Uint8Array): SourcePicture {
  const { width, height } = size;
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const lumaBytes = width * height;
  const chromaBytes = half.width * half.height;
  if (bytes.length < lumaBytes + 2 * chromaBytes) {
    throw new RangeError(`setYuvSource: ${width}x${height} needs ${lumaBytes + 2 * chromaBytes} bytes, got ${bytes.length}`);
  }
  const traits: PictureTraits = {
    width, height, isOpaque: true, isNeutral: false, kind: 'yuv',
    bounds: { left: 0, top: 0, right: width, bottom: height },
    opaqueRows: { top: 0, bottom: height },
  };
  const input = module.memory.allocate(lumaBytes + 2 * chromaBytes);
  module.memory.bytes.set(bytes.subarray(0, lumaBytes + 2 * chromaBytes), input);
  const expand = (at: number, plane: WorkPlane, offset: number): WorkPlane => {
    module.kernels.expandBand(at, plane.width, plane.address, plane.strideBytes, offset, plane.width, plane.height);
    return plane;
  };
  const y = expand(input, allocatePlane(module, width, height), 16);
  const u = expand(input + lumaBytes, allocatePlane(module, half.width, half.height), 128);
  const v = expand(input + lumaBytes + chromaBytes, allocatePlane(module, half.width, half.height), 128);
  module.memory.free(input);
  return new SourcePicture(module, version, traits, { y: [y], u: [undefined, u], v: [undefined, v], alpha: [] });
}

function assertFits(raster: Raster | DeepRaster): void {
  const { width, height } = raster;
  const channels = 'channels' in raster ? raster.channels : 4;
  const isWhole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!isWhole || raster.data.length < width * height * channels) {
    throw new RangeError(`setSource: ${width}x${height}x${channels} does not fit ${raster.data.length} samples`);
  }
}

function convertRows(module: KernelModule, planes: Planes, raster: Raster | DeepRaster): void {
  const { memory, kernels } = module;
  const channels = 'channels' in raster ? raster.channels : 4;
  const sampleBytes = 'channels' in raster ? 2 : 1;
  const rowSamples = raster.width * channels;
  const input = memory.allocate(CHUNK_ROWS * rowSamples * sampleBytes);
  for (let top = 0; top < raster.height; top += CHUNK_ROWS) {
    const rows = Math.min(CHUNK_ROWS, raster.height - top);
    const part = raster.data.subarray(top * rowSamples, (top + rows) * rowSamples);
    if (sampleBytes === 1) memory.bytes.set(part, input);
    else memory.shorts.set(part, input >> 1);
    for (let row = 0; row < rows; row++) {
      const at = (top + row) * planes.y.strideBytes;
      const source = input + row * rowSamples * sampleBytes;
      const targets = [planes.y.address + at, planes.u.address + at, planes.v.address + at, planes.alpha.address + at] as const;
      if (sampleBytes === 1) kernels.rgba8ToPlanes(source, ...targets, raster.width);
      else kernels.rgb16ToPlanes(source, channels, ...targets, raster.width);
    }
  }
  memory.free(input);
}

/** The colour (0..1) of a raster whose pixels differ in alpha only; clear pixels may have any colour. */
function onlyColour(raster: Raster | DeepRaster): Rgb | undefined {
  const { data } = raster;
  const channels = 'channels' in raster ? raster.channels : 4;
  const full = 'channels' in raster ? 65535 : 255;
  const count = raster.width * raster.height * channels;
  let first = 0;
  while (channels === 4 && first < count && data[first + 3] === 0) first += channels;
  if (first >= count) return undefined;
  const [red, green, blue] = [data[first], data[first + 1], data[first + 2]];
  for (let i = first + channels; i < count; i += channels) {
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) continue;
    if (channels === 3 || data[i + 3] !== 0) return undefined;
  }
  return [(red ?? 0) / full, (green ?? 0) / full, (blue ?? 0) / full];
}

function isOpaque(raster: Raster | DeepRaster): boolean {
  if ('channels' in raster && raster.channels === 3) return true;
  const full = 'channels' in raster ? 65535 : 255;
  for (let i = 3; i < raster.width * raster.height * 4; i += 4) if (raster.data[i] !== full) return false;
  return true;
}

function inkOf(colour: Rgb): Ink {
  const [y, u, v] = nearestYuv(colour);
  return { y: (y - 16) * 64, u: (u - 128) * 64, v: (v - 128) * 64 };
}

function fillFlat(module: KernelModule, planes: Planes, ink: Ink): void {
  const fill = (plane: WorkPlane, value: number): void => {
    const from = plane.address >> 1;
    module.memory.shorts.fill(value, from, from + (plane.strideBytes >> 1) * plane.height);
  };
  fill(planes.y, ink.y);
  fill(planes.u, ink.u);
  fill(planes.v, ink.v);
  fill(planes.alpha, 16384);
}

function isNeutral({ kernels }: KernelModule, plane: WorkPlane): boolean {
  return kernels.largestMagnitude(plane.address, plane.strideBytes, plane.width, plane.height) <= NEUTRAL_LIMIT;
}
