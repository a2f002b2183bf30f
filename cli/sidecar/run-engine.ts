/**
 * `adgen sidecar start`: this process is the host of the engine. It starts it, stays in the foreground, and takes it along when it
 * ends; killed, it takes it along as well, because the engine hangs on its stdin.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { CurrentEngine, EngineStore } from '#sidecar/provision/types.ts';
import type { EngineSpec } from '#sidecar/supervisor/engine-command.ts';
import { toError } from '#sidecar/supervisor/problems.ts';
import { createSupervisor } from '#sidecar/supervisor/supervisor.ts';
import type { Supervisor } from '#sidecar/supervisor/supervisor.ts';
import { listenForInterrupts } from '../listen-for-interrupts.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { identify } from '#sidecar/client/ask-server.ts';
import type { CommonOptions } from './common-options.ts';
import { openStore } from './open-store.ts';
import { sayServer } from './say-engine.ts';

export async function runEngine(options: CommonOptions): Promise<void> {
  const { paths, store } = openStore(options);
  const { current } = await store.status();
  if (current?.kind === 'external') return await showExternal(current, options);
  // The user watches and can end it, so it gets the patience of a first start.
  const supervisor = createSupervisor({ spec: await specOf(store), folder: paths.engineDir, isFirstRun: true });
  supervisor.subscribe({ onNote: (text) => printNote(oneLine(text, 1000)) });
  try {
    await host(supervisor, () => announce(supervisor, options));
  } catch (error) {
    printLastWords(error);
    throw error;
  }
}

/** What the engine said last is often the reason. */
function printLastWords(error: unknown): void {
  const lines = error instanceof AdgenError ? error.data['lastLines'] : undefined;
  if (Array.isArray(lines)) lines.forEach((line) => printNote(`  ${oneLine(String(line), 1000)}`));
}

async function specOf(store: EngineStore): Promise<EngineSpec> {
  const spec = await store.spec();
  if (spec === undefined) throw new AdgenError('NOT_FOUND', 'There is no engine to start yet. "adgen sidecar install" installs one; "adgen sidecar adopt" takes your own ComfyUI.');
  return spec;
}

/** Resolves when the user has ended it. Rejects when it cannot be started or kept running, or was ended before it was ready; in each case it is gone then. */
async function host(supervisor: Supervisor, whenReady: () => Promise<void>): Promise<void> {
  const interrupt = Promise.withResolvers<void>();
  let [isInterrupted, isReady] = [false, false];
  const stopListening = listenForInterrupts(() => {
    isInterrupted = true;
    printNote('Stopping the engine … (press Ctrl-C again to end it at once)');
    interrupt.resolve();
  });
  try {
    const broken = untilBroken(supervisor);
    const work = supervisor.start().then(whenReady).then(() => {
      isReady = true;
      return broken;
    });
    work.catch(() => {}); // after an interrupt nobody waits for it any more
    await Promise.race([work, interrupt.promise]);
  } finally {
    await supervisor.quit();
    stopListening();
  }
  if (isInterrupted && !isReady) throw new AdgenError('CANCELED', 'The engine was stopped before it was ready.');
  printNote('The engine is stopped.');
}

/** Never resolves. Rejects when the engine has been ready and is given up. */
function untilBroken(supervisor: Supervisor): Promise<never> {
  const broken = new Promise<never>((_resolve, reject) => {
    supervisor.subscribe({ onState: (state, { wasReady }) => void (state.name === 'broken' && wasReady && reject(toError(state.problem))) });
  });
  broken.catch(() => {}); // it may break while we are already stopping
  return broken;
}

async function announce(supervisor: Supervisor, { json }: CommonOptions): Promise<void> {
  const { url = '' } = supervisor;
  const server = await identify(url, supervisor.nonce);
  if (json) return printResult(JSON.stringify({ state: 'ready', url, pid: supervisor.pid, hostPid: process.pid, server }, null, 2));
  printResult(url);
  printNote(`${sayServer(server)} is ready. Ctrl-C stops it, and "adgen sidecar stop" in another terminal.`);
}

async function showExternal({ url }: CurrentEngine & { kind: 'external' }, { json }: CommonOptions): Promise<void> {
  const server = await identify(url);
  if (json) return printResult(JSON.stringify({ state: 'external', url, server }, null, 2));
  printResult(url);
  printNote('This server is somebody else\'s and answers; there is nothing to start.');
}
