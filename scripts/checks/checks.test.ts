import { describe, expect, test } from 'vitest';
import { checkDocblocks } from './docblocks.ts';
import { checkLayers } from './layers.ts';
import { checkSizes } from './sizes.ts';
import { readSources } from './sources.ts';
import type { Source } from './sources.ts';

const source = (path: string, text: string): Source => ({ path, text, isTest: path.endsWith('.test.ts') });

describe('layers', () => {
  test.each([
    ['core/a.ts', "import { openEngine } from '#engine/main.ts';", 'core/a.ts: core/ may import no other root, not engine/ ("#engine/main.ts").'],
    ['core/a.ts', "import { join } from 'node:path';", 'core/a.ts: core is plain TypeScript and may not import "node:path".'],
    ['core/a.ts', "import sharp from 'sharp';", 'core/a.ts: core is plain TypeScript and may not import "sharp".'],
    ['engine/a/b.ts', "import { printNote } from '#cli/terminal.ts';", 'engine/a/b.ts: engine/ may import core, sidecar, workflows, not cli/ ("#cli/terminal.ts").'],
    ['engine/a/b.ts', "import type { Ratio } from '../../core/project/ratio.ts';", 'engine/a/b.ts: write "#core/…" instead of "../../core/project/ratio.ts".'],
    ['engine/a/b.ts', "export { x } from '#cli/x.ts';", 'engine/a/b.ts: engine/ may import core, sidecar, workflows, not cli/ ("#cli/x.ts").'],
    ['engine/a/b.ts', "const x = await import('#cli/x.ts');", 'engine/a/b.ts: engine/ may import core, sidecar, workflows, not cli/ ("#cli/x.ts").'],
    ['engine/a/b.ts', "import {\n  one,\n  two,\n} from '#cli/x.ts';", 'engine/a/b.ts: engine/ may import core, sidecar, workflows, not cli/ ("#cli/x.ts").'],
    ['engine/jobs/a.ts', "import Database from 'better-sqlite3';", 'engine/jobs/a.ts: only engine/db/open.ts (and tests of engine/db) imports better-sqlite3.'],
    ['engine/host/a.ts', "import { app } from 'electron';", 'engine/host/a.ts: only electron/ imports "electron".'],
    ['renderer/a.tsx', "import { openEngine } from '#engine/main.ts';", 'renderer/a.tsx: renderer/ may import core, not engine/ ("#engine/main.ts").'],
  ])('%s: %s', (path, text, problem) => {
    expect(checkLayers([source(path, text)])).toEqual([problem]);
  });

  test.each([
    ['engine/db/open.ts', "import Database from 'better-sqlite3';"],
    ['engine/db/cards.test.ts', "import Database from 'better-sqlite3';"],
    ['engine/a/b.ts', "import { x } from '#core/x.ts';\nimport { y } from '../c.ts';\nimport 'node:fs';"],
    ['cli/a.ts', "import { openEngine } from '#engine/main.ts';"],
    ['electron/main.ts', "import { app } from 'electron';"],
    ['tests/a.test.ts', "import { openEngine } from '#engine/main.ts';"],
    ['engine/a.ts', "// import { x } from '#cli/x.ts'\nconst text = 'say: import x from';"],
  ])('%s may', (path, text) => {
    expect(checkLayers([source(path, text)])).toEqual([]);
  });
});

describe('docblocks', () => {
  test('names what has none, with its line', () => {
    const text = '/** Said. */\nexport function said() {}\n\nexport function silent() {}\nexport async function alsoSilent() {}\nexport const value = 1;\nexport interface Shape {}\nexport class Thing {}\n';
    expect(checkDocblocks([source('core/a.ts', text)])).toEqual(['silent', 'alsoSilent', 'value', 'Shape', 'Thing'].map((name, index) => `core/a.ts:${index + 4}: ${name} has no docblock.`));
  });

  test('asks nothing of schemas, inner functions, tests and other roots', () => {
    expect(checkDocblocks([source('core/a.ts', 'export const briefSchema = 1;\nfunction inner() {}\n/**\n * Long.\n */\nexport class Said {}\n')])).toEqual([]);
    expect(checkDocblocks([source('core/a.test.ts', 'export function silent() {}'), source('engine/a.ts', 'export function silent() {}')])).toEqual([]);
  });
});

test('a file over 500 lines is named with its length', () => {
  expect(checkSizes([source('engine/a.ts', 'x\n'.repeat(500))])).toEqual(['engine/a.ts: 501 lines; split it (at most 500).']);
  expect(checkSizes([source('engine/a.ts', 'x\n'.repeat(499))])).toEqual([]);
});

test('all roots are read, and tests are told apart', () => {
  const paths = new Map(readSources().map((found) => [found.path, found.isTest]));
  expect(paths.get('core/contract/index.ts')).toBe(false);
  expect(paths.get('scripts/checks/checks.test.ts')).toBe(true);
  expect(paths.get('tests/adgen.ts')).toBe(true);
  expect([...paths.keys()].filter((path) => path.includes('node_modules'))).toEqual([]);
});
