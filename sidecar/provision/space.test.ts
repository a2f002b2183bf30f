import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provisionReasonOf } from './failures.ts';
import { makeFolder } from './make-folder.ts';
import { forecastSpace, formatBytes, isSameVolume, RESERVE_BYTES, requireSpace, toDiskError } from './space.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'space-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('the forecast', () => {
  test('adds up what goes to one volume, also for folders that are not there yet, with margin and reserve', async () => {
    const forecast = await forecastSpace([{ path: join(folder, 'a', 'b'), bytes: 1000 }, { path: folder, bytes: 2000 }]);
    expect(forecast).toMatchObject([{ path: join(folder, 'a', 'b'), needBytes: 3300 + RESERVE_BYTES }]);
  });

  test('says what is free for this user', async () => {
    const { bavail, bsize, blocks } = await statfs(folder);
    const [volume] = await forecastSpace([{ path: folder, bytes: blocks * bsize }]);
    expect(volume?.isEnough).toBe(false);
    expect(volume?.freeBytes).toBeLessThanOrEqual(blocks * bsize);
    expect(volume?.freeBytes).toBeGreaterThan((bavail * bsize) / 2);
  });

  test('what needs nothing is always possible', async () => {
    await requireSpace([{ path: folder, bytes: 0 }], { reserveBytes: 1e18 });
  });

  test('too little is an error with need, free and folder', async () => {
    const error: unknown = await requireSpace([{ path: folder, bytes: 1e15 }], { reserveBytes: 0 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/^1100\.0 TB are needed for .*space-.* and [\d.]+ .B are free there\. Make room/) as string });
  });
});

test.each([[0, '0 bytes'], [999, '999 bytes'], [1000, '1.0 kB'], [1_550_000, '1.6 MB'], [9_999_658_848, '10.0 GB'], [3e15, '3000.0 TB']])('%i bytes are written %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('volumes: a folder and one below it that is not there share theirs', async () => {
  expect(await isSameVolume(folder, join(folder, 'not', 'there'))).toBe(true);
});

test.each([['ENOSPC', 'DISK_FULL'], ['EDQUOT', 'DISK_FULL'], ['EROFS', 'DISK_READ_ONLY'], ['EACCES', 'DISK_READ_ONLY'], ['ENAMETOOLONG', 'DISK_PATH']])('%s is told as %s', (code, reason) => {
  const error = toDiskError(Object.assign(new Error(code), { code }), '/models');
  expect(provisionReasonOf(error)).toBe(reason);
  expect((error as Error).message).toContain('/models');
});

test('an error of another kind comes back as it is', () => {
  const error = Object.assign(new Error('?'), { code: 'EIO' });
  expect(toDiskError(error, '/models')).toBe(error);
});

describe('folders', () => {
  test('are made with their parents, and found again', async () => {
    const deep = join(folder, 'with spaces', 'ünïcode 模型', 'c');
    await makeFolder(deep);
    await makeFolder(deep);
    expect((await forecastSpace([{ path: deep, bytes: 1 }]))[0]?.isEnough).toBe(true);
  });

  test('a file in the way is named', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ data: { reason: 'DISK_PATH' } });
    await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toMatchObject({ data: { reason: 'DISK_PATH' } });
  });

  test.runIf(process.platform === 'linux')('where nothing can be made: said at once', async () => {
    await expect(makeFolder('/proc/adgen/models')).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});
