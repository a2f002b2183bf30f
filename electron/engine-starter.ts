/**
 * Starts the engine as a utility process: the desktop shell's own `EngineStarter`. Beside the engine's line there is one for the page: with
 * every engine a channel is made, one end for the engine and one for whoever shows the page.
 */
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import type { EngineExit, EngineMessage, EngineStarter, HostMessage } from '#engine/host/engine-starter.ts';
import { openLaunchChannel } from '#engine/host/launch-channel.ts';
import type { PageLine } from './page-line.ts';

const ENTRY = fileURLToPath(new URL('../engine/host/process-entry.ts', import.meta.url));
/** The queue gives handlers five seconds to stop; a little more for the rest. */
const CLOSING_MS = 8000;

export function createEngineStarter(line: PageLine): EngineStarter {
  return {
    async start(launch) {
      const child = utilityProcess.fork(ENTRY, [], { serviceName: 'AdGen Studio engine', stdio: 'inherit' });
      let isGone = false;
      const exited = new Promise<EngineExit>((resolve) => child.once('exit', (exitCode) => resolve({ exitCode, signal: null })));
      const send = (message: HostMessage): void => void (isGone || child.postMessage(message));
      const kill = (): void => void (isGone || endAtOnce(child.pid));
      const channel = openLaunchChannel(launch, send);
      void exited.then(() => {
        isGone = true;
        channel.close();
        line.lose(child);
      });
      child.on('message', (message: EngineMessage) => channel.onMessage(message));
      channel.start();
      try {
        const port = await Promise.race([channel.ready, exited.then(({ exitCode }): never => {
          throw new Error(`The engine ended during its start (code ${exitCode}).`);
        })]);
        line.open(child, (ours) => child.postMessage({ type: 'page' } satisfies HostMessage, [ours]));
        return { pid: child.pid ?? 0, port, exited, kill, dispose: () => dispose(send, kill, exited) };
      } catch (error) {
        await end(child, kill, exited);
        throw error;
      }
    },
  };
}

/** One that has ended a moment ago is as good as killed. */
function endAtOnce(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function dispose(send: (message: HostMessage) => void, kill: () => void, exited: Promise<EngineExit>): Promise<void> {
  send({ type: 'close' });
  const timer = setTimeout(kill, CLOSING_MS);
  await exited;
  clearTimeout(timer);
}

async function end(child: UtilityProcess, kill: () => void, exited: Promise<EngineExit>): Promise<void> {
  if (child.pid === undefined) child.kill(); // it has not been spawned yet; this keeps it from being
  else kill();
  await exited;
}
