// Mixing two finished frames for transitions. Weights are 15-bit: 0 gives `first`, 32767 gives `second`, both exactly.

// @ts-ignore: decorator
@inline
function mixed(a: v128, b: v128, weight: v128): v128 {
  const step = i16x8.q15mulr_sat_s(i16x8.shl(i16x8.sub(b, a), 6), weight);
  return i16x8.add(a, i16x8.shr_s(i16x8.add(step, i16x8.splat(32)), 6));
}

/** One weight for all bytes. */
export function mixUniform(first: usize, second: usize, target: usize, weight: i32, count: i32): void {
  const share = i16x8.splat(<i16>weight);
  for (let i = 0; i < count; i += 8) {
    const at = <usize>i;
    const bytes = mixed(v128.load_ext<u8>(first + at), v128.load_ext<u8>(second + at), share);
    v128.store64_lane(target + at, i8x16.narrow_i16x8_u(bytes, bytes), 0);
  }
}

/** One weight per column, the same for every row; rows lie without padding, `count` may be any number. */
export function mixColumns(first: usize, second: usize, target: usize, weights: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) {
      const at = <usize>row * <usize>count + <usize>i;
      const bytes = mixed(v128.load_ext<u8>(first + at), v128.load_ext<u8>(second + at), v128.load(weights + (<usize>i << 1)));
      v128.store64_lane(target + at, i8x16.narrow_i16x8_u(bytes, bytes), 0);
    }
  }
}
