/** The last stage over the whole piece, in place: level, soft saturation, look-ahead limiter, fade at the very end. */
import { SAMPLE_RATE, type Stereo } from './signal.ts';

const TARGET_RMS = 0.13;
const CEILING = 0.89;

/** Masters a finished mix; `tailFrames` is how much of its end may be faded. */
export function master(mix: Stereo, tailFrames: number): void {
  removeRumble(mix.left);
  removeRumble(mix.right);
  brighten(mix.left);
  brighten(mix.right);
  saturate(mix, levelGain(mix));
  limit(mix, CEILING);
  fadeEdges(mix, tailFrames);
}

/** Second-order Butterworth high pass at 36 Hz (bilinear transform, R. Bristow-Johnson's cookbook). */
function removeRumble(samples: Float32Array): void {
  const w = (2 * Math.PI * 36) / SAMPLE_RATE;
  const alpha = Math.sin(w) / Math.SQRT2;
  const cos = Math.cos(w);
  const a0 = 1 + alpha;
  const b0 = (1 + cos) / 2 / a0;
  const a1 = (-2 * cos) / a0;
  const a2 = (1 - alpha) / a0;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] as number;
    const y = b0 * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[i] = y;
  }
}

/** First-order high shelf: +4 dB above about 2.5 kHz, so that the bed speaks on a telephone too. */
function brighten(samples: Float32Array): void {
  const pole = 1 - Math.exp((-2 * Math.PI * 2500) / SAMPLE_RATE);
  let low = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] as number;
    low += pole * (x - low);
    samples[i] = low + (x - low) * 1.6;
  }
}

/** Gain that brings the louder half-seconds of the piece to the target, whatever the arrangement. */
function levelGain(mix: Stereo): number {
  const block = SAMPLE_RATE / 2;
  const powers: number[] = [];
  for (let start = 0; start < mix.left.length; start += block) {
    const end = Math.min(mix.left.length, start + block);
    let sum = 0;
    for (let i = start; i < end; i++) sum += (mix.left[i] as number) ** 2 + (mix.right[i] as number) ** 2;
    powers.push(sum / (2 * (end - start)));
  }
  const loud = powers.toSorted((a, b) => b - a).slice(0, Math.max(1, Math.ceil(powers.length / 2)));
  const rms = Math.sqrt(loud.reduce((sum, power) => sum + power, 0) / loud.length);
  return rms > 0 ? TARGET_RMS / rms : 1;
}

/** Tape-like: straight up to a third of full scale, then bending towards 1.1. */
function saturate(mix: Stereo, gain: number): void {
  for (const samples of [mix.left, mix.right]) {
    for (let i = 0; i < samples.length; i++) {
      const x = (samples[i] as number) * gain;
      const size = Math.abs(x);
      samples[i] = size < 0.35 ? x : Math.sign(x) * (0.35 + 0.75 * Math.tanh((size - 0.35) / 0.75));
    }
  }
}

/**
 * Brick-wall limiter: the gain that every sample needs, its minimum over the look-ahead window, smoothed over the same
 * window. The smoothed gain never exceeds what any sample in reach needs.
 */
function limit(mix: Stereo, ceiling: number): void {
  const { left, right } = mix;
  const window = 192;
  const release = Math.exp(-1 / (0.09 * SAMPLE_RATE));
  const recent = new Float64Array(window).fill(1);
  const queue = new Int32Array(window + 1);
  const gains = new Float64Array(window + 1);
  let [head, size, held, sum] = [0, 0, 1, window];
  for (let ahead = 0; ahead < left.length + window; ahead++) {
    const peak = ahead < left.length ? Math.max(Math.abs(left[ahead] as number), Math.abs(right[ahead] as number)) : 0;
    const need = peak > ceiling ? ceiling / peak : 1;
    while (size > 0 && (gains[(head + size - 1) % (window + 1)] as number) >= need) size--;
    queue[(head + size) % (window + 1)] = ahead;
    gains[(head + size) % (window + 1)] = need;
    size++;
    while ((queue[head] as number) <= ahead - window) [head, size] = [(head + 1) % (window + 1), size - 1];
    const minimum = gains[head] as number;
    held = minimum < held ? minimum : Math.min(minimum, 1 - (1 - held) * release);
    const slot = ahead % window;
    sum += held - (recent[slot] as number);
    recent[slot] = held;
    const i = ahead - window + 1;
    if (i < 0 || i >= left.length) continue;
    const gain = Math.min(1, sum / window);
    left[i] = (left[i] as number) * gain;
    right[i] = (right[i] as number) * gain;
  }
}

/** Two milliseconds in; out along a cosine over the last part of the final chord, so that it ends exactly at zero. */
function fadeEdges(mix: Stereo, tailFrames: number): void {
  const frames = mix.left.length;
  const fadeIn = Math.min(96, frames);
  const fadeOut = Math.min(frames, Math.round(Math.min(tailFrames * 0.6, 1.5 * SAMPLE_RATE)));
  for (const samples of [mix.left, mix.right]) {
    for (let i = 0; i < fadeIn; i++) samples[i] = (samples[i] as number) * (i / fadeIn);
    for (let i = 0; i < fadeOut; i++) {
      const at = frames - 1 - i;
      samples[at] = (samples[at] as number) * (0.5 - 0.5 * Math.cos((Math.PI * i) / fadeOut));
    }
  }
}
