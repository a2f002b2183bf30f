/** kill -9 of a process that downloads, in every phase of it: the next one goes on and the file is right. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { partPathsOf, readJournal } from './journal.ts';
import { makeDownloadFolder, sample } from './testing/download-folder.ts';
import type { DownloadFolder } from './testing/download-folder.ts';

const program = join(import.meta.dirname, 'fixtures', 'download.ts');
const { content, sha256 } = sample(12_000_000);

let folder: DownloadFolder;
beforeEach(async () => {
  folder = await makeDownloadFolder();
});
afterEach(async () => {
  await folder.remove();
});

const start = () => execa(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder.server.url('/file'), folder.at('file.bin'), folder.partsDir, sha256], { reject: false });

/** Kills the process as soon as the condition holds; it cannot come to its end before that. */
async function killWhen(condition: () => Promise<boolean>): Promise<void> {
  const child = start();
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
  child.kill('SIGKILL');
  expect((await child).signal).toBe('SIGKILL');
}

test('killed again and again, it comes to its end, and nothing is fetched twice but what was not yet flushed', async () => {
  // Each connection brings 2.5 MB and then nothing, so that the process waits for its end.
  const file = folder.server.serve('/file', { bytes: content, etag: '"one"', pieceBytes: 100_000, stall: { afterBytes: 2_500_000 } });
  const paths = partPathsOf({ url: '', sha256, partsDir: folder.partsDir });
  const synced = async (): Promise<number> => (await readJournal(paths.journal))?.syncedBytes ?? 0;
  await killWhen(async () => folder.server.requests.length > 0);
  let reachedBytes = 0;
  for (let round = 0; round < 4; round += 1) {
    await killWhen(async () => (await synced()) > reachedBytes);
    expect(existsSync(folder.at('file.bin'))).toBe(false);
    reachedBytes = await synced();
  }
  expect(existsSync(paths.lock)).toBe(true);
  file.stall = undefined;
  const { stdout } = await start();
  expect(JSON.parse(stdout)).toEqual({ sha256, bytes: content.length, resumedFrom: reachedBytes });
  expect(folder.server.requests.at(-1)?.headers).toMatchObject({ range: `bytes=${reachedBytes}-`, 'if-range': '"one"' });
  expect((await readFile(folder.at('file.bin'))).equals(content)).toBe(true);
  expect(await folder.parts()).toEqual([]);
});
