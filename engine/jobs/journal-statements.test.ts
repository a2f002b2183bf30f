import { afterAll, expect, test } from 'vitest';
import { openTestDb } from '../db/test-db.ts';
import { JOURNAL_SQL } from './journal-statements.ts';

const db = openTestDb();
afterAll(async () => await db.close());

/** With 100,000 finished steps a scan would be felt; a plan shows it whatever the machine does meanwhile. */
test.each(Object.entries(JOURNAL_SQL).filter(([, sql]) => !sql.startsWith('INSERT')))('%s finds its rows by key or index', (_, sql) => {
  const parameters: unknown[] = sql.includes('@') ? [{ runId: 'r', key: 'k', state: 'queued', isCacheHit: 0, error: null, endedMs: 0 }] : Array.from(sql.matchAll(/\?/g), () => 1);
  expectNoScan(sql, parameters);
});

test.each([
  ['runs with a cancel requested', "SELECT id FROM runs WHERE owner_id = 1 AND ended_ms IS NULL AND is_cancel_requested = 1"],
  ['runs of a dead owner', "UPDATE runs SET state = 'queued' WHERE owner_id = 1 AND ended_ms IS NULL"],
  ['steps of a run', 'SELECT * FROM run_steps JOIN steps ON steps.key = run_steps.step_key WHERE run_steps.run_id = 1 ORDER BY position'],
  ['events after the last one seen', 'SELECT * FROM run_events WHERE run_id = 1 AND id > 5 ORDER BY id LIMIT 10'],
  ['newest runs', 'SELECT * FROM runs ORDER BY created_ms DESC, id DESC LIMIT 10'],
  ['lane slots', "SELECT slot FROM lane_slots WHERE lane = 'cpu'"],
])('%s too', (_, sql) => expectNoScan(sql, []));

function expectNoScan(sql: string, parameters: unknown[]): void {
  const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  const scans = plan.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN') && !detail.includes('USING INDEX'));
  expect(scans, plan.map(({ detail }) => detail).join('\n')).toEqual([]);
}
