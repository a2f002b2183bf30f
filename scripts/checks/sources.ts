import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A TypeScript file of the project; `path` is relative to the root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

const ROOTS = ['core', 'sidecar', 'workflows', 'engine', 'cli', 'renderer', 'electron', 'scripts', 'bench', 'tests'];

/** All TypeScript files under the code roots. */
export function readSources(): Source[] {
  return ROOTS.flatMap((name) => walk(join(root, name))).map((file) => {
    const path = relative(root, file).split(sep).join('/');
    return { path, text: readFileSync(file, 'utf8'), isTest: /\.test(-d)?\.ts$|\/(testing|fixtures)\//.test(path) || path.startsWith('tests/') };
  });
}

function walk(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : []));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
