/**
 * Builds the page into `dist/renderer`, when its sources have changed since the last build: `npm run build:renderer`, and by itself before
 * the studio opens or its tests run. The stamp is written last, so a build that was killed is done again.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist', 'renderer');
const STAMP = join(OUT, '.stamp');

/** Resolves when `dist/renderer` is up to date. Rejects with the build's own errors. */
export async function buildRenderer(say: (line: string) => void): Promise<void> {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  say('Building the studio\'s page …');
  const fresh = `${OUT}-${process.pid}`;
  try {
    await buildInto(fresh);
    writeFileSync(join(fresh, '.stamp'), wanted);
    replaceFolder(OUT, fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  say('Building the studio\'s page: done');
}

/** A test that builds has NODE_ENV=test, and Vite would take React's development build for that. */
async function buildInto(outDir: string): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    const { build } = await import('vite');
    await build({ configFile: join(ROOT, 'renderer', 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** A server that reads the folder finds the old page or the new one, never half of one. */
function replaceFolder(folder: string, fresh: string): void {
  const old = `${folder}-old-${process.pid}`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of [...sources('renderer'), ...sources('core'), 'package-lock.json']) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildRenderer((line) => process.stdout.write(`${line}\n`));
