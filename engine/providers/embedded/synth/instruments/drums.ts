/** Drums and effects, from sweeping sines and filtered noise. A stroke is rendered once per strength and then copied. */
import type { DrumName } from '../score/note.ts';
import { NOISE, NOISE_SIZE, SAMPLE_RATE, StateVariableFilter, type Stereo, createStereo, sine } from '../mix/signal.ts';

export interface DrumSound {
  readonly sound: Stereo;
  /** Frame of the sound that belongs on the beat (0; for a swell its peak). */
  readonly anchorFrame: number;
}

type Shape = (seconds: number) => number;

function render(seconds: number, draw: (i: number, t: number, side: 0 | 1) => number): Stereo {
  const sound = createStereo(Math.round(seconds * SAMPLE_RATE));
  const frames = sound.left.length;
  const fade = Math.min(480, frames);
  for (const [which, samples] of [sound.left, sound.right].entries()) {
    for (let i = 0; i < frames; i++) samples[i] = draw(i, i / SAMPLE_RATE, which as 0 | 1) * Math.min(1, (frames - i) / fade);
  }
  return sound;
}

/** A sine that falls from `from` to `to` Hz; the phase is the integral of the frequency. */
function drop(from: number, to: number, fallSeconds: number, shape: Shape): (t: number) => number {
  return (t) => sine(to * t + (from - to) * fallSeconds * (1 - Math.exp(-t / fallSeconds))) * shape(t);
}

/** Noise through a filter; both sides share `mono` of it. */
function filteredNoise(seconds: number, settings: { hz: Shape; q: number; kind: 'low' | 'band' | 'high'; offset: number; width: number }, shape: Shape): Stereo {
  const filters = [new StateVariableFilter(), new StateVariableFilter()] as const;
  const second = (settings.offset + 71_003) % NOISE_SIZE;
  return render(seconds, (i, t, side) => {
    const filter = filters[side];
    if ((i & 31) === 0) filter.tune(settings.hz(t), settings.q);
    const shared = NOISE[(settings.offset + i) % NOISE_SIZE] as number;
    const own = side === 0 ? shared : shared * (1 - settings.width) + (NOISE[(second + i) % NOISE_SIZE] as number) * settings.width;
    filter.run(own);
    return filter[settings.kind] * shape(t);
  });
}

function mixOf(...sounds: readonly Stereo[]): Stereo {
  const out = createStereo(Math.max(...sounds.map((sound) => sound.left.length)));
  for (const sound of sounds) {
    for (let i = 0; i < sound.left.length; i++) {
      out.left[i] = (out.left[i] as number) + (sound.left[i] as number);
      out.right[i] = (out.right[i] as number) + (sound.right[i] as number);
    }
  }
  return out;
}

const struck = (attack: number, decay: number, gain: number): Shape => (t) => Math.min(1, t / attack) * Math.exp(-t / decay) * gain;
const fixed = (hz: number): Shape => () => hz;

function clap(): Stereo {
  const bursts = [0, 0.011, 0.023];
  const shape: Shape = (t) => {
    const burst = bursts.reduce((sum, at) => sum + (t >= at ? Math.exp(-(t - at) / 0.006) : 0), 0);
    return (Math.min(1, burst) * 0.55 + (t > 0.03 ? Math.exp(-(t - 0.03) / 0.075) * 0.4 : 0)) * Math.min(1, t / 0.0008);
  };
  return filteredNoise(0.4, { hz: fixed(1350), q: 1.1, kind: 'band', offset: 11_000, width: 0.5 }, shape);
}

const SWELL_SECONDS = 1.5;

const MAKERS: Readonly<Record<DrumName, () => Stereo>> = {
  kick: () => mixOf(
    render(0.45, (_, t) => Math.tanh(drop(165, 48, 0.028, struck(0.001, 0.13, 1.25))(t)) * 0.95),
    filteredNoise(0.03, { hz: fixed(2600), q: 0.7, kind: 'low', offset: 100, width: 0 }, struck(0.0005, 0.004, 0.35)),
  ),
  softKick: () => render(0.5, (_, t) => drop(95, 46, 0.035, struck(0.003, 0.15, 0.85))(t)),
  snare: () => mixOf(
    render(0.25, (_, t) => drop(240, 185, 0.02, struck(0.001, 0.06, 0.45))(t) + drop(360, 330, 0.02, struck(0.001, 0.035, 0.18))(t)),
    filteredNoise(0.35, { hz: fixed(3400), q: 0.55, kind: 'band', offset: 30_000, width: 0.35 }, struck(0.001, 0.085, 0.55)),
  ),
  clap,
  rim: () => mixOf(
    render(0.12, (_, t) => sine(830 * t) * struck(0.0006, 0.016, 0.35)(t) + sine(1710 * t) * struck(0.0006, 0.01, 0.2)(t)),
    filteredNoise(0.06, { hz: fixed(2400), q: 0.9, kind: 'band', offset: 52_000, width: 0.2 }, struck(0.0006, 0.012, 0.4)),
  ),
  hat: () => filteredNoise(0.16, { hz: fixed(8200), q: 0.6, kind: 'band', offset: 60_000, width: 0.4 }, struck(0.0008, 0.026, 0.55)),
  openHat: () => filteredNoise(0.6, { hz: fixed(7600), q: 0.6, kind: 'band', offset: 70_000, width: 0.5 }, struck(0.001, 0.16, 0.45)),
  shaker: () => filteredNoise(0.18, { hz: fixed(6200), q: 0.8, kind: 'band', offset: 80_000, width: 0.4 }, (t) => Math.min(1, t / 0.014) * Math.exp(-Math.max(0, t - 0.014) / 0.03) * 0.5),
  tom: () => mixOf(
    render(0.6, (_, t) => drop(150, 82, 0.05, struck(0.0015, 0.16, 0.85))(t)),
    filteredNoise(0.08, { hz: fixed(900), q: 0.7, kind: 'low', offset: 90_000, width: 0.2 }, struck(0.001, 0.018, 0.5)),
  ),
  crash: () => filteredNoise(2.4, { hz: (t) => 6800 - 1400 * Math.min(1, t), q: 0.45, kind: 'band', offset: 100_000, width: 0.9 }, (t) => Math.min(1, t / 0.002) * (0.28 * Math.exp(-t / 0.6) + 0.12 * Math.exp(-t / 0.12))),
  impact: () => mixOf(
    render(1.9, (_, t) => Math.tanh(drop(92, 38, 0.11, struck(0.002, 0.5, 1.2))(t)) * 0.8),
    filteredNoise(1.4, { hz: (t) => 300 + 1600 * Math.exp(-t / 0.08), q: 0.6, kind: 'low', offset: 120_000, width: 0.8 }, struck(0.0015, 0.3, 0.6)),
  ),
  swell: () => filteredNoise(SWELL_SECONDS + 0.5, { hz: (t) => 700 + 5200 * Math.min(1, t / SWELL_SECONDS) ** 2, q: 0.7, kind: 'band', offset: 140_000, width: 0.9 },
    (t) => (t < SWELL_SECONDS ? (t / SWELL_SECONDS) ** 3 : Math.exp(-(t - SWELL_SECONDS) / 0.09)) * 0.3),
};

/** Sounds of one rendering; creation is lazy. */
export class DrumKit {
  private readonly sounds = new Map<DrumName, DrumSound>();

  sound(drum: DrumName): DrumSound {
    let known = this.sounds.get(drum);
    if (known === undefined) {
      known = { sound: MAKERS[drum](), anchorFrame: drum === 'swell' ? Math.round(SWELL_SECONDS * SAMPLE_RATE) : 0 };
      this.sounds.set(drum, known);
    }
    return known;
  }
}
