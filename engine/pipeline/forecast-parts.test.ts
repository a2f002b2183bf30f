import { expect, test } from 'vitest';
import { ownSeconds, ratesOf, wallSeconds } from './forecast-parts.ts';
import type { AdvertSize, DoneStep } from './forecast-parts.ts';

const SIZE: AdvertSize = { ratios: ['9:16', '1:1', '16:9'], frames: 450, scenes: 4, photos: 1 };
const PLACES = { cpu: 1, io: 2 };
const steps = (kind: string, ...seconds: readonly number[]): DoneStep[] => seconds.map((value) => ({ kind, seconds: value, units: 1 }));

test('without history the weights of the steps stand in, with a wide margin', () => {
  const rates = ratesOf([]);
  const [low, high] = [ownSeconds(SIZE, rates, PLACES, 'from'), ownSeconds(SIZE, rates, PLACES, 'to')];
  expect(Object.values(rates).some((rate) => rate.isMeasured)).toBe(false);
  expect(wallSeconds(high, false, 4) / wallSeconds(low, false, 4)).toBeGreaterThan(2);
});

test('what was measured here replaces the weight of its kind, and only of that', () => {
  const rates = ratesOf([...steps('cutout', 9, 10, 11, 12), ...steps('plan', 3)]);
  expect(rates.cutout).toEqual({ from: 10, likely: 10.5, to: 12, isMeasured: true });
  expect(rates.plan.isMeasured).toBe(false); // one is an accident
});

test('a step that says nothing about its size teaches nothing', () => {
  expect(ratesOf([{ kind: 'segment', seconds: 4, units: 0 }, { kind: 'segment', seconds: 5, units: 0 }]).segment.isMeasured).toBe(false);
});

test('more of anything never takes less time; more places never more', () => {
  const rates = ratesOf([]);
  const total = (change: Partial<AdvertSize>, places = PLACES): number => wallSeconds(ownSeconds({ ...SIZE, ...change }, rates, places, 'likely'), false, change.scenes ?? SIZE.scenes);
  expect(total({ frames: 900 })).toBeGreaterThan(total({}));
  expect(total({ photos: 5 })).toBeGreaterThan(total({}));
  expect(total({ scenes: 8 })).toBeGreaterThanOrEqual(total({}));
  expect(total({ ratios: ['1:1'] })).toBeLessThan(total({}));
  expect(total({}, { cpu: 7, io: 2 })).toBeLessThan(total({}));
});

test('films are drawn while slow pictures are generated: the longer of both counts', () => {
  const parts = { cutout: 5, plan: 1, backdrop: 300, music: 20, render: 40 };
  expect(wallSeconds(parts, true, 4)).toBe(5 + 1 + 10 + 320);
});
