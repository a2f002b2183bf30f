#!/usr/bin/env node
// `npm start`: sets everything up on first use, then hands over to the `adgen` command.
import path from 'node:path';
import { runProgram } from './run.mjs';
import { root } from './setup.mjs';

process.exitCode = await runProgram([path.join(root, 'cli', 'main.ts'), ...process.argv.slice(2)], { isLinked: true });
