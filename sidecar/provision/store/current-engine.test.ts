import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CurrentEngine } from '../types.ts';
import { changeChoice, choosing, readChoice, without } from './current-engine.ts';
import { storePaths } from './store-paths.ts';

const A: CurrentEngine = { kind: 'managed', engineId: 'a' };
const B: CurrentEngine = { kind: 'managed', engineId: 'b' };
const URL: CurrentEngine = { kind: 'external', url: 'http://127.0.0.1:8188' };

describe('the choice', () => {
  test.each([
    ['the first', {}, A, { current: A }],
    ['another', { current: A }, B, { current: B, previous: A }],
    ['the same again', { current: B, previous: A }, { engineId: 'b', kind: 'managed' }, { current: B, previous: A }],
    ['the one before', { current: B, previous: A }, A, { current: A, previous: B }],
    ['a server', { current: B, previous: A }, URL, { current: URL, previous: B }],
  ] as const)('of %s', (_, before, engine, after) => {
    expect(choosing(engine)(before)).toEqual(after);
  });

  test.each([
    ['in use', { current: B, previous: A }, 'b', { current: A }],
    ['before', { current: B, previous: A }, 'a', { current: B }],
    ['of no concern', { current: B, previous: URL }, 'a', { current: B, previous: URL }],
    ['the only one', { current: A }, 'a', {}],
  ] as const)('when the engine that goes is the one %s', (_, before, id, after) => {
    expect(without(id)(before)).toEqual(after);
  });
});

describe('on disk', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'adgen-current-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('many changes at once are made one after the other, and none is lost', async () => {
    const paths = storePaths(folder);
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(ids.map((engineId) => changeChoice(paths, choosing({ kind: 'managed', engineId }))));
    const { current, previous } = await readChoice(paths);
    expect(ids).toEqual(expect.arrayContaining([current, previous].map((engine) => engine?.kind === 'managed' && engine.engineId)));
    expect(current).not.toEqual(previous);
    expect(await readdir(folder)).toEqual(['current.json']);
  });

  test.each(['', '{"current":', '{"current":{"kind":"managed","engineId":"../../etc"}}', '[]'])('a damaged one (%s) is none', async (text) => {
    const paths = storePaths(folder);
    await writeFile(paths.current, text);
    expect(await readChoice(paths)).toEqual({});
    await changeChoice(paths, choosing(A));
    expect(await readChoice(paths)).toEqual({ current: A });
  });
});
