// Catmull-Rom sampling of a work plane along any affine map, for turned layers.
//
// `weights` is a table of 256 phases, four 14-bit weights each. The plane must be surrounded by at least four clear
// samples on every side; positions outside are pulled to that border. Positions are in samples, centre of sample 0 = 0.

// @ts-ignore: decorator
@inline
function twoRows(source: usize, stride: usize, across: v128): v128 {
  const rows = v128.load64_lane(source + stride, v128.load64_zero(source), 1);
  return f32x4.convert_i32x4_s(i32x4.dot_i16x8_s(rows, across));
}

// @ts-ignore: decorator
@inline
function sample(source: usize, stride: usize, across: v128, upper: v128, lower: v128, target: usize): void {
  const sum = f32x4.add(
    f32x4.mul(twoRows(source, stride, across), upper),
    f32x4.mul(twoRows(source + (stride << 1), stride, across), lower),
  );
  const folded = f32x4.add(sum, i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  const total = f32x4.extract_lane(folded, 0) + f32x4.extract_lane(folded, 1);
  const value = <i32>nearest<f32>(total * (1.0 / 268435456.0));
  store<i16>(target, <i16>max(min(value, 32767), -32768));
}

/** One row of four planes of the same shape. `table`: four addresses of sample (0, 0), then four of the rows to write. */
export function affineRow(
  table: usize, stride: usize, width: i32, height: i32, weights: usize,
  startX: f64, startY: f64, stepX: f64, stepY: f64, count: i32,
): void {
  const lastX = <f64>(width + 1);
  const lastY = <f64>(height + 1);
  for (let i = 0; i < count; i++) {
    const x = min(max(startX + stepX * <f64>i, -2.0), lastX);
    const y = min(max(startY + stepY * <f64>i, -2.0), lastY);
    const phaseX = <i32>floor(x * 256.0 + 0.5);
    const phaseY = <i32>floor(y * 256.0 + 0.5);
    const across = v128.load64_splat(weights + (<usize>(phaseX & 255) << 3));
    const down = f32x4.convert_i32x4_s(v128.load_ext<i16>(weights + (<usize>(phaseY & 255) << 3)));
    const upper = i8x16.shuffle(down, down, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7);
    const lower = i8x16.shuffle(down, down, 8, 9, 10, 11, 8, 9, 10, 11, 12, 13, 14, 15, 12, 13, 14, 15);
    const first = <usize>(((phaseY >> 8) - 1) * <i32>stride + (((phaseX >> 8) - 1) << 1));
    const to = <usize>i << 1;
    for (let plane: usize = 0; plane < 16; plane += 4) {
      sample(load<u32>(table + plane) + first, stride, across, upper, lower, load<u32>(table + plane, 16) + to);
    }
  }
}
