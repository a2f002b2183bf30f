import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { locateFfmpeg } from './locate-ffmpeg.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-locate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that prints what an ffmpeg of that kind would. */
async function fakeFfmpeg(name: string, version: string, encoders: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\necho "ffmpeg version ${version} Copyright" >&2\nprintf '${encoders}'\n`);
  await chmod(file, 0o755);
  return file;
}

describe('locating ffmpeg', () => {
  test('finds one that works, once', async () => {
    const found = await locateFfmpeg();
    expect(path.isAbsolute(found.path)).toBe(true);
    expect(found.version).toMatch(/\d/);
    expect(locateFfmpeg()).toBe(locateFfmpeg());
  });

  test('a setting that is not there is refused, and nothing else is tried', async () => {
    const lost = locateFfmpeg({ setting: path.join(folder, 'gone') });
    await expect(lost).rejects.toThrow(expect.objectContaining({ code: 'MISSING_TOOL', message: expect.stringContaining('ADGEN_FFMPEG') }));
  });

  test.runIf(process.platform !== 'win32')('a setting that is too old, or lacks an encoder, is told so', async () => {
    const both = ' V....D libx264 x\\n A....D aac x\\n';
    expect(await locateFfmpeg({ setting: await fakeFfmpeg('good', '6.1.1', both) })).toMatchObject({ version: '6.1.1', source: 'setting' });
    await expect(locateFfmpeg({ setting: await fakeFfmpeg('old', '4.2.7', both) })).rejects.toThrow('version 4.2.7, 4.4 or newer is needed');
    await expect(locateFfmpeg({ setting: await fakeFfmpeg('poor', '6.1.1', ' A....D aac x\\n') })).rejects.toThrow('built without libx264');
  });
});
