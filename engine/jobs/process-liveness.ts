/**
 * Who a process is, beyond its pid: pids are reused, so every claim on disk or in the database carries a start token too.
 * Linux reads /proc (start time, boot id, pid namespace); macOS asks ps; elsewhere, and for a process of another
 * container, the answer is `unknown` and a heartbeat decides. A zombie counts as dead: it runs nothing.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** A process, so that a later one with the same pid is not taken for it. `startToken` is safe in a file name; '' = not known here. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startToken: string;
}

export type Liveness = 'alive' | 'dead' | 'unknown';

/** A heartbeat older than this belongs to a process that is gone or frozen. */
export const HEARTBEAT_STALE_MS = 15_000;

let own: ProcessIdentity | undefined;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, startToken: readStartToken(process.pid)?.token ?? '' };
  return own;
}

/** The identity of a running process, or undefined when there is none with that pid. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  if (process.platform === 'linux' || process.platform === 'darwin') {
    const found = readStartToken(pid);
    return found === undefined || found.isZombie ? undefined : { pid, startToken: found.token };
  }
  return canSignal(pid) ? { pid, startToken: '' } : undefined;
}

/** What can be said for sure about a process that left its identity somewhere. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.pid === process.pid && identity.startToken === ownIdentity().startToken) return 'alive';
  const [boot, namespace] = spaceOf(identity.startToken);
  const [ownBoot, ownNamespace] = spaceOf(ownIdentity().startToken);
  if (boot !== '' && boot !== ownBoot) return 'dead'; // SQLite's WAL keeps a data folder on one machine, so that boot is over
  if (namespace !== ownNamespace && boot !== '') return 'unknown';
  const now = identityOf(identity.pid);
  if (now === undefined) return 'dead';
  if (identity.startToken === '' || now.startToken === '') return 'unknown';
  return now.startToken === identity.startToken ? 'alive' : 'dead';
}

/** `livenessOf` with the age of the last sign of life as tie-break: an unknown process counts as alive for `staleMs` after it. */
export function isAlive(identity: ProcessIdentity, lastSignAgeMs: number, staleMs = HEARTBEAT_STALE_MS): boolean {
  const liveness = livenessOf(identity);
  return liveness === 'alive' || (liveness === 'unknown' && lastSignAgeMs < staleMs);
}

/** Within what pids can be compared: one boot of a machine, one pid namespace of it. */
function spaceOf(token: string): [boot: string, namespace: string] {
  const match = /^l([0-9a-f]*)n(\d*)t/.exec(token);
  return [match?.[1] ?? '', match?.[2] ?? ''];
}

function readStartToken(pid: number): { token: string; isZombie: boolean } | undefined {
  if (process.platform === 'linux') return readLinuxToken(pid);
  if (process.platform === 'darwin') return readDarwinToken(pid);
  return undefined;
}

/** /proc/<pid>/stat, fields 3 (state) and 22 (start in clock ticks since boot); the name in field 2 may hold anything. */
function readLinuxToken(pid: number): { token: string; isZombie: boolean } | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { token: `${linuxSpace()}t${fields[19] ?? ''}`, isZombie: fields[0] === 'Z' || fields[0] === 'X' };
}

let space: string | undefined;

function linuxSpace(): string {
  if (space === undefined) {
    const boot = (readText('/proc/sys/kernel/random/boot_id') ?? '').trim().replaceAll('-', '').slice(0, 12);
    const namespace = readLink('/proc/self/ns/pid').replace(/\D/g, '');
    space = `l${boot}n${namespace}`;
  }
  return space;
}

function readDarwinToken(pid: number): { token: string; isZombie: boolean } | undefined {
  try {
    const line = execFileSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    if (line === '') return undefined;
    const [state = '', ...start] = line.split(/\s+/);
    return { token: `dt${createHash('sha256').update(start.join(' ')).digest('hex').slice(0, 16)}`, isZombie: state.startsWith('Z') };
  } catch {
    return undefined; // ps exits with 1 when there is no such process
  }
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process ended, or this system has no /proc
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // some sandboxes hide namespaces; the boot id alone must do
  }
}
