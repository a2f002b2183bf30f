/** Who may import whom: the table in `scripts/layers.json`, which the README shows. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './sources.ts';
import type { Source } from './sources.ts';

type Table = Readonly<Record<string, readonly string[]>>;

/** One sentence per import that the table does not allow. */
export function checkLayers(sources: readonly Source[], table: Table = readTable()): string[] {
  return sources.flatMap((source) => importsOf(source.text).flatMap((specifier) => judge(source.path, specifier, table)));
}

function readTable(): Table {
  return JSON.parse(readFileSync(join(root, 'scripts', 'layers.json'), 'utf8')) as Table;
}

function judge(path: string, specifier: string, table: Table): string[] {
  const from = rootOf(path);
  const allowed = table[from] ?? [];
  if (from === 'core' && /^(node:|sharp$|better-sqlite3$|ws$)/.test(specifier)) return [`${path}: core is plain TypeScript and may not import "${specifier}".`];
  if (specifier === 'electron' && from !== 'electron') return [`${path}: only electron/ imports "electron".`];
  if (specifier === 'better-sqlite3' && path !== 'engine/db/open.ts' && !/^engine\/db\/[^/]+\.test\.ts$/.test(path)) return [`${path}: only engine/db/open.ts (and tests of engine/db) imports better-sqlite3.`];
  const alias = /^#(\w+)\//.exec(specifier)?.[1];
  const target = alias ?? (specifier.startsWith('.') ? rootOf(posix.join(posix.dirname(path), specifier)) : undefined);
  if (target === undefined || !(target in table)) return [];
  if (target === from) return [];
  if (specifier.startsWith('.') && from !== 'scripts') return [`${path}: write "#${target}/…" instead of "${specifier}".`];
  return allowed.includes(target) ? [] : [`${path}: ${from}/ may import ${allowed.length ? allowed.join(', ') : 'no other root'}, not ${target}/ ("${specifier}").`];
}

function rootOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
