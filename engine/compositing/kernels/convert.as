// Colour conversion into work planes and back to bytes.
//
// Work samples are signed 16-bit and premultiplied: luma (Y - 16) * 64, chroma (C - 128) * 64 of BT.709 limited range,
// alpha 0..16384. Pointers and strides are bytes. `count` is samples per row; kernels that work eight samples at a time
// round it up, so every row of a work plane is padded to a multiple of 8.

const LUMA_SCALE: f32 = 219.0 * 64.0;
const KR: f32 = 0.2126;
const KG: f32 = 0.7152;
const KB: f32 = 0.0722;
/** Chroma per unit of (B - Y) and (R - Y): 224 * 64 / 1.8556 and / 1.5748. */
const BLUE_SCALE: f32 = 224.0 * 64.0 / 1.8556;
const RED_SCALE: f32 = 224.0 * 64.0 / 1.5748;
const ALPHA_ONE: f32 = 16384.0;

// @ts-ignore: decorator
@inline
function toShorts(value: v128): v128 {
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(value));
  return i16x8.narrow_i32x4_s(whole, whole);
}

// @ts-ignore: decorator
@inline
function storePlanes(r: v128, g: v128, b: v128, a: v128, y: usize, u: usize, v: usize, alpha: usize): void {
  const pr = f32x4.mul(r, a);
  const pg = f32x4.mul(g, a);
  const pb = f32x4.mul(b, a);
  const luma = f32x4.add(
    f32x4.add(f32x4.mul(pr, f32x4.splat(KR)), f32x4.mul(pg, f32x4.splat(KG))),
    f32x4.mul(pb, f32x4.splat(KB)),
  );
  v128.store64_lane(y, toShorts(f32x4.mul(luma, f32x4.splat(LUMA_SCALE))), 0);
  v128.store64_lane(u, toShorts(f32x4.mul(f32x4.sub(pb, luma), f32x4.splat(BLUE_SCALE))), 0);
  v128.store64_lane(v, toShorts(f32x4.mul(f32x4.sub(pr, luma), f32x4.splat(RED_SCALE))), 0);
  v128.store64_lane(alpha, toShorts(f32x4.mul(a, f32x4.splat(ALPHA_ONE))), 0);
}

/** One row of straight-alpha 8-bit RGBA; reads and writes up to 3 pixels past `count`. */
export function rgba8ToPlanes(source: usize, y: usize, u: usize, v: usize, alpha: usize, count: i32): void {
  const byte = i32x4.splat(255);
  const unit = f32x4.splat(1.0 / 255.0);
  for (let i = 0; i < count; i += 4) {
    const pixels = v128.load(source + (<usize>i << 2));
    const r = f32x4.mul(f32x4.convert_i32x4_s(v128.and(pixels, byte)), unit);
    const g = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 8), byte)), unit);
    const b = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 16), byte)), unit);
    const a = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(pixels, 24)), unit);
    const at = <usize>i << 1;
    storePlanes(r, g, b, a, y + at, u + at, v + at, alpha + at);
  }
}

// @ts-ignore: decorator
@inline
function gather16(source: usize, step: usize): v128 {
  let lanes = i32x4.splat(load<u16>(source));
  lanes = i32x4.replace_lane(lanes, 1, load<u16>(source + step));
  lanes = i32x4.replace_lane(lanes, 2, load<u16>(source + 2 * step));
  lanes = i32x4.replace_lane(lanes, 3, load<u16>(source + 3 * step));
  return f32x4.mul(f32x4.convert_i32x4_s(lanes), f32x4.splat(1.0 / 65535.0));
}

/** One row of straight 16-bit RGB (3 channels) or RGBA (4); reads and writes up to 3 pixels past `count`. */
export function rgb16ToPlanes(source: usize, channels: i32, y: usize, u: usize, v: usize, alpha: usize, count: i32): void {
  const step = <usize>channels << 1;
  for (let i = 0; i < count; i += 4) {
    const pixel = source + <usize>i * step;
    const r = gather16(pixel, step);
    const g = gather16(pixel + 2, step);
    const b = gather16(pixel + 4, step);
    const a = channels == 4 ? gather16(pixel + 6, step) : f32x4.splat(1.0);
    const at = <usize>i << 1;
    storePlanes(r, g, b, a, y + at, u + at, v + at, alpha + at);
  }
}

/** Bytes of a finished plane back to work samples; `offset` is 16 for luma, 128 for chroma. */
export function expandBand(source: usize, sourceStride: usize, target: usize, targetStride: usize, offset: i32, count: i32, rows: i32): void {
  const zero = i16x8.splat(<i16>offset);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const wide = v128.load_ext<u8>(source + <usize>i);
      v128.store(target + (<usize>i << 1), i16x8.shl(i16x8.sub(wide, zero), 6));
    }
    source += sourceStride;
    target += targetStride;
  }
}

/**
 * Work samples to bytes. `noise` is a tile of thresholds 0..63 (32 = plain rounding), one row of `noiseMask + 1` bytes per
 * picture row, `noiseRows` rows (a power of two), starting at picture column `x` (samples) and row `y`.
 */
export function quantiseBand(
  source: usize, sourceStride: usize, target: usize, targetStride: usize, offset: i32,
  noise: usize, noiseMask: i32, noiseRows: i32, x: i32, y: i32, count: i32, rows: i32,
): void {
  const zero = i16x8.splat(<i16>(offset * 64));
  for (let row = 0; row < rows; row++) {
    const tileRow = noise + <usize>((y + row) & (noiseRows - 1)) * <usize>(noiseMask + 1);
    let i = 0;
    for (; i + 16 <= count; i += 16) {
      const low = rounded(source, tileRow, noiseMask, x, i, zero);
      v128.store(target + <usize>i, i8x16.narrow_i16x8_u(low, rounded(source, tileRow, noiseMask, x, i + 8, zero)));
    }
    if (i + 8 <= count) {
      const last = rounded(source, tileRow, noiseMask, x, i, zero);
      v128.store64_lane(target + <usize>i, i8x16.narrow_i16x8_u(last, last), 0);
      i += 8;
    }
    if (i < count) {
      // The frame's rows lie side by side: a whole vector would write into the next row.
      const shorts = rounded(source, tileRow, noiseMask, x, i, zero);
      let rest = i8x16.narrow_i16x8_u(shorts, shorts);
      for (; i < count; i++) {
        store<u8>(target + <usize>i, <u8>i8x16.extract_lane_u(rest, 0));
        rest = i8x16.shuffle(rest, rest, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0);
      }
    }
    source += sourceStride;
    target += targetStride;
  }
}

// @ts-ignore: decorator
@inline
function rounded(source: usize, tileRow: usize, noiseMask: i32, x: i32, i: i32, zero: v128): v128 {
  const threshold = v128.load(tileRow + <usize>(((x + i) << 1) & noiseMask));
  const value = i16x8.add(i16x8.add(v128.load(source + (<usize>i << 1)), zero), threshold);
  return i16x8.shr_s(value, 6);
}
