import { expect, it } from 'vitest';
import { RATIOS } from '#core/project/ratio.ts';
import { fitZoom } from './fit-zoom.ts';

it('canvases are as large as there is room, and never nothing', () => {
  expect(fitZoom(['16:9'], { width: 1920 + 32, height: 4000 })).toBe(1);
  expect(fitZoom(['9:16'], { width: 4000, height: 960 + 32 })).toBe(0.5);
  expect(fitZoom([...RATIOS], { width: 4080 / 4 + 32 + 48, height: 4000 })).toBe(0.25);
  expect(fitZoom(['1:1'], { width: 0, height: 0 })).toBeGreaterThan(0);
});
