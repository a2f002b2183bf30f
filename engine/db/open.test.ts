import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { programSchemaVersion } from './migrate.ts';
import { openStudioDb, type StudioDb } from './open.ts';
import { settings } from './schema.ts';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'adgen-db-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const file = (name: string): string => join(dataDir, name);
const put = (db: StudioDb, key: string): unknown => db.orm.insert(settings).values({ key, value: { text: key }, updatedMs: 1 }).run();
const keys = (db: StudioDb): string[] => db.orm.select().from(settings).all().map((row) => row.key);

describe('opening', () => {
  test('makes the database, keeps what is written, and marks a clean shutdown', async () => {
    const db = openStudioDb(dataDir);
    put(db, 'offline');
    expect(db.notices).toEqual([]);
    expect(readdirSync(file('open'))).toHaveLength(1);
    await db.close();
    expect(readdirSync(file('open'))).toEqual([]);
    const again = openStudioDb(dataDir);
    expect(keys(again)).toEqual(['offline']);
    expect(again.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(again.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    await again.close();
  });

  test('a database of a newer program is refused, untouched, with both versions named', async () => {
    const db = openStudioDb(dataDir);
    db.prepare(`PRAGMA user_version = ${programSchemaVersion() + 3}`).run();
    await db.close();
    const refuse = (): StudioDb => openStudioDb(dataDir);
    expect(refuse).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER', data: expect.objectContaining({ databaseVersion: programSchemaVersion() + 3 }) }));
    expect(refuse).toThrow(/Update AdGen Studio/);
    expect(readdirSync(dataDir).filter((name) => name.includes('broken'))).toEqual([]);
  });

  test('tells about slow statements', async () => {
    const slow: string[] = [];
    const db = openStudioDb(dataDir, { onSlowStatement: (statement) => slow.push(statement) });
    const statement = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) AS last FROM n';
    expect(db.prepare(statement).get()).toEqual({ last: 3000000 });
    expect(slow).toEqual([statement]);
    await db.close();
  });

  test('a transaction is all or nothing and joins the one around it', async () => {
    const db = openStudioDb(dataDir);
    expect(() =>
      db.transaction(() => {
        put(db, 'a');
        db.transaction(() => put(db, 'b'));
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(keys(db)).toEqual([]);
    await db.close();
  });
});

describe('a broken database', () => {
  async function makeBackedUp(): Promise<void> {
    const db = openStudioDb(dataDir, { backupIntervalMs: 0 });
    put(db, 'before');
    expect(await db.backup()).toBe(true);
    put(db, 'after');
    await db.close();
  }

  const damages: [string, () => void][] = [
    ['is not a database', () => writeFileSync(file('studio.db'), 'PK\u0003\u0004 this is a zip file'.repeat(500))],
    ['is empty', () => truncateSync(file('studio.db'), 0)],
    ['has a damaged header', () => damage(0, 100)],
    ['is cut', () => truncateSync(file('studio.db'), 9000)],
  ];
  test.each(damages)('that %s is restored from its backup and kept aside', async (_, breakIt) => {
    await makeBackedUp();
    copyFileSync(file('studio.db.backup'), file('copy'));
    breakIt();
    const broken = readFileSync(file('studio.db'));
    markUnclean();
    const db = openStudioDb(dataDir);
    expect(keys(db)).toContain('before');
    expect(db.notices[0]).toMatch(/restored from its backup.*studio\.db\.broken-\d{8}T\d{6}Z/s);
    const aside = readdirSync(dataDir).find((name) => /^studio\.db\.broken-\d{8}T\d{6}Z$/.test(name));
    expect(readFileSync(file(aside ?? ''))).toEqual(broken);
    await db.close();
  });

  test('with a damaged page is found by the check after an unclean shutdown', async () => {
    await makeBackedUp();
    damage(4096 * 3, 4096 * 12);
    markUnclean();
    const db = openStudioDb(dataDir);
    expect(db.notices).toHaveLength(1);
    expect(keys(db)).toContain('before');
    await db.close();
  });

  test('without a sound backup gives a new one and says that history is lost', async () => {
    const db = openStudioDb(dataDir, { backupIntervalMs: Infinity });
    put(db, 'x');
    await db.close();
    writeFileSync(file('studio.db'), 'nonsense'.repeat(1000));
    writeFileSync(file('studio.db.backup'), 'nonsense too'.repeat(1000));
    const fresh = openStudioDb(dataDir);
    expect(fresh.notices[0]).toMatch(/no sound backup/);
    expect(keys(fresh)).toEqual([]);
    await fresh.close();
  });

  test('is left alone while another process has it open', async () => {
    const holder = await holdOpen();
    onTestFinished(() => void holder.kill('SIGKILL'));
    writeFileSync(file('studio.db'), 'nonsense'.repeat(1000));
    expect(() => openStudioDb(dataDir)).toThrow(expect.objectContaining({ code: 'DATABASE_BROKEN' }));
    expect(readdirSync(dataDir).filter((name) => name.includes('broken'))).toEqual([]);
  });

  test('a restore that was killed half-way is finished', async () => {
    await makeBackedUp();
    copyFileSync(file('studio.db.backup'), file('studio.db.restoring'));
    rmSync(file('studio.db'));
    const db = openStudioDb(dataDir);
    expect(keys(db)).toContain('before');
    await db.close();
  });

  function damage(from: number, to: number): void {
    const bytes = readFileSync(file('studio.db'));
    bytes.fill(0xa5, from, Math.min(to, bytes.length));
    writeFileSync(file('studio.db'), bytes);
  }

  /** As a power cut leaves it: the marker of a process of an earlier boot. */
  function markUnclean(): void {
    writeFileSync(file(`open/${process.pid}-l0123456789abn1t1-0_1`), '');
  }
});

describe('the backup', () => {
  test('is written at most once per interval', async () => {
    const db = openStudioDb(dataDir);
    expect([await db.backup(), await db.backup(), await db.backup({ isForced: true })]).toEqual([true, false, true]);
    await db.close();
    expect(readdirSync(file('tmp'))).toEqual([]);
  });

  test('of a damaged database does not replace the sound one', async () => {
    const before = openStudioDb(dataDir);
    before.transaction(() => Array.from({ length: 2000 }, (_, i) => put(before, `key ${i} ${'x'.repeat(100)}`)));
    await before.close();
    const sound = readFileSync(file('studio.db.backup'));
    const bytes = readFileSync(file('studio.db'));
    bytes.fill(0x5a, 4096 * 80, 4096 * 110); // rows, not the schema: it still opens
    writeFileSync(file('studio.db'), bytes);
    const db = openStudioDb(dataDir);
    await expect(db.backup({ isForced: true })).rejects.toThrow();
    expect(readFileSync(file('studio.db.backup'))).toEqual(sound);
    await db.close();
  });
});

test('many processes open and fill one new database at once', async () => {
  const children = Array.from({ length: 4 }, (_, i) => runScript(`
    const db = openStudioDb(${JSON.stringify(dataDir)});
    for (let n = 0; n < 50; n++) db.transaction(() => db.prepare('INSERT INTO settings VALUES (?, ?, ?)').run('${i}-' + n, '1', 1));
    await db.close();`));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  const db = openStudioDb(dataDir);
  expect(keys(db)).toHaveLength(200);
  expect(existsSync(file('studio.db.backup'))).toBe(true);
  await db.close();
});

function runScript(body: string) {
  const script = `import { openStudioDb } from ${JSON.stringify(join(import.meta.dirname, 'open.ts'))};\n${body}`;
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function holdOpen() {
  const child = runScript(`openStudioDb(${JSON.stringify(dataDir)}).prepare('PRAGMA wal_checkpoint(TRUNCATE)').get(); console.log('open'); setInterval(() => {}, 1000);`);
  await once(child.stdout, 'data');
  return child;
}
