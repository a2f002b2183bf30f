import { afterAll, expect, test } from 'vitest';
import { settings } from '#engine/db/schema.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { recallChoices, rememberChoice } from './remembered-choices.ts';

const db = openTestDb();
afterAll(async () => await db.close());

const choice = (number: number) => ({ id: `workflow-${number}`, hash: String(number) });

test('the newest comes first, each once, no more than eight, and capabilities apart', () => {
  expect(recallChoices(db, 'music')).toEqual([]);
  for (let number = 1; number <= 10; number++) rememberChoice(db, 'backdrop', choice(number));
  rememberChoice(db, 'backdrop', choice(9));
  expect(recallChoices(db, 'backdrop').map(({ hash }) => hash)).toEqual(['9', '10', '8', '7', '6', '5', '4', '3']);
  expect(recallChoices(db, 'music')).toEqual([]);
});

test('what another version has left there is no choice', () => {
  db.orm.insert(settings).values({ key: 'chosen workflows/cutout', value: { not: 'a list' }, updatedMs: 1 }).run();
  expect(recallChoices(db, 'cutout')).toEqual([]);
  rememberChoice(db, 'cutout', choice(1));
  expect(recallChoices(db, 'cutout')).toEqual([choice(1)]);
});
