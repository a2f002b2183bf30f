// Separable resampling with any number of taps (Lanczos) and the repair of what its negative lobes do to alpha.
// Weights are 14-bit and add up to 16384 per output sample.

/** Across: `starts` holds byte offsets, `weights` `taps` i16 per output (taps a multiple of 8). */
export function tapsAcross(
  source: usize, sourceStride: usize, target: usize, targetStride: usize, starts: usize, weights: usize, taps: i32,
  count: i32, rows: i32,
): void {
  const size = <usize>taps << 1;
  for (let row = 0; row < rows; row++) {
    let kernel = weights;
    for (let i = 0; i < count; i += 4) {
      const start = starts + (<usize>i << 2);
      const a = dotRun(source + load<u32>(start), kernel, size);
      const b = dotRun(source + load<u32>(start, 4), kernel + size, size);
      const c = dotRun(source + load<u32>(start, 8), kernel + 2 * size, size);
      const d = dotRun(source + load<u32>(start, 12), kernel + 3 * size, size);
      kernel += size << 2;
      const ab = i32x4.add(
        i8x16.shuffle(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
        i8x16.shuffle(a, b, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
      );
      const cd = i32x4.add(
        i8x16.shuffle(c, d, 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
        i8x16.shuffle(c, d, 8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31),
      );
      const sum = i32x4.add(
        i8x16.shuffle(ab, cd, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
        i8x16.shuffle(ab, cd, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
      );
      const value = i32x4.shr_s(i32x4.add(sum, i32x4.splat(8192)), 14);
      v128.store64_lane(target + (<usize>i << 1), i16x8.narrow_i32x4_s(value, value), 0);
    }
    source += sourceStride;
    target += targetStride;
  }
}

// @ts-ignore: decorator
@inline
function dotRun(source: usize, kernel: usize, size: usize): v128 {
  let sum = i32x4.dot_i16x8_s(v128.load(source), v128.load(kernel));
  for (let at: usize = 16; at < size; at += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(source + at), v128.load(kernel + at)));
  }
  return sum;
}

/** Down: `starts` holds row numbers, `weights` `taps` i16 per output row (taps even). */
export function tapsDown(
  source: usize, sourceStride: usize, target: usize, targetStride: usize, starts: usize, weights: usize, taps: i32,
  count: i32, rows: i32,
): void {
  const rounding = i32x4.splat(8192);
  for (let row = 0; row < rows; row++) {
    const first = source + <usize>load<u32>(starts + (<usize>row << 2)) * sourceStride;
    const kernel = weights + <usize>(row * taps) * 2;
    for (let i = 0; i < count; i += 8) {
      let low = rounding;
      let high = rounding;
      let at = first + (<usize>i << 1);
      for (let tap = 0; tap < taps; tap += 2) {
        const pair = v128.load32_splat(kernel + (<usize>tap << 1));
        const a = v128.load(at);
        const b = v128.load(at + sourceStride);
        low = i32x4.add(low, i32x4.dot_i16x8_s(i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23), pair));
        high = i32x4.add(high, i32x4.dot_i16x8_s(i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31), pair));
        at += sourceStride << 1;
      }
      v128.store(target + (<usize>i << 1), i16x8.narrow_i32x4_s(i32x4.shr_s(low, 14), i32x4.shr_s(high, 14)));
    }
    target += targetStride;
  }
}

/** Clears a plane's samples before column `left` and from column `right` on; `tapsDown` writes up to 7 past its count. */
export function clearSides(plane: usize, stride: usize, left: i32, right: i32, width: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    memory.fill(plane, 0, <usize>left << 1);
    memory.fill(plane + (<usize>right << 1), 0, <usize>(width - right) << 1);
    plane += stride;
  }
}

/**
 * Brings resampled samples back into gamut: alpha above 1 is divided out of the colour, alpha below 0 clears the sample,
 * luma stays between black and alpha times white. One row; the planes are full resolution.
 */
export function repairBand(y: usize, u: usize, v: usize, alpha: usize, stride: usize, count: i32, rows: i32): void {
  const one = i16x8.splat(16384);
  const zero = i16x8.splat(0);
  const white = i16x8.splat(28032);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      let a = v128.load(alpha + at);
      if (v128.any_true(i16x8.gt_s(a, one))) divideOut(y + at, u + at, v + at, alpha + at);
      a = i16x8.max_s(i16x8.min_s(v128.load(alpha + at), one), zero);
      const isSeen = i16x8.gt_s(a, zero);
      v128.store(alpha + at, a);
      const luma = i16x8.min_s(i16x8.max_s(v128.load(y + at), zero), i16x8.q15mulr_sat_s(a, white));
      v128.store(y + at, luma);
      v128.store(u + at, v128.and(v128.load(u + at), isSeen));
      v128.store(v + at, v128.and(v128.load(v + at), isSeen));
    }
    y += stride;
    u += stride;
    v += stride;
    alpha += stride;
  }
}

function divideOut(y: usize, u: usize, v: usize, alpha: usize): void {
  for (let lane: usize = 0; lane < 16; lane += 2) {
    const a = <i32>load<i16>(alpha + lane);
    if (a <= 16384) continue;
    store<i16>(y + lane, <i16>((<i32>load<i16>(y + lane) * 16384) / a));
    store<i16>(u + lane, <i16>((<i32>load<i16>(u + lane) * 16384) / a));
    store<i16>(v + lane, <i16>((<i32>load<i16>(v + lane) * 16384) / a));
    store<i16>(alpha + lane, 16384);
  }
}
