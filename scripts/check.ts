/** `npm run check`: types, lint, layers and docblocks, each with its own verdict; all run even when one fails. */
import { join } from 'node:path';
import { execa } from 'execa';
import { checkDocblocks } from './checks/docblocks.ts';
import { checkLayers } from './checks/layers.ts';
import { checkSizes } from './checks/sizes.ts';
import { checkStrings } from './checks/strings.ts';
import { readSources, root } from './checks/sources.ts';

interface Check {
  readonly name: string;
  /** Sentences about what is wrong; empty = fine. */
  run(): Promise<readonly string[]> | readonly string[];
}

const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const checks: readonly Check[] = [
  { name: 'types', run: () => runTool(bin('tsc'), ['--noEmit', '-p', root]) },
  { name: 'types of core (no Node)', run: () => runTool(bin('tsc'), ['--noEmit', '-p', join(root, 'core')]) },
  { name: 'types of renderer (no Node)', run: () => runTool(bin('tsc'), ['--noEmit', '-p', join(root, 'renderer')]) },
  { name: 'types of page tests', run: () => runTool(bin('tsc'), ['--noEmit', '-p', join(root, 'tests', 'e2e')]) },
  { name: 'lint', run: () => runTool(bin('oxlint'), ['--quiet', '-c', join(root, '.oxlintrc.json'), root]) },
  { name: 'layers', run: () => checkLayers(readSources()) },
  { name: 'docblocks', run: () => checkDocblocks(readSources()) },
  { name: 'words in the catalogue', run: () => checkStrings(readSources()) },
  { name: 'file sizes', run: () => checkSizes(readSources()) },
];

let failures = 0;
for (const check of checks) {
  const problems = await check.run();
  process.stdout.write(`${problems.length === 0 ? '✓' : '✗'} ${check.name}\n${problems.map((problem) => `  ${problem}\n`).join('')}`);
  failures += problems.length === 0 ? 0 : 1;
}
process.exitCode = failures === 0 ? 0 : 1;

async function runTool(file: string, args: readonly string[]): Promise<readonly string[]> {
  const result = await execa(file, args, { cwd: root, reject: false, all: true });
  return result.exitCode === 0 ? [] : result.all.split('\n');
}
