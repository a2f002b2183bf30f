/**
 * One text file for support: versions, machine, findings, settings, what runs have ended with, and the end of the engine's log. No keys, no
 * pictures, no briefs: keys are taken out by their very value as well as by their shape, and words in quotation marks, which may be a
 * product's or a file's name, are left out of errors.
 */
import { homedir, release } from 'node:os';
import { serializeError } from '#core/contract/errors.ts';
import { KEY_NAMES } from '#core/contract/settings.ts';
import type { ApiTools } from '#engine/api.ts';
import { examineMachine } from '#engine/doctor/examine-machine.ts';
import { readVersion } from '#engine/host/version.ts';
import { redact } from '#sidecar/supervisor/redact.ts';
import { readStorageUse } from './storage-use.ts';
import { readStudioSettings } from './studio-settings.ts';

const LOG_LINES = 300;
const MOST_RUNS = 30;

interface RunRow {
  readonly id: string;
  readonly state: string;
  readonly stage: string;
  readonly purpose: string;
  readonly created_ms: number;
  readonly ended_ms: number | null;
  readonly error: string | null;
}

/** @param nowMs for the name and the first line */
export async function writeDiagnostics({ engine, host }: Pick<ApiTools, 'engine' | 'host'>, nowMs: number = Date.now()): Promise<{ name: string; text: string }> {
  const stamp = new Date(nowMs).toISOString();
  const sections: [string, () => Promise<readonly string[]> | readonly string[]][] = [
    ['Program', () => [`AdGen Studio ${readVersion()}, Node ${process.version}, ${process.platform} ${process.arch} ${release()}`, ...engine.notices]],
    ['Machine', async () => (await examineMachine({ dataDir: engine.services.dataDir })).findings.map(({ name, state, detail }) => `${state.padEnd(7)} ${name}: ${detail}`)],
    ['Settings', () => Object.entries(readStudioSettings(engine.db)).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)],
    ['Keys', async () => await Promise.all(KEY_NAMES.map(async (name) => `${name}: ${await host.keys.origin(name)}`))],
    ['Storage', async () => Object.entries(await readStorageUse(engine.services.dataDir)).map(([name, value]) => `${name} = ${value}`)],
    ['Runs', () => newestRuns(engine.db)],
    ['ComfyUI', async () => Object.entries(await host.sidecar.status(undefined)).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)],
    ['ComfyUI log', async () => (await host.sidecar.log({ lines: LOG_LINES })).lines],
  ];
  const parts = [`AdGen Studio diagnostics, ${stamp}`];
  for (const [title, read] of sections) parts.push('', `== ${title}`, ...(await linesOf(read)));
  const words = await secretsOf(host);
  return { name: `adgen-diagnostics-${stamp.slice(0, 19).replaceAll(/[:T]/g, '-')}.txt`, text: `${redact(parts.join('\n'), { homeDir: homedir(), words })}\n` };
}

/** A part that cannot be had says why; the others are still worth reading. */
async function linesOf(read: () => Promise<readonly string[]> | readonly string[]): Promise<readonly string[]> {
  try {
    const lines = await read();
    return lines.length > 0 ? lines : ['(nothing)'];
  } catch (error) {
    return [`(not to be had: ${serializeError(error).message})`];
  }
}

async function secretsOf(host: ApiTools['host']): Promise<string[]> {
  const keys = await Promise.all(KEY_NAMES.map((name) => host.keys.read(name).catch(() => undefined))); // a host that does not answer hands out no key either
  return keys.filter((key) => key !== undefined);
}

function newestRuns(db: ApiTools['engine']['db']): string[] {
  const rows = db.prepare<[number], RunRow>('SELECT id, state, stage, purpose, created_ms, ended_ms, error FROM runs ORDER BY created_ms DESC LIMIT ?').all(MOST_RUNS);
  return rows.map(({ id, state, stage, purpose, created_ms: createdMs, ended_ms: endedMs, error }) => {
    const seconds = endedMs === null ? '' : `, ${((endedMs - createdMs) / 1000).toFixed(1)} s`;
    return `${new Date(createdMs).toISOString()} ${id} ${purpose}: ${state} at ${stage}${seconds}${error === null ? '' : ` — ${describeError(error)}`}`;
  });
}

/** Quoted words may be names of the user's. */
function describeError(text: string): string {
  const { code = '', message = '' } = JSON.parse(text) as { code?: string; message?: string };
  return `${code}: ${message.replaceAll(/"[^"\n]*"|“[^”\n]*”/g, '"…"')}`;
}
