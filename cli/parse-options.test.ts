import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDurationFrames, parseRatios, parseSceneCount, parseSeed } from './parse-options.ts';

describe('options of the command line', () => {
  it('puts ratios in delivery order, each once', () => {
    expect(parseRatios('16:9, 9:16,16:9')).toEqual(['9:16', '16:9']);
    expect(() => parseRatios('4:5')).toThrow('--ratios takes 9:16, 1:1, 16:9');
    expect(() => parseRatios(' ,')).toThrow('--ratios');
  });

  it('turns seconds into whole frames', () => {
    expect(parseDurationFrames('15')).toBe(450);
    expect(parseDurationFrames('4.5')).toBe(135);
  });

  it.each(['-5', '0', '3.9', '36000', 'NaN', 'Infinity', '1e2', '0x10', '', ' ', '15s'])('refuses a duration of "%s"', (text) => {
    expect(() => parseDurationFrames(text)).toThrow('--duration takes seconds from 4 to 600');
  });

  it.each(['0', '2', '9', '3.5', 'x'])('refuses %s scenes', (text) => {
    expect(() => parseSceneCount(text)).toThrow('--scenes takes a whole number from 3 to 8');
  });

  it('takes every 32-bit seed and nothing else', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => parseSeed(String(seed)) === seed));
    for (const text of ['-1', '4294967296', '1.5', 'seed']) expect(() => parseSeed(text)).toThrow('--seed');
  });
});
