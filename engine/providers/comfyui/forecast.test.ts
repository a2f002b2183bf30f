import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDb } from '#engine/db/test-db.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { describeForecast, forecastOf } from './forecast.ts';
import { forecastSeconds, recordGeneration } from './generation-history.ts';
import { viewOf } from './testing/view-of.ts';

const KIND = { workflowHash: 'w', device: 'cuda:0 Test' };

describe('time', () => {
  let db: StudioDb;
  beforeEach(() => void (db = openTestDb()));
  afterEach(async () => await db.close());

  test('is unknown before the first job, then follows size', () => {
    expect(forecastSeconds(db, KIND, 10)).toBeUndefined();
    recordGeneration(db, KIND, { size: 2, seconds: 6 });
    expect(forecastSeconds(db, KIND, 10)).toBe(30);
  });

  test('is learned for each workflow on each device', () => {
    recordGeneration(db, { ...KIND, workflowHash: 'other' }, { size: 1, seconds: 100 });
    recordGeneration(db, { ...KIND, device: 'cpu' }, { size: 1, seconds: 1000 });
    expect(forecastSeconds(db, KIND, 1)).toBeUndefined();
    expect(forecastSeconds(db, { ...KIND, device: 'cpu' }, 1)).toBe(1000);
  });

  test('is the median of the latest jobs: an outlier says nothing, an old habit is forgotten', () => {
    for (let count = 0; count < 20; count++) recordGeneration(db, KIND, { size: 1, seconds: 50 });
    for (let count = 0; count < 14; count++) recordGeneration(db, KIND, { size: 1, seconds: 3 });
    recordGeneration(db, KIND, { size: 1, seconds: 900 }); // it loaded the model
    expect(forecastSeconds(db, KIND, 1)).toBe(3);
  });

  test('takes no time of nothing, and nothing in no time', () => {
    for (const made of [{ size: 0, seconds: 5 }, { size: 5, seconds: 0 }, { size: Number.NaN, seconds: 1 }]) recordGeneration(db, KIND, made);
    expect(forecastSeconds(db, KIND, 1)).toBeUndefined();
  });
});

describe('in words', () => {
  test.each([
    [{ needsGb: 8, hasGb: 12, fit: 'comfortable' }, 'Wan'],
    [{ needsGb: 8, hasGb: 12, fit: 'comfortable', seconds: 0.2 }, 'Wan: about 1 s'],
    [{ needsGb: 8, hasGb: 12, fit: 'comfortable', seconds: 89 }, 'Wan: about 89 s'],
    [{ needsGb: 8, hasGb: 12, fit: 'comfortable', seconds: 90 }, 'Wan: about 2 min'],
    [{ needsGb: 8, hasGb: 12, fit: 'comfortable', seconds: 5400 }, 'Wan: about 1.5 h'],
    [{ needsGb: 12, hasGb: 8, fit: 'offload', seconds: 60 }, 'Wan: about 60 s; wants 12 GB, this GPU has 8: slower, with weights in main memory'],
    [{ needsGb: 24, hasGb: 8, fit: 'too-big' }, 'Wan: wants 24 GB, this GPU has 8: it may not work at all'],
    [{ needsGb: 8, hasGb: 0, fit: 'offload' }, 'Wan: wants 8 GB, there is no GPU: slower, with weights in main memory'],
  ] as const)('%j', (forecast, text) => expect(describeForecast('Wan', forecast)).toBe(text));

  test('with the memory of the device and the workflow\'s need', async () => {
    const { workflows } = await viewOf();
    const manifest = workflows.find(({ workflow }) => workflow.manifest.id === 'wan22-5b-text')?.workflow.manifest;
    if (!manifest) throw new Error('it is one of ours');
    expect(forecastOf({ manifest, isReady: true, fit: 'offload' }, 8.3 * 2 ** 30, 7)).toEqual({ needsGb: 12, hasGb: 8, fit: 'offload', seconds: 7 });
    expect(forecastOf({ manifest, isReady: true, fit: 'offload' }, 0, undefined)).toEqual({ needsGb: 12, hasGb: 0, fit: 'offload' });
  });
});
