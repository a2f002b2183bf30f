// What a source's alpha plane looks like, so that clear margins are skipped and opaque rows hide what lies behind.

/**
 * `rowFlags` gets a byte per row: 1 = something to see, 2 = opaque from end to end. `columns` (padded i16 row, cleared by
 * the caller) gets the OR of all rows.
 */
export function surveyAlpha(alpha: usize, stride: usize, width: i32, height: i32, rowFlags: usize, columns: usize): void {
  for (let row = 0; row < height; row++) {
    let any: i32 = 0;
    let all: i32 = 16384;
    for (let i = 0; i < width; i++) {
      const value = <i32>load<i16>(alpha + (<usize>i << 1));
      any |= value;
      all = min(all, value);
      store<i16>(columns + (<usize>i << 1), <i16>(<i32>load<i16>(columns + (<usize>i << 1)) | value));
    }
    store<u8>(rowFlags + <usize>row, <u8>((any > 0 ? 1 : 0) | (all >= 16384 ? 2 : 0)));
    alpha += stride;
  }
}

/** Largest absolute chroma of a plane, to tell grey layers from coloured ones. */
export function largestMagnitude(plane: usize, stride: usize, count: i32, rows: i32): i32 {
  let most = i16x8.splat(0);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < count; i += 8) most = i16x8.max_s(most, i16x8.abs(v128.load(plane + (<usize>i << 1))));
    plane += stride;
  }
  let largest: i32 = 0;
  for (let half = 0; half < 2; half++) {
    const wide = half ? i32x4.extend_high_i16x8_s(most) : i32x4.extend_low_i16x8_s(most);
    largest = max(largest, max(i32x4.extract_lane(wide, 0), i32x4.extract_lane(wide, 1)));
    largest = max(largest, max(i32x4.extract_lane(wide, 2), i32x4.extract_lane(wide, 3)));
  }
  return largest;
}
