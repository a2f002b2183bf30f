/** The one place that starts the engine's process. Both streams are always drained, or a talkative engine would stand still. */
import { spawn } from 'node:child_process';
import type { EngineCommand } from './engine-command.ts';
import { createLineReader } from './line-reader.ts';
import { killTree, membersOf, terminate } from './process-tree.ts';

export interface EngineProcess {
  readonly pid: number;
  /** A line for the boot script. */
  say(line: string): void;
  terminate(): void;
  killTree(): void;
  /** Pids of the process and of what it has started, as far as they are still there. */
  members(): number[];
}

export interface EngineListener {
  onLines(lines: readonly string[]): void;
  /** After all lines, as long as nobody else keeps the streams open. */
  onExit(code: number | null, signal: string | null): void;
  /** Instead of everything else: there is no process. */
  onFailure(error: NodeJS.ErrnoException): void;
}

export type SpawnEngine = (command: EngineCommand, listener: EngineListener) => EngineProcess | undefined;

/** Children of the engine may hold its streams open; its own end is told all the same. */
const DRAIN_MS = 300;

export const spawnEngine: SpawnEngine = (command, listener) => {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a process group of its own, out of reach of the terminal's Ctrl-C
    windowsHide: true,
  });
  child.on('error', listener.onFailure);
  const { pid } = child;
  if (pid === undefined) return undefined;
  for (const stream of [child.stdout, child.stderr]) {
    const reader = createLineReader(listener.onLines);
    stream.on('data', (chunk: Buffer) => reader.push(chunk));
    stream.on('end', () => reader.end());
    stream.on('error', () => {});
  }
  child.stdin.on('error', () => {}); // it may end while we write
  let isTold = false;
  const tell = (): void => {
    if (!isTold) listener.onExit(child.exitCode, child.signalCode);
    isTold = true;
  };
  child.on('close', tell);
  child.on('exit', () => setTimeout(() => {
    child.stdout.destroy();
    child.stderr.destroy();
    tell();
  }, DRAIN_MS).unref());
  const root = { pid, run: command.run };
  return {
    pid,
    say: (line) => void child.stdin.write(`${line}\n`),
    terminate: () => terminate(root),
    killTree: () => killTree(root),
    members: () => membersOf(root),
  };
};
