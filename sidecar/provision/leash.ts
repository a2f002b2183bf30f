/**
 * Stands between this program and one that it runs, because that one would go on when we are killed: `leash.ts <program> [arguments]`.
 * Its stdin is a pipe that we hold and never write to; when it closes, the program and all that it has started end. It leads a process
 * group, so on POSIX that is one call.
 */
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

const [file = '', ...args] = process.argv.slice(2);
const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
child.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`error: ${file} cannot be started: ${error.code ?? error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
process.stdin.on('error', () => {}); // as good as its end, which follows
process.stdin.on('close', endAll);
process.stdin.resume();

function endAll(): void {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  if (child.pid !== undefined) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
  process.exit(1);
}
