import { expect, test } from 'vitest';
import { createStage } from '../stage.ts';
import { testRequest } from '../testing/requests.ts';
import { clearOfWords } from './clear-of-words.ts';

const product = { x: 0.7, y: 0.9, height: 0.76, width: 0.2, cameraElevationDeg: 12 };

test('moves a sun away from words that stand beside the product', () => {
  const stage = createStage(testRequest({ set: 'podium', ratio: '16:9', product }));
  expect(stage.words?.side).toBe('left');
  const disc = clearOfWords(stage, { x: stage.product.x, y: 0.4, radius: 0.5 });
  expect(disc.x).toBeGreaterThan(stage.product.x);
  expect(disc.x - disc.radius).toBeGreaterThanOrEqual(stage.words!.right - 1e-9);
});

test('lowers a sun under words that stand above the product', () => {
  const stage = createStage(testRequest({ set: 'podium', ratio: '9:16', product: { ...product, x: 0.5, height: 0.46, width: 0.4 } }));
  expect(stage.words?.side).toBe('above');
  const disc = clearOfWords(stage, { x: stage.product.x, y: 0.4, radius: 0.3 });
  expect(disc.y - disc.radius).toBeGreaterThanOrEqual(stage.words!.bottom);
});

test('leaves a sun alone where no words stand', () => {
  const disc = { x: 0.5, y: 0.4, radius: 0.4 };
  expect(clearOfWords(createStage(testRequest({ set: 'podium', ratio: '1:1', product: undefined })), disc)).toBe(disc);
});
