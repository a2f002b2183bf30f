/** Reads option values of the command line; every mistake is a sentence that names the option and what it takes. */
import { AdgenError } from '#core/contract/errors.ts';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** Shortest and longest advert, seconds. */
const DURATION_SECONDS = { min: 4, max: 600 } as const;
const SCENE_COUNT = { min: 3, max: 8 } as const;

/** `9:16,1:1` → ratios in delivery order, each once. */
export function parseRatios(text: string): Ratio[] {
  const wanted = text.split(',').map((part) => part.trim()).filter(Boolean);
  const unknown = wanted.filter((part) => !(RATIOS as readonly string[]).includes(part));
  if (wanted.length === 0 || unknown.length > 0) throw usage(`--ratios takes ${RATIOS.join(', ')} separated by commas, not "${text}".`);
  return RATIOS.filter((ratio) => wanted.includes(ratio));
}

/** Seconds → whole frames at 30 per second. */
export function parseDurationFrames(text: string): number {
  const seconds = strictNumber(text);
  if (!(seconds >= DURATION_SECONDS.min && seconds <= DURATION_SECONDS.max)) {
    throw usage(`--duration takes seconds from ${DURATION_SECONDS.min} to ${DURATION_SECONDS.max}, not "${text}".`);
  }
  return Math.round(seconds * 30);
}

export function parseSceneCount(text: string): number {
  const count = strictNumber(text);
  if (!Number.isInteger(count) || count < SCENE_COUNT.min || count > SCENE_COUNT.max) throw usage(`--scenes takes a whole number from ${SCENE_COUNT.min} to ${SCENE_COUNT.max}, not "${text}".`);
  return count;
}

export function parseSeed(text: string): number {
  const seed = strictNumber(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw usage(`--seed takes a whole number from 0 to 4294967295, not "${text}".`);
  return seed;
}

/** Plain decimal notation only: no "1e3", "0x10", "Infinity" or empty text. */
function strictNumber(text: string): number {
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** A usage error. */
export function usage(message: string): AdgenError {
  return new AdgenError('BAD_INPUT', message);
}
