import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasFfmpegCandidate, locateFfmpeg } from './locate-ffmpeg.ts';
import { staticFfmpegPath } from './static-ffmpeg-path.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-locate-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A download of ffmpeg-static counts as well, where there is one. */
const hasStatic = existsSync(staticFfmpegPath() ?? '');

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

  test.runIf(process.platform !== 'win32')('knows whether there is anything to try, without running it', async () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('ADGEN_FFMPEG', '');
    await writeFile(path.join(folder, 'ffmpeg'), '#!/bin/sh\ntouch "$0.ran"\n');
    const before = await hasFfmpegCandidate();
    await chmod(path.join(folder, 'ffmpeg'), 0o755);
    expect([before, await hasFfmpegCandidate()]).toEqual([hasStatic, true]);
    vi.stubEnv('PATH', '');
    expect(await hasFfmpegCandidate()).toBe(hasStatic);
    vi.stubEnv('ADGEN_FFMPEG', '/somewhere/ffmpeg');
    expect(await hasFfmpegCandidate()).toBe(true);
    expect(await readdir(folder)).toEqual(['ffmpeg']);
  });
});
