/**
 * `npm run fake-comfy -- --port N [--fault NAME[=TIMES]…]`: the fake server as a process. It takes the flags of the real one that
 * our own start line uses, so that a supervisor can start it in the place of a ComfyUI; others are ignored.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NONCE_FLAG } from '#sidecar/protocol/system.ts';
import { FAULTS, isFaultName } from './faults.ts';
import { startFakeServer } from './server.ts';

/** As of a process that ended by a segmentation fault. */
const CRASHED = 139;

const { values } = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  options: {
    port: { type: 'string', default: '8188' },
    fault: { type: 'string', multiple: true, default: [] },
    'base-directory': { type: 'string' },
    'feature-flag': { type: 'string', multiple: true, default: [] },
    version: { type: 'string', default: '0.33.0' },
    'step-ms': { type: 'string', default: '40' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`Faults:\n${Object.entries(FAULTS).map(([name, text]) => `  ${name.padEnd(16)} ${text}\n`).join('')}`);
else await start();

async function start(): Promise<void> {
  const faults = (values.fault as string[]).map((text) => {
    const [name = '', times] = text.split('=');
    return { name, times: times === undefined ? Number.POSITIVE_INFINITY : Number(times) };
  });
  const unknown = faults.find((fault) => !isFaultName(fault.name) || Number.isNaN(fault.times));
  if (unknown !== undefined) {
    process.stderr.write(`There is no fault "${unknown.name}". Known are: ${Object.keys(FAULTS).join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  if (faults.some((fault) => fault.name === 'die-at-boot')) {
    process.stderr.write('RuntimeError: the fake was told to end before it serves\n');
    process.exitCode = 1;
    return;
  }
  const folder = typeof values['base-directory'] === 'string' ? values['base-directory'] : await mkdtemp(join(tmpdir(), 'fake-comfy-'));
  await mkdir(folder, { recursive: true });
  const nonce = (values['feature-flag'] as string[]).find((flag) => flag.startsWith(`${NONCE_FLAG}=`))?.slice(NONCE_FLAG.length + 1);
  const server = await startFakeServer({ folder, nonce, port: Number(values.port), version: String(values.version), stepMs: Number(values['step-ms']), argv: process.argv.slice(2), onCrash: () => process.exit(CRASHED) });
  for (const { name, times } of faults) if (isFaultName(name)) server.faults.arm(name, times);
  process.stderr.write(`To see the GUI go to: ${server.url}\nFiles are in ${folder}\n`);
  // The real one ends at once and leaves its files.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
}
