import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkExternalUrl, hasDesktop, openPage, revealFile } from './open-outside.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-out-'));
  file = join(folder, 'a film & more; $(x).mp4');
  await writeFile(file, '');
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** What would be run. */
async function ran(work: (run: (program: string, args: readonly string[]) => Promise<boolean>) => Promise<boolean>): Promise<readonly string[]> {
  let seen: readonly string[] = [];
  expect(await work(async (program, args) => (seen = [program, ...args]).length > 0)).toBe(true);
  return seen;
}

test('a file is shown by the system\'s own program, as one argument and without a shell', async () => {
  expect(await ran((run) => revealFile(file, run, 'darwin'))).toEqual(['open', '-R', file]);
  expect(await ran((run) => revealFile(file, run, 'win32'))).toEqual(['explorer.exe', `/select,${file}`]);
  expect(await ran((run) => revealFile(file, run, 'linux'))).toEqual(['xdg-open', folder]);
  expect(await ran((run) => revealFile(folder, run, 'linux'))).toEqual(['xdg-open', folder]);
});

test('what is gone, or no whole path, is said', async () => {
  await expect(revealFile(join(folder, 'gone.mp4'))).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('gone.mp4') });
  await expect(revealFile('film.mp4')).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('pages of the list open in the browser', async () => {
  const url = 'https://huggingface.co/Comfy-Org/BiRefNet';
  expect(await ran((run) => openPage(url, run, 'linux'))).toEqual(['xdg-open', url]);
  expect(await ran((run) => openPage(url, run, 'darwin'))).toEqual(['open', url]);
  expect(await ran((run) => openPage(url, run, 'win32'))).toEqual(['rundll32.exe', 'url.dll,FileProtocolHandler', url]);
});

test.each(['http://huggingface.co/x', 'https://huggingface.co.evil.example/', 'https://evil.example/?huggingface.co', 'https://user:x@huggingface.co/', 'https://huggingface.co:8443/', 'javascript:alert(1)', 'file:///etc/passwd', 'nonsense', ''])('%j is not opened', (url) => {
  expect(() => checkExternalUrl(url)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
});

test('a Linux without a display shows nothing', () => {
  expect([hasDesktop('linux', {}), hasDesktop('linux', { DISPLAY: ':0' }), hasDesktop('linux', { WAYLAND_DISPLAY: 'wayland-0' }), hasDesktop('win32', {}), hasDesktop('darwin', {})]).toEqual([false, true, true, true, true]);
});
