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
  if (alpha && opacity == 32767) return overFull(target, targetStride, source, sourceStride, alpha, alphaStride, count, rows);
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

/** The everyday case of `overBand`, without its branches. */
function overFull(
  target: usize, targetStride: usize, source: usize, sourceStride: usize, alpha: usize, alphaStride: usize, count: i32, rows: i32,
): void {
  const one = i16x8.splat(ALPHA_ONE);
  const size = <usize>count << 1;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < size; at += 16) {
      const through = doubled(i16x8.sub(one, v128.load(alpha + at)));
      v128.store(target + at, i16x8.add(v128.load(source + at), i16x8.q15mulr_sat_s(v128.load(target + at), through)));
    }
    target += targetStride;
    source += sourceStride;
    alpha += alphaStride;
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

/** target moves towards one sample value by `alpha` times `opacity`: layers of a single ink. */
export function inkBand(
  target: usize, targetStride: usize, value: i32, alpha: usize, alphaStride: usize, opacity: i32, count: i32, rows: i32,
): void {
  const ink = i16x8.splat(<i16>value);
  const scale = i16x8.splat(<i16>opacity);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      const below = v128.load(target + at);
      const cover = i16x8.q15mulr_sat_s(doubled(v128.load(alpha + at)), scale);
      v128.store(target + at, i16x8.add(below, i16x8.q15mulr_sat_s(i16x8.sub(ink, below), cover)));
    }
    target += targetStride;
    alpha += alphaStride;
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
// factors of the same form, the product is a bilinear form; these are its constants for BT.709, as 15-bit fractions.
// Chroma samples have 14336 to the unit, luma samples 14016.
const VV: i16 = 22413; // wr a a + wg d d = 0.684
const UU: i16 = 8968; // wb b b + wg c c = 0.27369
const UV: i16 = 2055; // wg c d = 0.062714
const B_LESS_ONE: i16 = 28036; // 0.8556
const A_LESS_ONE: i16 = 18835; // 0.5748
const ONE_BY_B: i16 = 17659;
const ONE_BY_A: i16 = 20808;
const LUMA_BY_CHROMA: i16 = 32037; // 14016 / 14336

/** A factor's chroma so that a 15-bit product with chroma comes out in chroma units (32768 / 14336 = 2.2857). */
// @ts-ignore: decorator
@inline
function perChroma(tint: v128): v128 {
  return i16x8.add_sat_s(doubled(tint), i16x8.q15mulr_sat_s(tint, i16x8.splat(9362)));
}

/** The same for a product with luma (32768 / 14016 = 2.3379). */
// @ts-ignore: decorator
@inline
function perLuma(tint: v128): v128 {
  return i16x8.add_sat_s(doubled(tint), i16x8.q15mulr_sat_s(tint, i16x8.splat(11073)));
}

// @ts-ignore: decorator
@inline
function part(value: v128, share: i16): v128 {
  return i16x8.q15mulr_sat_s(value, i16x8.splat(share));
}

/**
 * Coloured multiply at chroma resolution, one row. `luma` is the block mean of the target's luma, `factor` the block mean of
 * the luma factor, `tintU`/`tintV` the layer's chroma, taken `tintScale` (15-bit, negative for screen) times. Changes targetU
 * and targetV and writes what the block's luma gains into `gain`.
 */
export function tintRow(
  targetU: usize, targetV: usize, luma: usize, factor: usize, tintU: usize, tintV: usize, gain: usize, tintScale: i32, count: i32,
): void {
  const scale = i16x8.splat(<i16>tintScale);
  for (let i = 0; i < count; i += 8) {
    const at = <usize>i << 1;
    const y = v128.load(luma + at);
    const u = v128.load(targetU + at);
    const v = v128.load(targetV + at);
    const ky = v128.load(factor + at);
    const ku = i16x8.q15mulr_sat_s(v128.load(tintU + at), scale);
    const kv = i16x8.q15mulr_sat_s(v128.load(tintV + at), scale);
    const uku = i16x8.q15mulr_sat_s(u, perChroma(ku));
    const vkv = i16x8.q15mulr_sat_s(v, perChroma(kv));
    const cross = i16x8.add(i16x8.q15mulr_sat_s(u, perChroma(kv)), i16x8.q15mulr_sat_s(v, perChroma(ku)));
    const extra = i16x8.add(i16x8.add(part(vkv, VV), part(uku, UU)), part(cross, UV));
    const plainU = i16x8.add_sat_s(i16x8.q15mulr_sat_s(u, ky), i16x8.q15mulr_sat_s(y, perLuma(ku)));
    const plainV = i16x8.add_sat_s(i16x8.q15mulr_sat_s(v, ky), i16x8.q15mulr_sat_s(y, perLuma(kv)));
    const curvedU = i16x8.sub(i16x8.add(uku, part(uku, B_LESS_ONE)), part(extra, ONE_BY_B));
    const curvedV = i16x8.sub(i16x8.add(vkv, part(vkv, A_LESS_ONE)), part(extra, ONE_BY_A));
    v128.store(targetU + at, i16x8.add_sat_s(plainU, curvedU));
    v128.store(targetV + at, i16x8.add_sat_s(plainV, curvedV));
    v128.store(gain + at, part(extra, LUMA_BY_CHROMA));
  }
}
