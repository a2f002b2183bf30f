/** Starts the engine as a Node child process with an IPC channel. Used by `adgen open` and by tests. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineExit, EngineMessage, EngineStarter, HostMessage, StartedEngine } from './engine-starter.ts';
import { openLaunchChannel } from './launch-channel.ts';
import type { LaunchChannel } from './launch-channel.ts';

const ENTRY = fileURLToPath(new URL('process-entry.ts', import.meta.url));
/** The queue gives handlers five seconds to stop; a little more for the rest. */
const CLOSING_MS = 8000;

export const nodeStarter: EngineStarter = {
  async start(launch) {
    // The child's stdout is our stderr: stdout belongs to results.
    const child = fork(ENTRY, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 2, 'inherit', 'ipc'] });
    const exited = exitOf(child);
    const channel = openLaunchChannel(launch, (message) => send(child, message));
    void exited.then(() => channel.close());
    child.on('message', (message: EngineMessage) => channel.onMessage(message));
    try {
      const port = await readyOf(channel, exited);
      return { pid: child.pid ?? 0, port, exited, dispose: () => dispose(child, exited), kill: () => void child.kill('SIGKILL') };
    } catch (error) {
      child.kill('SIGKILL');
      await exited;
      throw error;
    }
  },
};

function exitOf(child: ChildProcess): Promise<EngineExit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.once('error', () => child.pid ?? resolve({ exitCode: null, signal: null })); // it could not be spawned
  });
}

async function readyOf(channel: LaunchChannel, exited: Promise<EngineExit>): Promise<number> {
  channel.start();
  const ended = exited.then(({ exitCode, signal }): never => {
    throw new Error(`The engine ended during its start (${signal ?? `code ${exitCode}`}); its last words stand above.`);
  });
  return await Promise.race([channel.ready, ended]);
}

async function dispose(child: ChildProcess, exited: StartedEngine['exited']): Promise<void> {
  send(child, { type: 'close' });
  const timer = setTimeout(() => child.kill('SIGKILL'), CLOSING_MS);
  await exited;
  clearTimeout(timer);
}

function send(child: ChildProcess, message: HostMessage): void {
  if (child.connected) child.send(message, () => {}); // when it cannot be sent, the child is gone, and `exited` tells that
}
