/** Which processes a process has started and that are still there. Linux and macOS; nothing is known elsewhere. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface ChildProcess {
  readonly pid: number;
  readonly command: string;
}

export function childrenOf(parentPid: number): ChildProcess[] {
  if (process.platform === 'linux') return readProc(parentPid);
  if (process.platform === 'darwin') return readPs(parentPid);
  return [];
}

export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A child may belong to any thread of its parent, so all processes are asked for theirs. Zombies do not count: they run nothing. */
function readProc(parentPid: number): ChildProcess[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const stat = readText(`/proc/${name}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parent) !== parentPid || state === 'Z' || state === 'X') return [];
    return [{ pid: Number(name), command: readText(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim() }];
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}

function readPs(parentPid: number): ChildProcess[] {
  const lines = execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,stat=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === parentPid && !state.startsWith('Z') && !command.startsWith('/bin/ps ') ? [{ pid: Number(pid), command }] : [];
  });
}
