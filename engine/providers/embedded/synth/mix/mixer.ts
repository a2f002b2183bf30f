/**
 * Plays a score in blocks: notes and drums are added into a window a little longer than a block, then the block goes
 * through pump, echo and reverb and out. Memory stays the same for two seconds and for ten minutes.
 */
import { DrumKit } from '../instruments/drums.ts';
import { INSTRUMENTS, MAX_NOTE_SECONDS } from '../instruments/pitched.ts';
import type { DrumHit, DrumName, InstrumentName, Note, Score } from '../score/note.ts';
import { Reverb } from './reverb.ts';
import { SAMPLE_RATE, type Stereo, createStereo } from './signal.ts';

interface Channel {
  readonly gain: number;
  readonly pan: number;
  readonly reverb: number;
  readonly echo: number;
}

const NOTE_CHANNELS: Readonly<Record<InstrumentName, Channel>> = {
  pad: { gain: 0.66, pan: 0, reverb: 0.5, echo: 0 },
  strings: { gain: 0.6, pan: 0, reverb: 0.6, echo: 0 },
  keys: { gain: 0.62, pan: -0.12, reverb: 0.4, echo: 0.12 },
  mallet: { gain: 0.95, pan: 0.28, reverb: 0.45, echo: 0.3 },
  bell: { gain: 0.8, pan: 0.12, reverb: 0.7, echo: 0.35 },
  pluck: { gain: 0.95, pan: -0.22, reverb: 0.3, echo: 0.14 },
  bass: { gain: 0.5, pan: 0, reverb: 0, echo: 0 },
  synthBass: { gain: 0.52, pan: 0, reverb: 0.04, echo: 0 },
  stab: { gain: 1.05, pan: 0, reverb: 0.35, echo: 0.1 },
  lead: { gain: 1.25, pan: 0.15, reverb: 0.25, echo: 0.25 },
};

const drumChannel = (gain: number, pan: number, reverb: number): Channel => ({ gain, pan, reverb, echo: 0 });
const DRUM_CHANNELS: Readonly<Record<DrumName, Channel>> = {
  kick: drumChannel(0.66, 0, 0.02), softKick: drumChannel(0.56, 0, 0.05), snare: drumChannel(0.95, 0.03, 0.22), clap: drumChannel(1.25, -0.05, 0.25),
  rim: drumChannel(0.7, 0.18, 0.3), hat: drumChannel(0.62, 0.22, 0.05), openHat: drumChannel(0.55, 0.22, 0.1), shaker: drumChannel(0.8, -0.28, 0.08),
  tom: drumChannel(0.72, -0.15, 0.25), crash: drumChannel(0.7, 0.05, 0.3), impact: drumChannel(0.7, 0, 0.3), swell: drumChannel(0.8, 0, 0.35),
};

const BLOCK = SAMPLE_RATE * 4;
const WINDOW = BLOCK + SAMPLE_RATE * MAX_NOTE_SECONDS;

export interface MixSettings {
  readonly pump: number;
  readonly reverb: number;
}

/** The whole piece before mastering, exactly `frames` long. */
export function mixScore(score: Score, frames: number, settings: MixSettings): Stereo {
  const mixer = new Mixer(score, settings);
  const out = createStereo(frames);
  for (let start = 0; start < frames; start += BLOCK) mixer.playBlock(out, start, Math.min(BLOCK, frames - start));
  return out;
}

class Mixer {
  private readonly music = createStereo(WINDOW);
  private readonly drums = createStereo(WINDOW);
  private readonly wet = createStereo(WINDOW);
  private readonly echoSend = new Float32Array(WINDOW);
  private readonly scratch = createStereo(SAMPLE_RATE * MAX_NOTE_SECONDS);
  private readonly kit = new DrumKit();
  private readonly reverb = new Reverb(0.82, 0.32);
  private readonly echo: Echo;
  private readonly kicks: readonly number[];
  private readonly score: Score;
  private readonly settings: MixSettings;
  private nextNote = 0;
  private nextHit = 0;

  constructor(score: Score, settings: MixSettings) {
    this.score = score;
    this.settings = settings;
    this.echo = new Echo(score.beatSeconds * 0.75);
    this.kicks = score.hits.filter((hit) => hit.drum === 'kick' || hit.drum === 'softKick').map((hit) => hit.startSeconds * SAMPLE_RATE);
  }

  playBlock(out: Stereo, start: number, frames: number): void {
    this.addNotes(start, start + BLOCK);
    // A swell begins before its anchor, so strokes are added two seconds ahead.
    this.addHits(start, start + BLOCK + 2 * SAMPLE_RATE);
    this.pump(start, frames);
    this.echo.run(this.music, this.wet, this.echoSend, frames);
    for (let i = 0; i < frames; i++) {
      out.left[start + i] = (this.music.left[i] as number) + (this.drums.left[i] as number);
      out.right[start + i] = (this.music.right[i] as number) + (this.drums.right[i] as number);
    }
    const target = { left: out.left.subarray(start, start + frames), right: out.right.subarray(start, start + frames) };
    this.reverb.addTo(target, this.wet, frames, this.settings.reverb * 3);
    for (const samples of [this.music.left, this.music.right, this.drums.left, this.drums.right, this.wet.left, this.wet.right, this.echoSend]) {
      samples.copyWithin(0, BLOCK);
      samples.fill(0, WINDOW - BLOCK);
    }
  }

  private addNotes(windowStart: number, until: number): void {
    for (; this.nextNote < this.score.notes.length; this.nextNote++) {
      const note = this.score.notes[this.nextNote] as Note;
      const at = Math.round(note.startSeconds * SAMPLE_RATE);
      if (at >= until) return;
      const used = INSTRUMENTS[note.instrument](note, this.scratch);
      this.add(this.music, this.scratch, 0, used, at - windowStart, NOTE_CHANNELS[note.instrument], 1);
      this.scratch.left.fill(0, 0, used);
      this.scratch.right.fill(0, 0, used);
    }
  }

  private addHits(windowStart: number, until: number): void {
    for (; this.nextHit < this.score.hits.length; this.nextHit++) {
      const hit = this.score.hits[this.nextHit] as DrumHit;
      const { sound, anchorFrame } = this.kit.sound(hit.drum);
      const at = Math.round(hit.startSeconds * SAMPLE_RATE);
      if (at >= until) return;
      const place = at - anchorFrame - windowStart;
      const skip = Math.max(0, -place);
      this.add(this.drums, sound, skip, sound.left.length, place + skip, DRUM_CHANNELS[hit.drum], hit.velocity);
    }
  }

  private add(target: Stereo, sound: Stereo, from: number, to: number, place: number, channel: Channel, velocity: number): void {
    const left = channel.gain * velocity * Math.min(1, 1 - channel.pan);
    const right = channel.gain * velocity * Math.min(1, 1 + channel.pan);
    const end = Math.min(to, from + WINDOW - place);
    for (let i = from, at = place; i < end; i++, at++) {
      const l = (sound.left[i] as number) * left;
      const r = (sound.right[i] as number) * right;
      target.left[at] = (target.left[at] as number) + l;
      target.right[at] = (target.right[at] as number) + r;
      this.wet.left[at] = (this.wet.left[at] as number) + l * channel.reverb;
      this.wet.right[at] = (this.wet.right[at] as number) + r * channel.reverb;
      if (channel.echo > 0) this.echoSend[at] = (this.echoSend[at] as number) + (l + r) * 0.5 * channel.echo;
    }
  }

  /** Music gives way to each kick for a moment: 8 ms down, about 150 ms back. */
  private pump(start: number, frames: number): void {
    const { left, right } = this.music;
    for (const kick of this.kicks) {
      const from = Math.max(0, Math.round(kick - start));
      const to = Math.min(frames, Math.round(kick - start + 0.5 * SAMPLE_RATE));
      for (let i = from; i < to; i++) {
        const t = (i + start - kick) / SAMPLE_RATE;
        const fade = Math.max(0, 1 - t / 0.5);
        const gain = 1 - this.settings.pump * Math.min(1, t / 0.008) * Math.exp(-t / 0.15) * fade;
        left[i] = (left[i] as number) * gain;
        right[i] = (right[i] as number) * gain;
      }
    }
  }
}

/** Echo that alternates between the sides, dotted eighths, darker each time. */
class Echo {
  private readonly lines: readonly [Float64Array, Float64Array];
  private at = 0;
  private low = 0;

  constructor(seconds: number) {
    const frames = Math.max(1, Math.round(seconds * SAMPLE_RATE));
    this.lines = [new Float64Array(frames), new Float64Array(frames)];
  }

  run(music: Stereo, wet: Stereo, send: Float32Array, frames: number): void {
    const [first, second] = this.lines;
    for (let i = 0; i < frames; i++) {
      const left = first[this.at] as number;
      const right = second[this.at] as number;
      this.low += 0.3 * (right - this.low);
      first[this.at] = (send[i] as number) + this.low * 0.38;
      second[this.at] = left * 0.75;
      if (++this.at === first.length) this.at = 0;
      music.left[i] = (music.left[i] as number) + left;
      music.right[i] = (music.right[i] as number) + right;
      wet.left[i] = (wet.left[i] as number) + left * 0.4;
      wet.right[i] = (wet.right[i] as number) + right * 0.4;
    }
  }
}
