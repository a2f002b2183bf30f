import { mkdtemp, rm } from 'node:fs/promises';
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogTail } from './log-tail.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const existing = (...names: string[]) => () => names.map(at).filter((path) => existsSync(path));

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'log-tail-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the end of a log', () => {
  it.each([[0, []], [1, ['four']], [3, ['two', 'three', 'four']], [99, ['one', 'two', 'three', 'four']]])('has %i lines across files', async (count, lines) => {
    writeFileSync(at('1'), 'one\ntwo\n');
    writeFileSync(at('2'), 'three\nfour\nhalf a li');
    expect(await createLogTail(existing('1', '2')).last(count)).toEqual(lines);
  });

  it('goes on after what was shown: whole lines, letters never cut, into the next file and past removed ones', async () => {
    writeFileSync(at('1'), 'one\ntw');
    const tail = createLogTail(existing('1', '2', '3'));
    expect(await tail.last(5)).toEqual(['one']);
    expect(await tail.more()).toEqual([]);
    const letter = Buffer.from('ö');
    appendFileSync(at('1'), Buffer.concat([Buffer.from('o '), letter.subarray(0, 1)]));
    expect(await tail.more()).toEqual([]);
    appendFileSync(at('1'), Buffer.concat([letter.subarray(1), Buffer.from('\n')]));
    writeFileSync(at('2'), 'three\n');
    expect(await tail.more()).toEqual(['two ö', 'three']);
    rmSync(at('1'));
    rmSync(at('2'));
    writeFileSync(at('3'), 'four\n');
    expect(await tail.more()).toEqual(['four']);
    expect(await tail.more()).toEqual([]);
  });

  it('begins with a log that comes later', async () => {
    const tail = createLogTail(existing('1'));
    expect(await tail.last(5)).toEqual([]);
    writeFileSync(at('1'), 'one\n');
    expect(await tail.more()).toEqual(['one']);
  });
});
