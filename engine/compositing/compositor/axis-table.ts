/**
 * Where each output sample of one axis falls in a source level, for the bilinear kernels. Pure arithmetic on one axis:
 * output samples are canvas pixels (luma) or pairs of them (chroma, centred between the two).
 */
export interface AxisMapping {
  /** Where the source begins on the canvas and how far it reaches, canvas pixels. */
  readonly start: number;
  readonly length: number;
  /** Source pixels at full size along the axis. */
  readonly sourceLength: number;
  /** Level that is sampled and its samples along the axis. */
  readonly level: number;
  readonly levelLength: number;
  /** Canvas pixels per output sample: 1 for luma, 2 for chroma. */
  readonly step: 1 | 2;
}

export interface AxisSample {
  /** Left of the two samples that are mixed; the right one is `index + 1`. */
  index: number;
  /** Share of the right sample, 0..1. */
  mix: number;
  /** How much of the output sample the source covers, 0..1. */
  coverage: number;
}

/** Writes the mapping of output sample `position` into `out` (reused, this runs for every row and column). */
export function mapAxis(axis: AxisMapping, position: number, out: AxisSample): void {
  const from = position * axis.step;
  const centre = from + axis.step / 2;
  const source = ((centre - axis.start) * axis.sourceLength) / (axis.length * (1 << axis.level)) - 0.5;
  const clamped = Math.min(Math.max(source, 0), axis.levelLength - 1);
  out.index = Math.max(0, Math.min(Math.floor(clamped), axis.levelLength - 2));
  out.mix = clamped - out.index;
  const covered = Math.min(from + axis.step, axis.start + axis.length) - Math.max(from, axis.start);
  out.coverage = Math.max(0, covered) / axis.step;
}

/** The level whose density is nearest to one sample per output sample without much aliasing. */
export function chooseLevel(sourcePixelsPerSample: number): number {
  return Math.max(0, Math.ceil(Math.log2(sourcePixelsPerSample) - 0.5));
}

/** Two 14-bit weights per column, packed for the kernel: left in the low half. */
export function packWeights(sample: AxisSample): number {
  const whole = Math.round(sample.coverage * 16384);
  const right = Math.round(sample.mix * sample.coverage * 16384);
  return ((whole - right) & 0xffff) | (right << 16);
}
