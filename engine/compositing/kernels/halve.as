// Box averages of 2x2 samples: mip levels of sources and chroma out of full-resolution planes.

// @ts-ignore: decorator
@inline
function average4(top: usize, bottom: usize): v128 {
  const sum = i32x4.add(i32x4.extadd_pairwise_i16x8_s(v128.load(top)), i32x4.extadd_pairwise_i16x8_s(v128.load(bottom)));
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(2)), 2);
}

/** Averages `rows` pairs of rows; both planes are padded, `count` is samples of the small row. */
export function halveBand(source: usize, sourceStride: usize, target: usize, targetStride: usize, count: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    const below = source + sourceStride;
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 2;
      const low = average4(source + at, below + at);
      const high = average4(source + at + 16, below + at + 16);
      v128.store(target + (<usize>i << 1), i16x8.narrow_i32x4_s(low, high));
    }
    source = below + sourceStride;
    target += targetStride;
  }
}

/** Repeats the last sample of every row once, so that an odd width halves to the right average. */
export function repeatLastColumn(plane: usize, stride: usize, width: i32, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    const end = plane + <usize>row * stride + (<usize>width << 1);
    store<i16>(end, load<i16>(end - 2));
  }
}
