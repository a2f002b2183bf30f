import { describe, expect, it } from 'vitest';
import { nudgedBox } from './nudged-box.ts';

const box = { x: 100, y: 200, width: 100, height: 300, rotationDeg: 0 };
const plain = { isAlt: false, isShift: false, canTurn: true };

describe('arrow keys on the canvas', () => {
  it('move by one pixel, with shift by ten', () => {
    expect(nudgedBox(box, 'ArrowLeft', plain)).toEqual({ ...box, x: 99 });
    expect(nudgedBox(box, 'ArrowDown', { ...plain, isShift: true })).toEqual({ ...box, y: 210 });
  });
  it('with alt turn a product, and scale it from its base up', () => {
    expect(nudgedBox(box, 'ArrowRight', { ...plain, isAlt: true })?.rotationDeg).toBe(1);
    const grown = nudgedBox(box, 'ArrowUp', { ...plain, isAlt: true });
    expect(grown?.height).toBeCloseTo(303);
    expect((grown?.y ?? 0) + (grown?.height ?? 0)).toBeCloseTo(500);
  });
  it('with alt scale words about their middle and do not turn them', () => {
    const words = { isAlt: true, isShift: true, canTurn: false };
    expect(nudgedBox(box, 'ArrowRight', words)).toBeUndefined();
    const grown = nudgedBox(box, 'ArrowUp', words);
    expect((grown?.y ?? 0) + (grown?.height ?? 0) / 2).toBeCloseTo(350);
  });
  it('are the only keys that mean something', () => {
    expect(nudgedBox(box, 'a', plain)).toBeUndefined();
  });
});
