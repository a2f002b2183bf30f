// Separable bilinear resampling of a work plane, a band of rows at a time.
//
// Each source row is resampled across once and kept in a ring of two, so an enlarged layer costs little more than the
// vertical mix. Four outputs share one load: `offsets` holds the byte offset of the leftmost sample of every four outputs,
// `picks` per output which four bytes from there are its two samples, `columnWeights` two 14-bit weights (left, right) per
// output; coverage of half-covered edge pixels is part of the weights. Four outputs must lie within eight samples. `rowTable`
// holds four i32 per output row: upper source row, lower source row, 15-bit mix, 15-bit coverage. `ring`: two i32 row numbers
// (-1 = empty), then two rows at ring + 16.

// @ts-ignore: decorator
@inline
function fourAcross(source: usize, offset: usize, picks: usize, weights: usize): v128 {
  const pairs = i8x16.swizzle(v128.load(source + <usize>load<u32>(offset)), v128.load(picks));
  return i32x4.shr_s(i32x4.add(i32x4.dot_i16x8_s(pairs, v128.load(weights)), i32x4.splat(8192)), 14);
}

function rowAcross(source: usize, offsets: usize, picks: usize, weights: usize, target: usize, count: i32): void {
  for (let i = 0; i < count; i += 8) {
    const at = <usize>i << 2;
    const low = fourAcross(source, offsets + <usize>i, picks + at, weights + at);
    const high = fourAcross(source, offsets + <usize>i + 4, picks + at + 16, weights + at + 16);
    v128.store(target + (<usize>i << 1), i16x8.narrow_i32x4_s(low, high));
  }
}

/** Address of source row `row` resampled across, from the ring or made now; keeps row `other` in the ring. */
function ringRow(source: usize, stride: usize, offsets: usize, picks: usize, weights: usize, ring: usize, row: i32, other: i32, count: i32): usize {
  const size = <usize>count << 1;
  if (load<i32>(ring) == row) return ring + 16;
  if (load<i32>(ring, 4) == row) return ring + 16 + size;
  const slot: usize = load<i32>(ring) == other ? 1 : 0;
  store<i32>(ring + (slot << 2), row);
  const target = ring + 16 + slot * size;
  rowAcross(source + <usize>row * stride, offsets, picks, weights, target, count);
  return target;
}

export function linearBand(
  source: usize, sourceStride: usize, offsets: usize, picks: usize, columnWeights: usize, rowTable: usize, ring: usize,
  target: usize, targetStride: usize, count: i32, rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const upper = load<i32>(rowTable);
    const lower = load<i32>(rowTable, 4);
    const mix = i16x8.splat(<i16>load<i32>(rowTable, 8));
    const coverage = load<i32>(rowTable, 12);
    const top = ringRow(source, sourceStride, offsets, picks, columnWeights, ring, upper, lower, count);
    const bottom = ringRow(source, sourceStride, offsets, picks, columnWeights, ring, lower, upper, count);
    for (let i = 0; i < count; i += 8) {
      const at = <usize>i << 1;
      const a = v128.load(top + at);
      v128.store(target + at, i16x8.add(a, i16x8.q15mulr_sat_s(i16x8.sub(v128.load(bottom + at), a), mix)));
    }
    if (coverage < 32767) scaleRow(target, <i16>coverage, count);
    rowTable += 16;
    target += targetStride;
  }
}

function scaleRow(target: usize, factor: i16, count: i32): void {
  const scale = i16x8.splat(factor);
  for (let i = 0; i < count; i += 8) {
    const at = target + (<usize>i << 1);
    v128.store(at, i16x8.q15mulr_sat_s(v128.load(at), scale));
  }
}
