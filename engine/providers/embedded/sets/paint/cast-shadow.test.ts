import { expect, test } from 'vitest';
import { createStage } from '../stage.ts';
import { testRequest } from '../testing/requests.ts';
import { createCastShadow } from './cast-shadow.ts';

const body = { x: 0.5, y: 0.8, radius: 0.1, height: 0.2 };

test.each([[0, -1], [180, 1]])('light from azimuth %i darkens the floor on the far side', (azimuthDeg, side) => {
  const shadow = createCastShadow(createStage(testRequest({ set: 'podium', light: { azimuthDeg, elevationDeg: 40 } })), body);
  expect(shadow(body.x + side * 0.2, body.y)).toBeLessThan(0.75);
  expect(shadow(body.x - side * 0.2, body.y)).toBeGreaterThan(0.9);
});

test('a low light throws a longer shadow than a high one', () => {
  const at = (elevationDeg: number): number => createCastShadow(createStage(testRequest({ set: 'podium', light: { azimuthDeg: 180, elevationDeg } })), body)(body.x + 0.32, body.y);
  expect(at(25)).toBeLessThan(at(75) - 0.2);
});
