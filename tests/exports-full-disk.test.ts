/** Disks that fill up under an export: the one of the user's folder, and the one of the data. Nothing half-written, nobody else harmed, and once there is room it goes on. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import { getExportRow } from '#engine/exports/export-orders.ts';
import { canMount, mountSmallDisk } from '#engine/storage/testing/small-disk.ts';
import type { SmallDisk } from '#engine/storage/testing/small-disk.ts';
import { makeAdvert, sampleCan, scratchFolder, SHORT } from './adgen.ts';
import { endOfExport, openPlainStudio } from './plain-studio.ts';
import type { PlainStudio } from './plain-studio.ts';

const MINUTES = 60_000;

let scratch: Awaited<ReturnType<typeof scratchFolder>>;
let data: SmallDisk;
let target: SmallDisk;
let studio: PlainStudio;
let projectId: string;
let films: string;

const order = (change: Partial<ExportOrder> = {}): ExportOrder => ({ placementId: 'master', ratio: '1:1', rate: '30', encoder: 'libx264', ...change });

async function start(outDir: string, change: Partial<ExportOrder> = {}): Promise<string> {
  const { exportIds: [id = ''] } = await studio.client.exports.start({ projectId, orders: [order(change)], outDir });
  return id;
}

/** An end that could not be written is written a moment after there is room. */
async function hasRoom(id: string): Promise<void> {
  await vi.waitFor(() => expect(getExportRow(studio.engine.db, id).state).toBe('failed'), { timeout: MINUTES });
}

describe.runIf(canMount())('on a disk that is too small', () => {
  beforeAll(async () => {
    scratch = await scratchFolder('exports-full');
    films = join(scratch.path, 'films');
    await mkdir(films);
    data = mountSmallDisk(join(scratch.path, 'data'), '400m');
    target = mountSmallDisk(join(scratch.path, 'stick'), '300k');
    const run = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data.path, '--out', join(scratch.path, 'made')]);
    projectId = run.projectId ?? '';
    studio = await openPlainStudio(data.path);
  }, 5 * MINUTES);

  afterAll(async () => {
    await studio.engine.close();
    for (const disk of [data, target]) disk.unmount();
    await scratch.remove();
  });

  test('a full folder fails one export and none beside it, keeps nothing half-written, and is tried again', { timeout: 5 * MINUTES }, async () => {
    const [full, other] = [await start(target.path), await start(films)];
    expect(await endOfExport(studio.client, full)).toMatchObject({
      state: 'failed', path: null, file: null,
      error: { code: 'DISK_FULL', message: expect.stringMatching(new RegExp(`^The disk that holds ${target.path}.* is full \\(.* free\\)\\. Free some space, then try again: what is finished is kept\\.$`)) },
    });
    expect(await readdir(target.path)).toEqual([]);
    expect(await endOfExport(studio.client, other)).toMatchObject({ state: 'succeeded', path: join(films, 'Fizzo_master_1x1_30.mp4') });
    expect(await readdir(films)).toEqual(['Fizzo_master_1x1_30.mp4']);

    target.resize('40m');
    await studio.client.exports.retry({ exportId: full });
    expect(await endOfExport(studio.client, full)).toMatchObject({ state: 'succeeded', error: null, path: join(target.path, 'Fizzo_master_1x1_30.mp4') });
    expect(await readdir(target.path)).toEqual(['Fizzo_master_1x1_30.mp4']);
  });

  test.each([['25', 700], ['29.97', 0]] as const)('the data has no room for an export at %s: it ends with the cause, and goes on when there is room (%i KB were left)', { timeout: 5 * MINUTES }, async (rate, moreKb) => {
    const out = join(scratch.path, rate);
    await mkdir(out);
    const id = await start(out, { rate });
    data.resize(`${data.usedKb() + moreKb}k`);
    const ended = await endOfExport(studio.client, id);
    expect(ended).toMatchObject({ state: 'failed', path: null, error: { code: 'DISK_FULL', message: expect.stringMatching(/^The disk.* is full.*\. Free some space, then try again: what is finished is kept\.$/) } });
    expect(await readdir(out)).toEqual([]);
    data.resize('400m');
    await hasRoom(id);
    await studio.client.exports.retry({ exportId: id });
    expect(await endOfExport(studio.client, id)).toMatchObject({ state: 'succeeded', error: null });
    expect(await readdir(out)).toEqual([`Fizzo_master_1x1_${rate}.mp4`]);
    expect((await readdir(join(data.path, 'tmp'))).filter((each) => each !== 'children')).toEqual([]);
  });
});
