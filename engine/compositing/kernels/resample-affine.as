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

export function affineRow(
  source: usize, stride: usize, width: i32, height: i32, weights: usize,
  startX: f64, startY: f64, stepX: f64, stepY: f64, target: usize, count: i32,
): void {
  const lastX = <f64>(width + 1);
  const lastY = <f64>(height + 1);
  for (let i = 0; i < count; i++) {
    const x = min(max(startX + stepX * <f64>i, -2.0), lastX);
    const y = min(max(startY + stepY * <f64>i, -2.0), lastY);
    const phaseX = <i32>floor(x * 256.0 + 0.5);
    const phaseY = <i32>floor(y * 256.0 + 0.5);
    const across = v128.load64_splat(weights + (<usize>(phaseX & 255) << 3));
    const down = weights + (<usize>(phaseY & 255) << 3);
    const first = source + <usize>(((phaseY >> 8) - 1) * <i32>stride + (((phaseX >> 8) - 1) << 1));
    const upper = twoRows(first, stride, across);
    const lower = twoRows(first + (stride << 1), stride, across);
    const w0 = <f32>load<i16>(down);
    const w1 = <f32>load<i16>(down, 2);
    const w2 = <f32>load<i16>(down, 4);
    const w3 = <f32>load<i16>(down, 6);
    const sum =
      (f32x4.extract_lane(upper, 0) + f32x4.extract_lane(upper, 1)) * w0 +
      (f32x4.extract_lane(upper, 2) + f32x4.extract_lane(upper, 3)) * w1 +
      (f32x4.extract_lane(lower, 0) + f32x4.extract_lane(lower, 1)) * w2 +
      (f32x4.extract_lane(lower, 2) + f32x4.extract_lane(lower, 3)) * w3;
    const value = <i32>nearest<f32>(sum * (1.0 / 268435456.0));
    store<i16>(target + (<usize>i << 1), <i16>max(min(value, 32767), -32768));
  }
}
