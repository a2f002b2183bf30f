/** What the arranger writes and the renderer plays. Times are seconds from the start of the film. */

export type InstrumentName = 'pad' | 'strings' | 'keys' | 'mallet' | 'bell' | 'pluck' | 'bass' | 'synthBass' | 'stab' | 'lead';
export type DrumName = 'kick' | 'softKick' | 'snare' | 'clap' | 'rim' | 'hat' | 'openHat' | 'shaker' | 'tom' | 'crash' | 'impact' | 'swell';

export interface Note {
  readonly instrument: InstrumentName;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly midi: number;
  /** 0..1. */
  readonly velocity: number;
}

export interface DrumHit {
  readonly drum: DrumName;
  /** For `swell` the moment at which it peaks; for all others the attack. */
  readonly startSeconds: number;
  readonly velocity: number;
}

export interface Score {
  readonly notes: readonly Note[];
  readonly hits: readonly DrumHit[];
  readonly beatSeconds: number;
  /** Time of the final chord, and of the end. */
  readonly endSeconds: number;
  readonly durationSeconds: number;
}
