/** The fake server as a process of its own, for tests that end or kill it. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Options } from 'execa';

const main = join(import.meta.dirname, '..', 'main.ts');

/** Await it for its end; it never rejects. */
export function startFakeProcess(args: readonly string[], options: Pick<Options, 'timeout'> = {}) {
  return execa(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { reject: false, ...options });
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
