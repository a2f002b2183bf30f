/** A disk that fills up in the middle ends the run with its cause; what is finished is kept, and goes on once there is space. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import { canMount, mountSmallDisk } from '#engine/storage/testing/small-disk.ts';
import type { SmallDisk } from '#engine/storage/testing/small-disk.ts';
import { adgen, makeAdvert, root, sampleCan, scratchFolder, SHORT } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const at = (name: string): string => join(folder.path, name);
const disks: SmallDisk[] = [];

const mount = (path: string, size: string): SmallDisk => {
  const disk = mountSmallDisk(path, size);
  disks.push(disk);
  return disk;
};

beforeAll(async () => {
  folder = await scratchFolder('full-disk');
});
afterAll(async () => {
  for (const disk of disks) disk.unmount();
  await folder.remove();
});

function expectFull({ exitCode, stderr }: { exitCode?: number; stderr: string }): void {
  expect(stderr.split('\n').at(-1)).toMatch(/^Error: The disk .*full.*(Free some space|free some space).*kept\.$/);
  expect(exitCode).toBe(1);
}

describe.runIf(canMount())('on a disk that is too small', () => {
  it('fails with the cause, keeps what is finished, and goes on when there is space', async () => {
    const data = at('data');
    const disk = mount(data, '200m');
    const probe = await makeAdvert(['--product', sampleCan, ...SHORT, '--data', data, '--out', at('first')]);
    expect(probe.state).toBe('succeeded');
    const used = disk.usedKb();
    let failures = 0;
    for (const moreKb of [150, 700, 1500]) {
      disk.resize(`${used + moreKb}k`);
      const full = await adgen(failures === 0 ? ['make', '--json', '--product', sampleCan, ...SHORT, '--seed', '2', '--data', data, '--out', at('second')] : ['resume', '--latest', '--json', '--data', data]);
      expectFull(full);
      expect(JSON.parse(full.stdout)).toMatchObject({ format: 'adgen-run/1' });
      failures += 1;
      expect((await readdir(join(data, 'tmp'))).filter((name) => name !== 'children')).toEqual([]);
    }
    disk.resize('400m');
    const { exitCode, stdout, stderr } = await adgen(['resume', '--latest', '--json', '--data', data]);
    expect(exitCode, stderr).toBe(0);
    const run = JSON.parse(stdout) as RunDocument;
    expect(run.state).toBe('succeeded');
    expect(run.steps.find(({ kind }) => kind === 'cutout')).toMatchObject({ isCacheHit: true });
    expect(existsSync(at('second/final_1x1.mp4'))).toBe(true);
  }, 300_000);

  it('leaves no half-written file in a full folder for the results, and delivers elsewhere', async () => {
    const small = at('small');
    mount(small, '300k');
    const again = (out: string) => adgen(['make', '--product', sampleCan, ...SHORT, '--data', at('data'), '--out', out]);
    expectFull(await again(small));
    for (const name of await readdir(small)) expect(name).not.toMatch(/part$|^\./);
    const resumed = await adgen(['resume', '--latest', '--data', at('data'), '--out', at('third')]);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect((await readdir(at('third'))).sort()).toEqual((await readdir(at('first'))).sort());
  }, 120_000);
});

it('tells a limit on the size of files like a full disk', async () => {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', join(root, 'cli', 'main.ts'), 'cutout', sampleCan, '--data', at('limited'), '--out', at('cut')];
  const { exitCode, stdout, stderr } = await execa('sh', ['-c', 'ulimit -f 100; exec "$@"', 'sh', ...command], { reject: false, stdin: 'ignore' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^Error: The disk that holds .* is full/m);
  expect((await readdir(at('cut')).catch(() => [])).filter((name) => name.includes('part'))).toEqual([]);
}, 60_000);
