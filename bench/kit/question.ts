/** What a bench file is: one question, the figures that answer it, and how one round of them is taken. */
import type { Workshop } from './workshop.ts';

/** One row of the table. */
export interface Figure {
  readonly id: string;
  readonly asks: string;
  readonly unit: 'ratio' | 'steps/s' | 'GB' | 's' | 'ms' | 'KB' | '%' | 'processes' | 'results' | 'layouts' | 'SSIM';
  /** What must be reached; missing: told, not judged. */
  readonly reach?: { readonly atMost: number } | { readonly atLeast: number };
  /** What must hold always is judged by its worst round, not by the median. */
  readonly isWorst?: boolean;
}

/** Numbers of one round by name: every figure's id, and whatever explains it. */
export type Sample = Readonly<Record<string, number>>;

export interface Question {
  /** As `--only` takes it; the file is `<name>.bench.ts`. */
  readonly name: string;
  readonly figures: readonly Figure[];
  /** A sentence when this machine cannot answer, saying what would help. */
  unavailable?(): Promise<string | undefined>;
  sample(workshop: Workshop, round: number): Promise<Sample>;
}

/** A figure as it was measured. */
export interface Row extends Figure {
  readonly question: string;
  /** Median or worst of `samples`; missing when it could not be measured. */
  readonly value?: number;
  readonly isReached?: boolean;
  readonly samples: readonly number[];
  /** Medians of what explains the figure. */
  readonly details: Sample;
  readonly note?: string;
}

/** The rows of a question from its rounds. */
export function concludeRows(question: Question, samples: readonly Sample[], note?: string): Row[] {
  const ids = new Set(question.figures.map((figure) => figure.id));
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample)))].filter((name) => !ids.has(name));
  const details = Object.fromEntries(names.map((name) => [name, round(median(samples.flatMap((sample) => sample[name] ?? [])))]));
  return question.figures.map((figure) => {
    const own = samples.flatMap((sample) => sample[figure.id] ?? []);
    const row = { ...figure, question: question.name, samples: own.map(round), details, ...(note ? { note } : {}) };
    if (own.length === 0) return row;
    const value = round(figure.isWorst ? worst(own, figure.reach) : median(own));
    return { ...row, value, ...(figure.reach ? { isReached: reaches(value, figure.reach) } : {}) };
  });
}

function reaches(value: number, reach: NonNullable<Figure['reach']>): boolean {
  return 'atMost' in reach ? value <= reach.atMost : value >= reach.atLeast;
}

function worst(values: readonly number[], reach: Figure['reach']): number {
  return reach && 'atLeast' in reach ? Math.min(...values) : Math.max(...values);
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
