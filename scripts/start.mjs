#!/usr/bin/env node
// `npm start`: sets everything up on first use, then opens the desktop window where there can be one, or hands over to the `adgen` command.
import path from 'node:path';
import { desktopWish, openDesktop } from './desktop.mjs';
import { runProgram } from './run.mjs';
import { ensureSetup, root } from './setup.mjs';

const args = process.argv.slice(2);
const wish = desktopWish(args);
const opened = wish && !wish.isBrowser ? await openWindow(wish) : undefined;
process.exitCode = opened ?? (await runProgram([path.join(root, 'cli', 'main.ts'), ...(wish ? wish.rest : args)], { isLinked: true }));

async function openWindow(wanted) {
  await ensureSetup();
  return await openDesktop(wanted, (text) => process.stderr.write(`${text}\n`));
}
