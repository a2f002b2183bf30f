import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRotatingLog } from './rotating-log.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'adgen-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SIZES = { maxBytes: 1000, maxFiles: 3, maxPendingBytes: 4000 };
const linesOf = (files: readonly string[]): string[] => files.flatMap((file) => readFileSync(file, 'utf8').trimEnd().split('\n')).map((line) => line.slice(25));

test('keeps the newest files, each of about the size, and goes on in the last one', async () => {
  const log = openRotatingLog(folder, SIZES);
  for (let index = 0; index < 100; index += 1) {
    log.write([`line ${index} ${'x'.repeat(50)}`]);
    if (index % 10 === 0) await log.flush();
  }
  await log.flush();
  expect(log.files()).toHaveLength(3);
  expect(log.files().map((file) => readFileSync(file).length).every((bytes) => bytes < 1100)).toBe(true);
  const last = basename(log.files().at(-1)!);
  const again = openRotatingLog(folder, SIZES);
  again.write(['after']);
  await again.flush();
  expect(basename(again.files().at(-1)!)).toBe(last);
  const numbers = linesOf(again.files()).slice(0, -1).map((line) => Number(line.split(' ')[1]));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 100 - numbers.length + index));
});

test('leaves out what the disk cannot take in time, and says how much', async () => {
  const log = openRotatingLog(folder, SIZES);
  for (let index = 0; index < 200; index += 1) log.write([`line ${index} ${'x'.repeat(50)}`]);
  await log.flush();
  log.write(['after']);
  await log.flush();
  expect(linesOf(log.files())).toContainEqual(expect.stringMatching(/^… 1\d\d lines left out: the disk did not take them$/));
  expect(linesOf(log.files()).at(-1)).toBe('after');
});

test('a folder that is gone stops nothing', async () => {
  const log = openRotatingLog(folder, SIZES);
  rmSync(folder, { recursive: true });
  log.write(['x'.repeat(SIZES.maxBytes), 'lost']);
  await log.flush();
  log.write(['lost as well']);
  await log.flush();
});

test('an export is redacted', async () => {
  const log = openRotatingLog(folder);
  log.write(['loading /home/ann/models/x.safetensors with token=hf_abcdefghijkl']);
  const path = join(folder, 'export.txt');
  await log.exportTo(path, { homeDir: '/home/ann' });
  expect(readFileSync(path, 'utf8')).toMatch(/Z loading ~\/models\/x\.safetensors with token=<token>\n$/);
});
