/** Starts the engine as a Node child process with an IPC channel. Used by `adgen open` and by tests. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deserializeError } from '#core/contract/errors.ts';
import type { EngineExit, EngineLaunch, EngineMessage, EngineStarter, HostMessage, StartedEngine } from './engine-starter.ts';
import { serveSidecar } from './sidecar-link.ts';

const ENTRY = fileURLToPath(new URL('process-entry.ts', import.meta.url));
/** The queue gives handlers five seconds to stop; a little more for the rest. */
const CLOSING_MS = 8000;

export const nodeStarter: EngineStarter = {
  async start(launch) {
    // The child's stdout is our stderr: stdout belongs to results.
    const child = fork(ENTRY, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 2, 'inherit', 'ipc'] });
    const exited = exitOf(child);
    const sidecar = launch.sidecar && serveSidecar(launch.sidecar, (message) => send(child, message));
    if (sidecar) void exited.then(() => sidecar.close());
    child.on('message', (message: EngineMessage) => {
      if (message.type === 'note') launch.onNote(message.text);
      if (message.type === 'beat') launch.onBeat();
      sidecar?.onMessage(message);
    });
    try {
      const port = await readyOf(child, exited, launch);
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

function readyOf(child: ChildProcess, exited: Promise<EngineExit>, { dataDir, port, token, beatMs, sidecar }: EngineLaunch): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: EngineMessage) => {
      if (message.type === 'ready') resolve(message.port);
      if (message.type === 'failed') reject(deserializeError(message.error));
    });
    void exited.then(({ exitCode, signal }) => reject(new Error(`The engine ended during its start (${signal ?? `code ${exitCode}`}); its last words stand above.`)));
    send(child, { type: 'start', dataDir, port, token, beatMs, ...(sidecar ? { sidecar: { kind: sidecar.kind, needsNetwork: sidecar.needsNetwork } } : {}) });
  });
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
