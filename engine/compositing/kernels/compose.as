// Laying one band of premultiplied work samples over another. `opacity` and factors are 15-bit (32767 = 1).

const ALPHA_ONE: i16 = 16384;
const ONE: i16 = 32767;

// @ts-ignore: decorator
@inline
function doubled(value: v128): v128 {
  return i16x8.add_sat_s(value, value);
}

/** target = source + target * (1 - alpha). `alpha` 0 means an opaque source. */
export function overBand(
  target: usize, targetStride: usize, source: usize, sourceStride: usize, alpha: usize, alphaStride: usize,
  opacity: i32, count: i32, rows: i32,
): void {
  const scale = i16x8.splat(<i16>opacity);
  const one = i16x8.splat(ALPHA_ONE);
  const isFull = opacity == 32767;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      let colour = v128.load(source + at);
      let cover = alpha ? v128.load(alpha + at) : one;
      if (!isFull) {
        colour = i16x8.q15mulr_sat_s(colour, scale);
        cover = i16x8.q15mulr_sat_s(cover, scale);
      }
      const through = doubled(i16x8.sub(one, cover));
      v128.store(target + at, i16x8.add_sat_s(colour, i16x8.q15mulr_sat_s(v128.load(target + at), through)));
    }
    target += targetStride;
    source += sourceStride;
    if (alpha) alpha += alphaStride;
  }
}

// @ts-ignore: decorator
@inline
function lumaToUnit(luma: v128): v128 {
  return i16x8.add(luma, i16x8.q15mulr_sat_s(luma, i16x8.splat(5536)));
}

/**
 * The luma factor of a multiply layer, 1 - opacity * (alpha - luma), or of a screen layer, 1 - opacity * luma, as 15-bit
 * samples. `luma` is the layer's premultiplied luma; `alpha` 0 means opaque.
 */
export function factorBand(
  target: usize, targetStride: usize, luma: usize, lumaStride: usize, alpha: usize, alphaStride: usize,
  isScreen: i32, opacity: i32, count: i32, rows: i32,
): void {
  const scale = i16x8.splat(<i16>opacity);
  const one = i16x8.splat(ALPHA_ONE);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      const unit = lumaToUnit(v128.load(luma + at));
      let loss = unit;
      if (!isScreen) loss = i16x8.sub(alpha ? v128.load(alpha + at) : one, unit);
      if (opacity < 32767) loss = i16x8.q15mulr_sat_s(loss, scale);
      v128.store(target + at, doubled(i16x8.sub(one, loss)));
    }
    target += targetStride;
    luma += lumaStride;
    if (alpha) alpha += alphaStride;
  }
}

/** target *= factor, sample by sample. */
export function scaleBand(target: usize, targetStride: usize, factor: usize, factorStride: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      v128.store(target + at, i16x8.q15mulr_sat_s(v128.load(target + at), v128.load(factor + at)));
    }
    target += targetStride;
    factor += factorStride;
  }
}

/** target += source * opacity. */
export function addBand(target: usize, targetStride: usize, source: usize, sourceStride: usize, opacity: i32, count: i32, rows: i32): void {
  const scale = i16x8.splat(<i16>opacity);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      const light = i16x8.q15mulr_sat_s(v128.load(source + at), scale);
      v128.store(target + at, i16x8.add_sat_s(v128.load(target + at), light));
    }
    target += targetStride;
    source += sourceStride;
  }
}

/** Adds a half-resolution row pair by pair: every sample of `source` goes to a 2x2 block of `target`. */
export function addDoubledBand(target: usize, targetStride: usize, source: usize, sourceStride: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const half = v128.load(source + (<usize>i << 1));
      const low = i8x16.shuffle(half, half, 0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7);
      const high = i8x16.shuffle(half, half, 8, 9, 8, 9, 10, 11, 10, 11, 12, 13, 12, 13, 14, 15, 14, 15);
      const at = target + (<usize>i << 2);
      const below = at + targetStride;
      v128.store(at, i16x8.add_sat_s(v128.load(at), low));
      v128.store(at + 16, i16x8.add_sat_s(v128.load(at + 16), high));
      v128.store(below, i16x8.add_sat_s(v128.load(below), low));
      v128.store(below + 16, i16x8.add_sat_s(v128.load(below + 16), high));
    }
    target += targetStride << 1;
    source += sourceStride;
  }
}

/** max(target, 0) for luma after a coloured multiply. */
export function floorBand(target: usize, targetStride: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = target + (<usize>i << 1);
      v128.store(at, i16x8.max_s(v128.load(at), i16x8.splat(0)));
    }
    target += targetStride;
  }
}

// RGB multiplication written in Y, U, V (each 0..1 or -0.5..0.5). With R = y + a v, G = y - c u - d v, B = y + b u and
// factors of the same form, the product is a bilinear form; these are its constants for BT.709.
const A: f32 = 1.5748;
const B: f32 = 1.8556;
const VV: f32 = 0.684;
const UU: f32 = 0.27369;
const UV: f32 = 0.062714;

/**
 * Coloured multiply at chroma resolution. `luma` is the block mean of the target's luma, `factor` the block mean of the
 * luma factor, `tintU`/`tintV` the layer's chroma times `tintScale` (-1 for screen). Changes targetU and targetV and
 * writes what the block's luma gains into `gain`. All planes share one stride.
 */
export function tintBand(
  targetU: usize, targetV: usize, luma: usize, factor: usize, tintU: usize, tintV: usize, gain: usize,
  stride: usize, tintScale: f32, count: i32, rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 4) {
      const at = <usize>i << 1;
      const y = unit(luma + at, 1.0 / 14016.0);
      const u = unit(targetU + at, 1.0 / 14336.0);
      const v = unit(targetV + at, 1.0 / 14336.0);
      const ky = unit(factor + at, 1.0 / 32767.0);
      const ku = unit(tintU + at, tintScale / 14336.0);
      const kv = unit(tintV + at, tintScale / 14336.0);
      const uku = f32x4.mul(u, ku);
      const vkv = f32x4.mul(v, kv);
      const cross = f32x4.add(f32x4.mul(u, kv), f32x4.mul(v, ku));
      const extra = f32x4.add(
        f32x4.add(f32x4.mul(vkv, f32x4.splat(VV)), f32x4.mul(uku, f32x4.splat(UU))),
        f32x4.mul(cross, f32x4.splat(UV)),
      );
      storeUnit(targetU + at, chromaProduct(y, u, ky, ku, uku, extra, B), 14336.0);
      storeUnit(targetV + at, chromaProduct(y, v, ky, kv, vkv, extra, A), 14336.0);
      storeUnit(gain + at, extra, 14016.0);
    }
    targetU += stride;
    targetV += stride;
    luma += stride;
    factor += stride;
    tintU += stride;
    tintV += stride;
    gain += stride;
  }
}

// @ts-ignore: decorator
@inline
function chromaProduct(y: v128, c: v128, ky: v128, kc: v128, both: v128, extra: v128, weight: f32): v128 {
  const plain = f32x4.add(f32x4.mul(y, kc), f32x4.mul(c, ky));
  const curved = f32x4.mul(both, f32x4.splat(weight));
  return f32x4.sub(f32x4.add(plain, curved), f32x4.mul(extra, f32x4.splat(1.0 / weight)));
}

// @ts-ignore: decorator
@inline
function unit(source: usize, scale: f32): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(source)), f32x4.splat(scale));
}

// @ts-ignore: decorator
@inline
function storeUnit(target: usize, value: v128, scale: f32): void {
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(value, f32x4.splat(scale))));
  v128.store64_lane(target, i16x8.narrow_i32x4_s(whole, whole), 0);
}
