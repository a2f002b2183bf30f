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

const start = () => execa(process.execPath, ['--disable-warning=ExperimentalWarning', program, folder.server.url('/file'), folder.at('file.bin'), folder.partsDir, sha256], { reject: false, buffer: true });

/** Kills the process as soon as the condition holds for a line of its output; resolves when it is gone. */
async function killWhen(condition: (line: string) => boolean): Promise<void> {
  const child = start();
  for await (const line of child) {
    if (condition(line)) child.kill('SIGKILL');
  }
  const { signal } = await child;
  expect(signal).toBe('SIGKILL');
}

test('killed again and again, it comes to its end, and nothing is fetched twice but what was not yet flushed', async () => {
  folder.server.serve('/file', { bytes: content, etag: '"one"', pieceBytes: 100_000 });
  const paths = partPathsOf({ url: '', sha256, partsDir: folder.partsDir });
  let reachedBytes = 0;
  for (const afterBytes of [1, 3_000_000, 6_000_000, 9_000_000]) {
    await killWhen((line) => Number(line) >= afterBytes);
    expect(existsSync(folder.at('file.bin'))).toBe(false);
    const synced = (await readJournal(paths.journal))?.syncedBytes ?? 0;
    expect(synced).toBeGreaterThanOrEqual(reachedBytes);
    reachedBytes = synced;
  }
  expect(reachedBytes).toBeGreaterThan(0);
  expect(existsSync(paths.lock)).toBe(true);
  const { stdout } = await start();
  expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toEqual({ sha256, bytes: content.length, resumedFrom: reachedBytes });
  expect((await readFile(folder.at('file.bin'))).equals(content)).toBe(true);
  expect(await folder.parts()).toEqual([]);
});
