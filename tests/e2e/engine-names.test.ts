/** What the engine and the sidecar give names to, the page has words for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from '#renderer/strings/de/index.ts';
import { root } from '../adgen.ts';

const textOf = (folder: string): string => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(join(root, folder, name), 'utf8')).join('\n');
const namesIn = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].flatMap(([, name]) => name ?? []))];

test('each failure of the sidecar', () => {
  const sidecar = textOf('sidecar');
  const names = [...namesIn(sidecar, /^ {2}([A-Z][A-Z_]+): \{ code: '/gm), ...namesIn(sidecar, /\bcode: '([A-Z][A-Z_]+)',/g), ...namesIn(sidecar, /verdict\('([A-Z_]+)'/g)];
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !(name in de.problems.named))).toEqual([]);
});

test('each rule of pre-flight', () => {
  const text = textOf('core/placements/preflight') + textOf('engine/exports');
  const rules = [...namesIn(text, /\brule: '([a-z.-]+)'/g), ...namesIn(text, /\bwrong\('([a-z-]+)'/g)];
  expect(rules.length).toBeGreaterThan(30);
  expect(rules.filter((rule) => !(rule in de.findings.rules))).toEqual([]);
});

test('each part of a start', () => {
  const activities = namesIn(textOf('sidecar/supervisor'), /\bactivity: '([^']+)'/g).concat(namesIn(textOf('sidecar/supervisor'), /\/, '([^']+)'\],/g));
  expect(activities.length).toBeGreaterThan(6);
  expect(activities.filter((activity) => !(activity in de.sidecar.activity))).toEqual([]);
});
