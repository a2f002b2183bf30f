/**
 * Runs a TypeScript file of this project under its own Node 24, whatever Node started this, after setup. Ctrl-C reaches the
 * program through the terminal; this wrapper only waits for it and passes its exit code on.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { ensureSetup, projectNode, root } from './setup.mjs';

/** Compiled sources are kept, which halves the time to start; they are checked against the files' contents. */
const compileCache = path.join(root, 'node_modules', '.cache', 'adgen-compiled');

/** Resolves with the exit code of the program; 128 + n when signal n ended it. */
export async function runProgram(args, environment = {}) {
  await ensureSetup();
  const child = spawn(projectNode, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...environment } });
  process.on('SIGINT', () => {}); // the terminal sends it to the child as well
  process.on('SIGTERM', () => child.kill('SIGTERM'));
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
