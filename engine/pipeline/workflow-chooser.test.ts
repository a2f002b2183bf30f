import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StudioDb } from '#engine/db/open.ts';
import { steps } from '#engine/db/schema.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import { createWorkflowChooser } from './workflow-chooser.ts';

let db: StudioDb;
const asked: string[][] = [];
beforeEach(() => {
  db = openTestDb();
  asked.length = 0;
});
afterEach(async () => await db.close());

/** A server with these workflows, best first. */
const serverWith = (...ids: string[]) => ({
  choose: async (_: string, wanted: readonly string[]): Promise<GenerationChoice> => {
    asked.push([...wanted]);
    const id = wanted[0] ?? ids[0];
    return id !== undefined && ids.includes(id) ? { id, hash: `#${id}` } : { unavailable: 'No.' };
  },
});
const run = (comfy: ReturnType<typeof serverWith>, wanted: string[] = []) => {
  const generated: (readonly string[])[] = [];
  return { generated, choose: createWorkflowChooser({ comfy, db, wanted, signal: new AbortController().signal, onGenerated: (capabilities) => generated.push(capabilities) }) };
};
const keyOf = (scene: string) => (choice: GenerationChoice): string => `${scene} ${'id' in choice ? choice.hash : 'none'}`;
const finish = (key: string): void => void db.orm.insert(steps).values({ key, kind: 'backdrop', state: 'succeeded', createdMs: 0 }).run();

test('a server is asked once per capability and run, and its choice is told', async () => {
  const { choose, generated } = run(serverWith('a'));
  const choices = await Promise.all([choose('backdrop', keyOf('1')), choose('backdrop', keyOf('2')), choose('music', keyOf('m'))]);
  expect(choices).toEqual([{ id: 'a', hash: '#a' }, { id: 'a', hash: '#a' }, { id: 'a', hash: '#a' }]);
  expect(asked).toEqual([[], []]);
  expect(generated.at(-1)).toEqual(['backdrop', 'music']);
});

test('what an earlier run made asks nobody, even when there is something better now', async () => {
  await run(serverWith('a')).choose('backdrop', keyOf('1'));
  finish('1 #a');
  asked.length = 0;
  expect(await run(serverWith('better', 'a')).choose('backdrop', keyOf('1'))).toEqual({ id: 'a', hash: '#a' });
  expect(asked).toEqual([]);
});

test('a new scene matches those that stay, if the server still can; else it takes what there is', async () => {
  await run(serverWith('a')).choose('backdrop', keyOf('1'));
  finish('1 #a');
  asked.length = 0;
  const same = run(serverWith('better', 'a'));
  await same.choose('backdrop', keyOf('1'));
  expect(await same.choose('backdrop', keyOf('2'))).toEqual({ id: 'a', hash: '#a' });
  const gone = run(serverWith('better'));
  await gone.choose('backdrop', keyOf('1'));
  expect(await gone.choose('backdrop', keyOf('2'))).toEqual({ id: 'better', hash: '#better' });
});

test('the user\'s wish goes before what stays; why nothing can do it is handed on and not remembered', async () => {
  await run(serverWith('a')).choose('backdrop', keyOf('1'));
  finish('1 #a');
  const wish = run(serverWith('a', 'b'), ['b']);
  await wish.choose('backdrop', keyOf('1'));
  expect(await wish.choose('backdrop', keyOf('2'))).toEqual({ id: 'b', hash: '#b' });
  expect(await run(serverWith()).choose('backdrop', keyOf('3'))).toEqual({ unavailable: 'No.' });
  finish('3 none');
  asked.length = 0;
  await run(serverWith('a')).choose('backdrop', keyOf('3'));
  expect(asked).toEqual([[]]);
});
