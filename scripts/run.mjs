/**
 * Runs a TypeScript file of this project under its own Node 24, whatever Node started this, after setup. This wrapper waits for
 * the program, passes signals and the exit code on, and takes the program with it when it is killed itself.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { ensureSetup, projectNode, root } from './setup.mjs';

/** Compiled sources are kept, which halves the time to start; they are checked against the files' contents. */
const compileCache = path.join(root, 'node_modules', '.cache', 'adgen-compiled');

/**
 * Resolves with the exit code of the program; 128 + n when signal n ended it.
 * `isLinked`: the program is told through a channel when this process is gone (`process` emits `disconnect`).
 */
export async function runProgram(args, { isLinked = false } = {}) {
  await ensureSetup();
  const child = spawn(projectNode, ['--disable-warning=ExperimentalWarning', ...args], { stdio: ['inherit', 'inherit', 'inherit', ...(isLinked ? ['ipc'] : [])], env: { NODE_COMPILE_CACHE: compileCache, ...process.env } });
  // A terminal sends Ctrl-C to both of us; whoever sends it to this process alone means the program. It takes two at once for one.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(root, 'scripts', 'run.mjs')) {
  const [file = '', ...args] = process.argv.slice(2);
  process.exitCode = await runProgram([path.join(root, file), ...args]);
}
