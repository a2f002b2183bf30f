import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { studioSettingsSchema } from '#core/contract/settings.ts';
import { openStudioDb } from '#engine/db/open.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { planEndpointOf } from './apply-settings.ts';
import { checkChange } from './check-change.ts';
import { readStudioSettings, writeStudioSettings } from './studio-settings.ts';

let folder: string;
let db: StudioDb;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-settings-'));
  db = openStudioDb(folder);
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

describe('settings in the database', () => {
  test('begin as their defaults; a change leaves the others as they are, also at the next start', async () => {
    expect(readStudioSettings(db)).toEqual(studioSettingsSchema.parse({}));
    writeStudioSettings(db, { appearance: 'dark', keepRunsDays: 7 });
    writeStudioSettings(db, { language: 'de', exportDir: undefined });
    await db.close();
    db = openStudioDb(folder);
    expect(readStudioSettings(db)).toEqual({ ...studioSettingsSchema.parse({}), appearance: 'dark', keepRunsDays: 7, language: 'de' });
  });

  test('a row that cannot be read falls back alone', () => {
    writeStudioSettings(db, { appearance: 'light', keepRunsDays: 9 });
    db.prepare<[string, string]>('UPDATE settings SET value = ? WHERE key = ?').run('{broken', 'studio.appearance');
    db.prepare<[string, string, number]>('INSERT INTO settings (key, value, updated_ms) VALUES (?, ?, ?)').run('studio.notifies', '"perhaps"', 1);
    db.prepare<[string, string, number]>('INSERT INTO settings (key, value, updated_ms) VALUES (?, ?, ?)').run('studio.ofTheFuture', '1', 1);
    expect(readStudioSettings(db)).toEqual({ ...studioSettingsSchema.parse({}), keepRunsDays: 9 });
  });
});

describe('a change', () => {
  test('is tidied', async () => {
    expect(await checkChange({ planUrl: ' http://127.0.0.1:11434/v1/?key=1#x ', planModel: ' llama ', exportDir: '' })).toEqual({ planUrl: 'http://127.0.0.1:11434/v1', planModel: 'llama', exportDir: '' });
    expect(await checkChange({ exportDir: folder, appearance: 'dark' })).toEqual({ exportDir: folder, appearance: 'dark' });
  });

  test.each([
    [{ planUrl: 'ftp://x/v1' }, 'is written like'], [{ planUrl: 'nonsense' }, 'is written like'], [{ planUrl: 'https://me:secret@x.com/v1' }, 'Leave user name and password out'],
    [{ planUrl: 'http://192.168.1.5/v1' }, 'over https only'], [{ exportDir: 'films' }, 'is not a whole path'], [{ ffmpegPath: 'ffmpeg' }, 'is not a whole path'], [{ ffmpegPath: '/bin/sh' }, 'does not run as ffmpeg'],
  ])('%j is refused: %s', async (change, words) => {
    const error = await checkChange(change).catch((problem: unknown) => problem);
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(words) });
    expect((error as Error).message).not.toContain('secret');
  });

  test('of a folder that is a file is refused', async () => {
    await expect(checkChange({ exportDir: join(folder, 'studio.db') })).rejects.toMatchObject({ message: expect.stringContaining('studio.db') });
  });
});

test.each([
  [{ planUrl: '', planModel: '' }, undefined, undefined, undefined],
  [{ planUrl: '', planModel: '' }, undefined, 'sk-1', { model: 'gpt-4o-mini', apiKey: 'sk-1' }],
  [{ planUrl: 'http://127.0.0.1:1/v1', planModel: '' }, undefined, undefined, { model: 'gpt-4o-mini', baseUrl: 'http://127.0.0.1:1/v1' }],
  [{ planUrl: 'http://127.0.0.1:1/v1', planModel: 'mine' }, { model: 'theirs', baseUrl: 'https://a/v1', apiKey: 'env', timeoutMs: 5 }, 'entered', { model: 'mine', baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'entered', timeoutMs: 5 }],
  [{ planUrl: '', planModel: '' }, { model: 'theirs', baseUrl: 'https://a/v1' }, undefined, { model: 'theirs', baseUrl: 'https://a/v1' }],
])('the planning endpoint of %j, environment %j, key %j', (studio, environment, key, endpoint) => expect(planEndpointOf(studio, environment, key)).toEqual(endpoint));
