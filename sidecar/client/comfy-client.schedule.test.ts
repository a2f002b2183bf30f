import { expect, test } from 'vitest';
import { runFaultSchedules } from './testing/fault-schedule.ts';

/** A longer run of the same: `FAULT_SCHEDULES=500`. */
const SCHEDULES = Number(process.env['FAULT_SCHEDULES'] ?? 60);

test(`${SCHEDULES} random fault schedules: no result is lost, none comes twice, none is another's`, async () => {
  expect(await runFaultSchedules(Array.from({ length: SCHEDULES }, (_, seed) => seed + 1))).toEqual([]);
}, 60_000 + SCHEDULES * 2000);
