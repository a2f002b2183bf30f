import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownIdentity } from '../jobs/process-liveness.ts';
import { openArtifactStore, type ArtifactStore } from './artifact-store.ts';
import { toDiskError } from './disk-errors.ts';

let dataDir: string;
let store: ArtifactStore;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'adgen-store-'));
  store = openArtifactStore(dataDir);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Damage from outside; artifacts are read-only. */
function overwrite(path: string, text: string): void {
  chmodSync(path, 0o644);
  writeFileSync(path, text);
}

describe('putting', () => {
  test('bytes come back under their hash, read-only, with nothing left in tmp', async () => {
    const asset = await store.putBytes(bytes('soda'), 'Blood orange.png', 'image/png');
    expect(asset).toEqual({ hash: sha256('soda'), name: 'Blood_orange.png', mime: 'image/png' });
    expect(store.pathOf(asset)).toBe(join(dataDir, 'artifacts', asset.hash.slice(0, 2), asset.hash.slice(2)));
    expect(readFileSync(store.pathOf(asset), 'utf8')).toBe('soda');
    expect(statSync(store.pathOf(asset)).mode & 0o222).toBe(0);
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  });

  test('the same content is stored once, however it comes', async () => {
    const file = join(dataDir, 'x.bin');
    writeFileSync(file, 'same');
    const hashes = await Promise.all([store.putBytes(bytes('same'), 'a', 'a/a'), store.putFile(file, 'b', 'b/b'), store.putBytes(bytes('same'), 'c', 'c/c')]);
    expect(new Set(hashes.map(({ hash }) => hash))).toEqual(new Set([sha256('same')]));
    expect(existsSync(file)).toBe(true);
    expect(await Array.fromAsync(store.list())).toMatchObject([{ hash: sha256('same'), sizeBytes: 4 }]);
  });

  test('a moved file is gone from its place, also when the content was known', async () => {
    for (const round of [1, 2]) {
      const file = join(dataDir, `made-${round}.mp4`);
      writeFileSync(file, 'film');
      expect((await store.putFile(file, 'film.mp4', 'video/mp4', { move: true })).hash).toBe(sha256('film'));
      expect(existsSync(file)).toBe(false);
    }
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
  });

  test('a missing source says so', async () => {
    await expect(store.putFile(join(dataDir, 'none.png'), 'a', 'b')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('none.png') });
  });
});

describe('damage', () => {
  test('verify sees changed bytes; putting the content again repairs a file of another size', async () => {
    const { hash } = await store.putBytes(bytes('whole'), 'a', 'b');
    expect(await store.verify(hash)).toBe(true);
    rmSync(store.pathOf(hash));
    writeFileSync(store.pathOf(hash), 'who');
    expect(await store.verify(hash)).toBe(false);
    await store.putBytes(bytes('whole'), 'a', 'b');
    expect(await store.verify(hash)).toBe(true);
    await store.remove(hash);
    expect([store.has(hash), await store.verify(hash)]).toEqual([false, false]);
  });

  test('putting the content again also repairs a file of the same size', async () => {
    const file = join(dataDir, 'photo.jpg');
    writeFileSync(file, 'whole');
    for (const put of [() => store.putBytes(bytes('whole'), 'a', 'b'), () => store.putFile(file, 'a', 'b'), () => store.putFile(file, 'a', 'b', { move: true })]) {
      await put();
      if (!existsSync(file)) break;
      overwrite(store.pathOf(sha256('whole')), 'wHole');
      expect(await store.verify(sha256('whole'))).toBe(false);
    }
    expect(readFileSync(store.pathOf(sha256('whole')), 'utf8')).toBe('whole');
  });

  test('a hash that is no hash cannot leave the store', () => {
    expect(() => store.pathOf('../../etc/passwd')).toThrow(/not an artifact hash/);
  });
});

describe('exporting', () => {
  test('replaces a delivered file in one step with an independent, writable copy', async () => {
    const asset = await store.putBytes(bytes('v2'), 'final.mp4', 'video/mp4');
    const destination = join(dataDir, 'out', 'deep', 'final_9x16.mp4');
    await store.exportTo(asset, destination);
    await store.exportTo(asset, destination);
    writeFileSync(destination, 'edited by the client');
    expect(readFileSync(store.pathOf(asset), 'utf8')).toBe('v2');
    expect(readdirSync(join(dataDir, 'out', 'deep'))).toEqual(['final_9x16.mp4']);
  });

  test.each([['one flipped byte', 'fiLm'], ['a missing end', 'fi'], ['nothing in it', '']])('bytes that are damaged (%s) are neither delivered nor kept', async (_, damaged) => {
    const asset = await store.putBytes(bytes('film'), 'final.mp4', 'video/mp4');
    const destination = join(dataDir, 'out', 'final_9x16.mp4');
    await store.exportTo(asset, destination);
    overwrite(store.pathOf(asset), damaged);
    await expect(store.exportTo(asset, destination)).rejects.toMatchObject({ code: 'TOOL_FAILED', message: `${destination} was not written, because its bytes in the store are damaged; they have been removed, and the same command again makes them anew.` });
    expect(readFileSync(destination, 'utf8')).toBe('film');
    expect(readdirSync(join(dataDir, 'out'))).toEqual(['final_9x16.mp4']);
    expect(store.has(asset.hash)).toBe(false);
  });

  test('an artifact that was cleaned away is named as the cause', async () => {
    await expect(store.exportTo(sha256('gone'), join(dataDir, 'x.mp4'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('scratch files', () => {
  test('those of dead processes go when a store is opened, those of living ones stay', async () => {
    const living = store.tempPath('mp4');
    writeFileSync(living, 'x');
    const { pid, startToken } = ownIdentity();
    const samePidEarlier = join(dataDir, 'tmp', `${pid}-${startToken.replace(/t\w+$/, 't1')}-0_1.mp4`);
    const beforeReboot = join(dataDir, 'tmp', `${pid}-l0123456789abn1t1-0_1.mp4`);
    mkdirSync(join(dataDir, 'tmp', 'children'), { recursive: true });
    for (const path of [samePidEarlier, beforeReboot]) writeFileSync(path, 'x');
    openArtifactStore(dataDir);
    expect([living, samePidEarlier, beforeReboot].map((path) => existsSync(path))).toEqual([true, false, false]);
    expect(existsSync(join(dataDir, 'tmp', 'children'))).toBe(true);
  });
});

describe('a disk that does not take it', () => {
  /** A volume of one megabyte where mounting is allowed; else a process whose files may not grow past it. */
  test('a full volume is named with what is free, and nothing half-written stays', async () => {
    const small = join(dataDir, 'small');
    mkdirSync(small);
    if (!tryMount(small)) return expectFullUnderFileLimit(dataDir);
    try {
      const full = openArtifactStore(small);
      await full.putBytes(bytes('kept'), 'a', 'b');
      const big = new Uint8Array(2 * 1024 * 1024);
      await expect(full.putBytes(big, 'big.mp4', 'video/mp4')).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/small.*full \(.* free\)/s) });
      expect(readdirSync(join(small, 'tmp'))).toEqual([]);
      expect(await full.verify(sha256('kept'))).toBe(true);
      await expect(full.putBytes(bytes('fits'), 'c', 'd')).resolves.toMatchObject({ hash: sha256('fits') });
    } finally {
      execFileSync('umount', [small]);
    }
  });

  test('a volume or folder that cannot be written is READ_ONLY', () => {
    const locked = join(dataDir, 'locked');
    mkdirSync(locked);
    const isMounted = tryMount(locked, 'ro');
    if (!isMounted) chmodSync(locked, 0o500);
    // Permissions do not bind root: without the right to mount there is only the translation to check, below.
    if (isMounted || process.getuid?.() !== 0) expect(() => openArtifactStore(locked)).toThrow(expect.objectContaining({ code: 'READ_ONLY', message: expect.stringContaining(locked) }));
    if (isMounted) execFileSync('umount', [locked]);
  });

  test.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EROFS', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY'],
  ])('%s is %s', (errno, code) => {
    expect(toDiskError(Object.assign(new Error(errno), { code: errno }), dataDir)).toMatchObject({ code, message: expect.stringContaining(dataDir) });
  });
});

function tryMount(folder: string, option = 'rw'): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=1m,${option}`, 'adgen-test', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `ulimit -f` counts in blocks of 512 or 1024 bytes; writing past it gives EFBIG once SIGXFSZ is ignored (Node does). */
function expectFullUnderFileLimit(folder: string): void {
  const script = `import { openArtifactStore } from ${JSON.stringify(join(import.meta.dirname, 'artifact-store.ts'))};
    await openArtifactStore(${JSON.stringify(folder)}).putBytes(new Uint8Array(4e6), 'a', 'b').catch((error) => console.log(error.code));`;
  const file = join(folder, 'limited.mjs');
  writeFileSync(file, script);
  const output = execFileSync('sh', ['-c', `ulimit -f 1000; exec "${process.execPath}" "${file}"`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(output.trim()).toBe('DISK_FULL');
}
