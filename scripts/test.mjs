// `npm test`: setup, then the checks (types, lint, layers, docblocks), then the tests. Extra arguments go to vitest.
import path from 'node:path';
import { runProgram } from './run.mjs';
import { root } from './setup.mjs';

const checks = process.argv.length > 2 ? 0 : await runProgram([path.join(root, 'scripts', 'check.ts')]);
const tools = checks === 0 ? await runProgram([path.join(root, 'scripts', 'prepare-tests.ts')]) : checks;
process.exitCode = tools === 0 ? await runProgram([path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)]) : tools;
