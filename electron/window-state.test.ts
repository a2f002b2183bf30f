import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitToScreens, readWindowState, writeWindowState } from './window-state.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -2560, y: 0, width: 2560, height: 1440 };

test('a window on a screen that is there stays where it is', () => {
  const bounds = { x: -2000, y: 100, width: 1200, height: 800 };
  expect(fitToScreens(bounds, [main, left])).toEqual(bounds);
});

test('one on a screen that is gone comes to the middle of the main one', () => {
  expect(fitToScreens({ x: -2000, y: 100, width: 1200, height: 800 }, [main])).toEqual({ x: 360, y: 153, width: 1200, height: 800 });
});

test('the first one stands in the middle, no larger than the screen', () => {
  expect(fitToScreens(undefined, [main])).toEqual({ x: 240, y: 103, width: 1440, height: 900 });
  expect(fitToScreens(undefined, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({ x: 0, y: 0, width: 800, height: 600 });
});

test('wherever it was, its title bar can be reached', () => {
  const number = fc.integer({ min: -9000, max: 9000 });
  const size = fc.integer({ min: 1, max: 9000 });
  fc.assert(fc.property(number, number, size, size, fc.boolean(), (x, y, width, height, hasTwo) => {
    const screens = hasTwo ? [main, left] : [main];
    const fitted = fitToScreens({ x, y, width, height }, screens);
    const isReachable = screens.some((screen) => fitted.y >= screen.y && fitted.y <= screen.y + screen.height - 80 && fitted.x + fitted.width >= screen.x + 80 && fitted.x <= screen.x + screen.width - 80);
    expect(isReachable).toBe(true);
  }));
});

test('it is kept over starts; a damaged file is as good as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adgen-window-'));
  const path = join(folder, 'shell', 'window.json');
  try {
    expect(readWindowState(path)).toEqual({ isMaximized: false });
    const state = { bounds: { x: 1, y: 2, width: 1000, height: 700 }, isMaximized: true, isDark: false };
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
    for (const broken of ['', '{', '[]', '{"isMaximized":"yes"}', '{"isMaximized":true,"bounds":{"x":1e9,"y":0,"width":1,"height":1}}']) {
      writeFileSync(path, broken);
      expect(readWindowState(path)).toEqual({ isMaximized: false });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
