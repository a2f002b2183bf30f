import { describe, expect, it } from 'vitest';
import { formatNumber, readNumber } from './read-number.ts';

describe('typed numbers', () => {
  it('are read with comma, point, sign and unit', () => {
    expect(['12', '1,5', '1.5', '-3', '−3', '.5', ' 40 % ', '12px', '90°'].map((text) => readNumber(text, -100, 100))).toEqual([12, 1.5, 1.5, -3, -3, 0.5, 40, 12, 90]);
  });
  it('stay within limits', () => {
    expect(readNumber('900', 0, 100)).toBe(100);
    expect(readNumber('-900', 0, 100)).toBe(0);
  });
  it('are nothing when they are none', () => {
    for (const text of ['', 'abc', '1e3', '1.2.3', '--1', '.']) expect(readNumber(text, 0, 100)).toBeUndefined();
  });
  it('are written without empty digits', () => {
    expect([formatNumber(1.5, 1), formatNumber(2, 1), formatNumber(-0.01, 1), formatNumber(540.04, 0)]).toEqual(['1.5', '2', '0', '540']);
  });
});
