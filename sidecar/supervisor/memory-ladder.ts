/**
 * How an engine is started when memory did not suffice, one rung at a time. `--lowvram` is not among them: since dynamic VRAM it
 * does nothing. Rungs are kept for the session; a machine does not gain memory by trying again.
 */
import type { History } from './states.ts';

export interface Rung {
  readonly flags: readonly string[];
  /** What the user reads when this rung is stepped on. */
  readonly label: string;
}

/** Not enough GPU memory. On the last rung jobs also decode in tiles, see `usesTiledVae`. */
export const VRAM_LADDER: readonly Rung[] = [
  { flags: [], label: 'normal' },
  { flags: ['--vram-headroom', '1'], label: 'with 1 GB of GPU memory kept free' },
  { flags: ['--disable-dynamic-vram'], label: 'with fixed GPU memory' },
  { flags: ['--novram'], label: 'with models in main memory, which is slower' },
];

/** Not enough main memory: the process was ended by the system while it loaded. */
export const RAM_LADDER: readonly Rung[] = [
  { flags: [], label: 'normal' },
  { flags: ['--cache-none'], label: 'without keeping results in memory' },
  { flags: ['--cache-none', '--disable-pinned-memory'], label: 'with as little main memory as it can' },
];

export function memoryFlags({ vramRung, ramRung }: Pick<History, 'vramRung' | 'ramRung'>): string[] {
  return [...(VRAM_LADDER[vramRung]?.flags ?? []), ...(RAM_LADDER[ramRung]?.flags ?? [])];
}

export const usesTiledVae = ({ vramRung }: Pick<History, 'vramRung'>): boolean => vramRung === VRAM_LADDER.length - 1;

/** The next rung down, or undefined on the last one. */
export const below = (ladder: readonly Rung[], rung: number): number | undefined => (rung + 1 < ladder.length ? rung + 1 : undefined);
