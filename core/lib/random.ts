/**
 * Seeded randomness, the same on every machine. sfc32 (Chris Doty-Humphrey, PractRand; public domain) fed by a
 * splitmix-style string hash.
 */

/** A stream of numbers in [0, 1). */
export interface Random {
  next(): number;
  /** Whole number in [0, n). */
  below(n: number): number;
  /** In [from, to). */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** An independent stream, named so that adding one does not disturb the others. */
  fork(name: string): Random;
}

/** A stream that depends on `seed` and `name` only. */
export function createRandom(seed: number, name = ''): Random {
  let [a, b, c, d] = mixSeed(seed, name);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return {
    next,
    below: (n) => Math.floor(next() * n),
    between: (from, to) => from + next() * (to - from),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick: no items');
      return item;
    },
    fork: (child) => createRandom(seed, `${name}/${child}`),
  };
}

function mixSeed(seed: number, name: string): [number, number, number, number] {
  let h = (seed ^ 0x9e3779b9) | 0;
  const out: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h = (h ^ (h >>> 16) ^ round) | 0;
    out.push(h);
  }
  return out as [number, number, number, number];
}
