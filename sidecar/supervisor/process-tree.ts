/**
 * Which processes belong to an engine, and how they are ended: its process group and, on Linux, everything that carries the run's
 * mark in its environment, also after it moved to a session of its own. On Windows the boot script's job object holds the children;
 * here only the process itself can be seen.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { RUN_VARIABLE } from './environment.ts';

export interface TreeRoot {
  /** Leads a process group of the same number. */
  readonly pid: number;
  readonly run: string;
}

/** Pids that are still there; those that only wait to be collected by their parent do not count. */
export function membersOf(root: TreeRoot): number[] {
  if (process.platform === 'linux') return membersFromProc(root);
  if (process.platform === 'win32') return isThere(root.pid) ? [root.pid] : [];
  return membersFromPs(root.pid);
}

export function killTree(root: TreeRoot): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(root.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true }).on('error', () => {});
    return;
  }
  for (const pid of membersOf(root)) kill(pid, 'SIGKILL');
}

/** Asks firmly, without giving code a chance that ignores it. Windows knows no such thing. */
export function terminate(root: TreeRoot): void {
  if (process.platform === 'win32') killTree(root);
  else kill(root.pid, 'SIGTERM');
}

/** When a process started, so that a later one with the same pid is not taken for it; '' where that cannot be known. */
export function startTokenOf(pid: number): string {
  if (process.platform === 'linux') return statOf(String(pid))?.[19] ?? '';
  if (process.platform === 'win32') return '';
  return readPs(['-o', 'lstart=', '-p', String(pid)]).trim();
}

export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function membersFromProc({ pid, run }: TreeRoot): number[] {
  const mark = `${RUN_VARIABLE}=${run}`;
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).flatMap((name) => {
    const stat = statOf(name);
    if (stat === undefined || stat[0] === 'Z' || stat[0] === 'X') return [];
    return stat[2] === String(pid) || readText(`/proc/${name}/environ`).split('\0').includes(mark) ? [Number(name)] : [];
  });
}

/** Fields of /proc/<pid>/stat from the third (state) on; 2 = process group, 19 = start. The name before them may hold anything. */
function statOf(name: string): string[] | undefined {
  const stat = readText(`/proc/${name}/stat`);
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function membersFromPs(root: number): number[] {
  return readPs(['-axo', 'pid=,pgid=,stat=']).split('\n').flatMap((line) => {
    const [pid, group, state = 'Z'] = line.trim().split(/\s+/);
    return Number(group) === root && !state.startsWith('Z') ? [Number(pid)] : [];
  });
}

function readPs(args: readonly string[]): string {
  try {
    return execFileSync('/bin/ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return ''; // ps fails when there is no such process
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has just ended, or belongs to somebody else
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended by itself in this moment
  }
}
