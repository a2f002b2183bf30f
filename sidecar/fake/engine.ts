/**
 * The fake server in the place of a whole engine: a process that is started and led as `engine_boot.py` is (HELLO, LISTEN, "stop" on
 * stdin, the end of stdin), so that a supervisor can run where there is neither Python nor ComfyUI.
 *     node engine.ts --run ID … -- main.py [arguments of ComfyUI]
 */
import { join } from 'node:path';
import { NONCE_FLAG } from '#sidecar/protocol/system.ts';
import { spawnEngine } from '#sidecar/supervisor/spawn-engine.ts';
import type { SpawnEngine } from '#sidecar/supervisor/spawn-engine.ts';
import { NOISE } from './probe-nodes.ts';
import { startFakeServer } from './server.ts';

const PATH = join(import.meta.dirname, 'engine.ts');
/** As of a process that ended by abort(). */
const ABORTED = 134;

/** For a supervisor: starts this file where it would have started Python. */
export const spawnFakeEngine: SpawnEngine = (command, listener) => {
  const own = command.args.slice(command.args.indexOf('--run'));
  return spawnEngine({ ...command, file: process.execPath, args: ['--disable-warning=ExperimentalWarning', PATH, ...own] }, listener);
};

async function main(args: readonly string[]): Promise<void> {
  const valueOf = (flag: string): string | undefined => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
  const run = valueOf('--run') ?? '';
  const say = (event: string, facts: object): void => void process.stdout.write(`\n${JSON.stringify({ event, run, ...facts })}\n`);
  say('HELLO', { pid: process.pid, python: '3.0.0', guarded: false });
  // Ends with whoever started it, as the real one does.
  process.stdin.on('data', (chunk) => { if (chunk.toString().includes('stop')) process.exit(0); });
  process.stdin.on('end', () => process.exit(0));
  const server = await startFakeServer({
    folder: valueOf('--base-directory') ?? '.', argv: args,
    nonce: valueOf('--feature-flag')?.slice(NONCE_FLAG.length + 1),
    version: valueOf('--fake-version'),
    onCrash: () => process.exit(ABORTED),
    onNoise: () => [process.stdout, process.stderr].forEach((stream) => stream.write(NOISE)),
  });
  process.stderr.write('Starting server\n');
  say('LISTEN', { port: server.port });
}

if (process.argv[1] === PATH) await main(process.argv.slice(2));
