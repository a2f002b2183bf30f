/** Building blocks of sound: sample rate, sine and saw tables, envelopes, filters. All in double precision, all seeded. */
import { createRandom } from '#core/lib/random.ts';

export const SAMPLE_RATE = 48_000;

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function createStereo(frames: number): Stereo {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

export function midiToHz(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

/** Per-sample factor of an exponential decay by 60 dB in `seconds`. */
export function decayFactor(seconds: number): number {
  return Math.exp(-6.9078 / (seconds * SAMPLE_RATE));
}

const SINE_SIZE = 4096;
const SINE = Float64Array.from({ length: SINE_SIZE + 1 }, (_, i) => Math.sin((2 * Math.PI * i) / SINE_SIZE));

/** Sine of a phase in turns, by table with linear interpolation (error under −120 dB). */
export function sine(turns: number): number {
  const place = (turns - Math.floor(turns)) * SINE_SIZE;
  const index = place | 0;
  const low = SINE[index] as number;
  return low + ((SINE[index + 1] as number) - low) * (place - index);
}

export const TABLE_SIZE = 2048;
const tables = new Map<string, Float64Array>();

/** One period of a saw-like wave without harmonics above 13 kHz; harmonic n has the amplitude n^-tilt. */
export function sawTable(hz: number, tilt: number): Float64Array {
  const harmonics = [3, 5, 8, 12, 18, 27, 40, 60, 90].findLast((count) => count * hz < 13_000) ?? 2;
  const key = `${harmonics}/${tilt}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Float64Array(TABLE_SIZE + 1);
  for (let n = 1; n <= harmonics; n++) {
    // Lanczos sigma factors take the Gibbs ringing off the edge.
    const x = (Math.PI * n) / (harmonics + 1);
    const amplitude = n ** -tilt * (Math.sin(x) / x);
    for (let i = 0; i <= TABLE_SIZE; i++) table[i] = (table[i] as number) + amplitude * sine((n * i) / TABLE_SIZE);
  }
  const peak = table.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i <= TABLE_SIZE; i++) table[i] = (table[i] as number) / peak;
  tables.set(key, table);
  return table;
}

/** Four seconds of white noise that all instruments share; they differ by where they start reading. */
export const NOISE_SIZE = SAMPLE_RATE * 4;
export const NOISE = noise();

function noise(): Float32Array {
  const random = createRandom(1, 'noise');
  return Float32Array.from({ length: NOISE_SIZE }, () => random.next() * 2 - 1);
}

/** State-variable filter (A. Simper, "Solving the continuous SVF equations", Cytomic 2013). */
export class StateVariableFilter {
  private a1 = 0;
  private a2 = 0;
  private a3 = 0;
  private k = 1;
  private state1 = 0;
  private state2 = 0;
  band = 0;
  low = 0;
  high = 0;

  tune(hz: number, q: number): void {
    const g = Math.tan((Math.PI * Math.min(hz, 20_000)) / SAMPLE_RATE);
    this.k = 1 / q;
    this.a1 = 1 / (1 + g * (g + this.k));
    this.a2 = g * this.a1;
    this.a3 = g * this.a2;
  }

  run(input: number): void {
    const v3 = input - this.state2;
    const v1 = this.a1 * this.state1 + this.a2 * v3;
    const v2 = this.state2 + this.a2 * this.state1 + this.a3 * v3;
    this.state1 = 2 * v1 - this.state1;
    this.state2 = 2 * v2 - this.state2;
    this.band = v1;
    this.low = v2;
    this.high = input - this.k * v1 - v2;
  }
}
