import type { Easing } from '../project/schema.ts';

/** Overshoot of `easeOutBack`; 1.70158 gives 10 % (R. Penner, "Programming Macromedia Flash MX", 2002, ch. 7). */
const BACK = 1.70158;

/**
 * Position on an easing curve, cubic like CSS's named curves in spirit.
 * @param t progress, clamped to 0..1
 * @returns 0 at t = 0, 1 at t = 1; `easeOutBack` exceeds 1 in between; `hold` stays 0 until the end.
 */
export function ease(curve: Easing, t: number): number {
  const u = Math.min(1, Math.max(0, t));
  switch (curve) {
    case 'linear':
      return u;
    case 'easeIn':
      return u * u * u;
    case 'easeOut':
      return 1 - (1 - u) ** 3;
    case 'easeInOut':
      return u < 0.5 ? 4 * u * u * u : 1 - (2 - 2 * u) ** 3 / 2;
    case 'easeOutBack':
      return 1 + (BACK + 1) * (u - 1) ** 3 + BACK * (u - 1) ** 2;
    case 'hold':
      return u < 1 ? 0 : 1;
  }
}

/** Straight line between two numbers. */
export function mix(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}
