/**
 * The pitched instruments. Each writes one note into a cleared stereo scratch buffer and says how many frames it used;
 * gain, reverb and delay are the mixer's business.
 */
import type { InstrumentName, Note } from '../score/note.ts';
import { NOISE, NOISE_SIZE, SAMPLE_RATE, StateVariableFilter, type Stereo, TABLE_SIZE, decayFactor, midiToHz, sawTable, sine } from '../mix/signal.ts';

export type Instrument = (note: Note, out: Stereo) => number;

/** Longest note that an instrument may write, release included. */
export const MAX_NOTE_SECONDS = 14;

function noteFrames(out: Stereo, seconds: number): number {
  return Math.min(out.left.length, Math.max(64, Math.round(seconds * SAMPLE_RATE)));
}

/** Linear attack, exponential approach to `sustain`, release that ends at zero. */
function envelopeAt(i: number, attack: number, hold: number, frames: number): number {
  const rise = i < attack ? i / attack : 1;
  if (i < hold) return rise * (2 - rise);
  const fall = (frames - i) / (frames - hold);
  return rise * (2 - rise) * fall * fall;
}

interface EnsembleSettings {
  readonly detuneCents: readonly number[];
  readonly tilt: number;
  readonly attack: number;
  readonly release: number;
  readonly cutoffHz: number;
  readonly cutoffPerVelocity: number;
  readonly vibratoCents: number;
}

/** Several detuned saws, half of them on each side, through a slowly moving low pass. */
function ensemble(settings: EnsembleSettings): Instrument {
  return (note, out) => {
    const hz = midiToHz(note.midi);
    const hold = Math.round(note.durationSeconds * SAMPLE_RATE);
    const frames = noteFrames(out, note.durationSeconds + settings.release);
    const table = sawTable(hz, settings.tilt);
    const attack = Math.min(settings.attack, note.durationSeconds * 0.4) * SAMPLE_RATE;
    const gain = (note.velocity * 0.5) / settings.detuneCents.length;
    [out.left, out.right].forEach((side, which) => {
      const filter = new StateVariableFilter();
      const steps = settings.detuneCents.map((cents) => (hz * 2 ** ((which === 0 ? cents : -cents * 1.07) / 1200) * TABLE_SIZE) / SAMPLE_RATE);
      const phases = steps.map((_, i) => ((note.midi * 0.37 + i * 0.31 + which * 0.47) % 1) * TABLE_SIZE);
      let bend = 1;
      for (let i = 0; i < frames; i++) {
        if ((i & 63) === 0) {
          const seconds = i / SAMPLE_RATE;
          const drift = sine(seconds * 0.23 + note.midi * 0.13 + which * 0.25);
          filter.tune((settings.cutoffHz + settings.cutoffPerVelocity * note.velocity) * (1 + 0.22 * drift) * Math.min(1, 0.55 + seconds / 1.2), 0.7);
          bend = 1 + settings.vibratoCents * 0.000578 * Math.min(1, seconds) * sine(seconds * 5.1 + note.midi * 0.21);
        }
        let sum = 0;
        for (let v = 0; v < steps.length; v++) {
          let phase = (phases[v] as number) + (steps[v] as number) * bend;
          if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
          phases[v] = phase;
          const index = phase | 0;
          const low = table[index] as number;
          sum += low + ((table[index + 1] as number) - low) * (phase - index);
        }
        filter.run(sum);
        side[i] = filter.low * envelopeAt(i, attack, hold, frames) * gain;
      }
    });
    narrow(out, frames);
    return frames;
  };
}

/** Brings some of each side to the other: wide, but still whole when a telephone sums it to mono. */
function narrow(out: Stereo, frames: number): void {
  for (let i = 0; i < frames; i++) {
    const left = out.left[i] as number;
    const right = out.right[i] as number;
    out.left[i] = left * 0.86 + right * 0.32;
    out.right[i] = right * 0.86 + left * 0.32;
  }
}

interface Partial { readonly ratio: number; readonly gain: number; readonly decaySeconds: number }

/** Struck bars and bells: a few decaying sines, a short tap of noise. */
function struck(partials: readonly Partial[], tap: number, ring: number): Instrument {
  return (note, out) => {
    const hz = midiToHz(note.midi);
    const length = Math.min(ring * 2 ** ((69 - note.midi) / 36), Math.max(note.durationSeconds * 1.5, 1.2));
    const frames = noteFrames(out, length);
    for (const [n, partial] of partials.entries()) {
      const frequency = hz * partial.ratio;
      if (frequency > 12_000) continue;
      const decay = decayFactor(partial.decaySeconds * (length / ring));
      let level = note.velocity * partial.gain * (n === 0 ? 1 : note.velocity);
      for (let i = 0; i < frames; i++) {
        const attack = i < 40 ? i / 40 : 1;
        const value = sine((frequency * i) / SAMPLE_RATE) * level * attack;
        out.left[i] = (out.left[i] as number) + value;
        out.right[i] = (out.right[i] as number) + value * (n % 2 === 0 ? 1 : 0.85);
        level *= decay;
      }
    }
    addTap(out, note, tap);
    releaseEnd(out, frames);
    return frames;
  };
}

function addTap(out: Stereo, note: Note, gain: number): void {
  const start = (note.midi * 997) % (NOISE_SIZE - 1000);
  let low = 0;
  for (let i = 0; i < 700; i++) {
    low += 0.25 * ((NOISE[start + i] as number) - low);
    const value = low * gain * note.velocity * Math.exp(-i / 90) * Math.min(1, i / 12);
    out.left[i] = (out.left[i] as number) + value;
    out.right[i] = (out.right[i] as number) + value;
  }
}

function releaseEnd(out: Stereo, frames: number): void {
  const fade = Math.min(frames, 2400);
  for (let i = 0; i < fade; i++) {
    const gain = i / fade;
    out.left[frames - 1 - i] = (out.left[frames - 1 - i] as number) * gain;
    out.right[frames - 1 - i] = (out.right[frames - 1 - i] as number) * gain;
  }
}

/** Electric piano by frequency modulation (J. Chowning 1973): a body at 1:1 and a tine at 14:1, brighter when struck harder. */
function electricPiano(note: Note, out: Stereo): number {
  const hz = midiToHz(note.midi);
  const ring = Math.min(5, Math.max(1.2, 4.5 * 2 ** ((57 - note.midi) / 24)));
  const sounding = Math.min(note.durationSeconds + 0.25, ring);
  const frames = noteFrames(out, sounding);
  const release = frames - Math.round(0.25 * SAMPLE_RATE);
  const decay = decayFactor(ring);
  const tineDecay = decayFactor(0.35);
  let level = note.velocity * 0.34;
  let body = 0.9 * note.velocity;
  let tine = hz < 900 ? 0.16 * note.velocity * note.velocity : 0;
  for (let i = 0; i < frames; i++) {
    const turns = (hz * i) / SAMPLE_RATE;
    const value = sine(turns + (body / 6.283) * sine(turns * 1.0005) + (tine / 6.283) * sine(turns * 14));
    const attack = i < 120 ? i / 120 : 1;
    const end = i > release ? (frames - i) / (frames - release) : 1;
    const pan = 0.16 * sine((4.3 * i) / SAMPLE_RATE);
    const out1 = value * level * attack * end * end;
    out.left[i] = out1 * (1 + pan);
    out.right[i] = out1 * (1 - pan);
    level *= decay;
    body *= 0.99998;
    tine *= tineDecay;
  }
  return frames;
}

/** Plucked string (Karplus and Strong 1983; fractional delay by all-pass, Jaffe and Smith 1983). */
function plucked(note: Note, out: Stereo): number {
  const hz = midiToHz(note.midi);
  const frames = noteFrames(out, Math.min(3.2, Math.max(note.durationSeconds * 2, 0.9)));
  const period = SAMPLE_RATE / hz - 0.5;
  const length = Math.floor(period - 0.2);
  const fraction = period - length;
  const allPass = (1 - fraction) / (1 + fraction);
  const line = pluckShape(length, note);
  const loss = Math.exp(-6.9078 / (hz * (1.1 + 2.4 * 2 ** ((52 - note.midi) / 18))));
  let [at, previous, passIn, passOut, body] = [0, 0, 0, 0, 0];
  for (let i = 0; i < frames; i++) {
    const current = line[at] as number;
    const averaged = loss * 0.5 * (current + previous);
    previous = current;
    passOut = allPass * (averaged - passOut) + passIn;
    passIn = averaged;
    line[at] = passOut;
    at = at + 1 === length ? 0 : at + 1;
    body += 0.6 * (current - body);
    out.left[i] = body * note.velocity;
    out.right[i] = body * note.velocity;
  }
  releaseEnd(out, frames);
  return frames;
}

/** A burst of noise, softer for soft strokes, without offset, plucked at a fifth of the string. */
function pluckShape(length: number, note: Note): Float64Array {
  const shape = new Float64Array(length);
  const start = (note.midi * 1543 + Math.round(note.startSeconds * 4) * 389) % (NOISE_SIZE - length);
  const softness = 0.25 + 0.5 * note.velocity;
  let low = 0;
  for (let i = 0; i < length; i++) shape[i] = low += softness * ((NOISE[start + i] as number) - low);
  const comb = Math.max(1, Math.round(length / 5));
  const combed = shape.map((value, i) => value - 0.8 * (shape[(i + comb) % length] as number));
  const mean = combed.reduce((sum, value) => sum + value, 0) / length;
  const rms = Math.sqrt(combed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length);
  return combed.map((value) => ((value - mean) / (rms || 1)) * 0.22);
}

/** Round bass: sine with a little second and third harmonic, gently driven. */
function roundBass(note: Note, out: Stereo): number {
  const hz = midiToHz(note.midi);
  const hold = Math.round(note.durationSeconds * SAMPLE_RATE);
  const frames = noteFrames(out, note.durationSeconds + 0.12);
  const decay = decayFactor(6);
  let level = 1;
  for (let i = 0; i < frames; i++) {
    const turns = (hz * i) / SAMPLE_RATE;
    const raw = sine(turns) + (0.5 * sine(turns * 2) + 0.24 * sine(turns * 3) + 0.1 * sine(turns * 4)) * level;
    const value = Math.tanh(raw * 1.1) * note.velocity * 0.5 * envelopeAt(i, 380, hold, frames) * (0.55 + 0.45 * level);
    out.left[i] = value;
    out.right[i] = value;
    level *= decay;
  }
  return frames;
}

/** Saw through a low pass that snaps shut: bass, stabs and the ostinato of the bold mood. */
function filteredSaw(settings: { attack: number; release: number; baseHz: number; sweepHz: number; sweepSeconds: number; q: number; gain: number; detuneCents: number }): Instrument {
  return (note, out) => {
    const hz = midiToHz(note.midi);
    const hold = Math.round(note.durationSeconds * SAMPLE_RATE);
    const frames = noteFrames(out, note.durationSeconds + settings.release);
    const table = sawTable(hz, 1);
    [out.left, out.right].forEach((side, which) => {
      const filter = new StateVariableFilter();
      const step = (hz * 2 ** (((which === 0 ? 1 : -1) * settings.detuneCents) / 1200) * TABLE_SIZE) / SAMPLE_RATE;
      const sub = hz / SAMPLE_RATE;
      let phase = 0;
      for (let i = 0; i < frames; i++) {
        if ((i & 31) === 0) filter.tune(settings.baseHz + settings.sweepHz * note.velocity * Math.exp(-i / (settings.sweepSeconds * SAMPLE_RATE)), settings.q);
        phase += step;
        if (phase >= TABLE_SIZE) phase -= TABLE_SIZE;
        const index = phase | 0;
        const low = table[index] as number;
        filter.run(low + ((table[index + 1] as number) - low) * (phase - index) + 0.35 * sine(sub * i));
        side[i] = filter.low * envelopeAt(i, settings.attack * SAMPLE_RATE, hold, frames) * note.velocity * settings.gain;
      }
    });
    return frames;
  };
}

export const INSTRUMENTS: Readonly<Record<InstrumentName, Instrument>> = {
  pad: ensemble({ detuneCents: [-9, 4], tilt: 1.05, attack: 0.4, release: 0.9, cutoffHz: 900, cutoffPerVelocity: 2600, vibratoCents: 0 }),
  strings: ensemble({ detuneCents: [-11, 2, 8], tilt: 1, attack: 0.28, release: 0.6, cutoffHz: 1300, cutoffPerVelocity: 4200, vibratoCents: 6 }),
  keys: electricPiano,
  mallet: struck([{ ratio: 1, gain: 0.34, decaySeconds: 1.6 }, { ratio: 3.93, gain: 0.09, decaySeconds: 0.5 }, { ratio: 9.2, gain: 0.03, decaySeconds: 0.18 }], 0.12, 1.8),
  bell: struck([{ ratio: 1, gain: 0.26, decaySeconds: 2.6 }, { ratio: 2, gain: 0.08, decaySeconds: 1.8 }, { ratio: 2.756, gain: 0.05, decaySeconds: 1 }, { ratio: 5.404, gain: 0.025, decaySeconds: 0.5 }], 0.05, 3),
  pluck: plucked,
  bass: roundBass,
  synthBass: filteredSaw({ attack: 0.003, release: 0.06, baseHz: 130, sweepHz: 2600, sweepSeconds: 0.12, q: 1.1, gain: 0.5, detuneCents: 3 }),
  stab: filteredSaw({ attack: 0.006, release: 0.18, baseHz: 380, sweepHz: 5200, sweepSeconds: 0.18, q: 0.8, gain: 0.24, detuneCents: 8 }),
  lead: filteredSaw({ attack: 0.002, release: 0.09, baseHz: 300, sweepHz: 5200, sweepSeconds: 0.11, q: 1, gain: 0.24, detuneCents: 6 }),
};
