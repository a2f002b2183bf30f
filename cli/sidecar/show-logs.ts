/** `adgen sidecar logs`: the engine's own words, the newest at the end; or a file of them without tokens and user paths. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { homedir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError } from '#core/contract/errors.ts';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import { withOutputErrors } from '#engine/exports/with-output-errors.ts';
import { openRotatingLog } from '#sidecar/supervisor/rotating-log.ts';
import type { RotatingLog } from '#sidecar/supervisor/rotating-log.ts';
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import { listenForInterrupts } from '../listen-for-interrupts.ts';
import { usage } from '../parse-options.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { createLogTail } from '#sidecar/supervisor/log-tail.ts';
import type { LogTail } from '#sidecar/supervisor/log-tail.ts';
import { pathsOf } from './open-store.ts';

export interface LogOptions extends CommonOptions {
  readonly lines: string;
  readonly follow?: boolean;
  readonly export?: string;
}

const FOLLOW_MS = 200;
/** The engine cuts its lines at 16 KB. */
const LINE_LENGTH = 16 * 1024;

export async function showLogs(options: LogOptions): Promise<void> {
  const count = /^\d{1,6}$/.test(options.lines) ? Number(options.lines) : Number.NaN;
  if (Number.isNaN(count)) throw usage(`--lines takes a whole number from 0 to 999999, not "${options.lines}".`);
  if (options.json && options.follow) throw usage('--json prints one document and --follow never ends; leave out one of them.');
  if (options.export !== undefined && options.follow) throw usage('--export takes what is there and --follow never ends; leave out one of them.');
  const { engineDir } = pathsOf(options);
  const log = openLog(engineDir);
  if (options.export !== undefined) return await exportLog(log, options.export, engineDir, options);
  // Before the first start there is no folder yet; whoever follows sees it come.
  const tail = createLogTail(() => openLog(engineDir)?.files() ?? []);
  if (options.follow) return await follow(tail, count);
  const lines = await tail.last(count);
  if (options.json) return printResult(JSON.stringify({ files: log?.files() ?? [], lines }, null, 2));
  if (log === undefined) printNote('There is no log yet; it begins with the first start of the engine.');
  lines.forEach(printLine);
}

async function follow(tail: LogTail, count: number): Promise<void> {
  let isOver = false;
  const stopListening = listenForInterrupts(() => (isOver = true));
  (await tail.last(count)).forEach(printLine);
  for (; !isOver; await delay(FOLLOW_MS)) (await tail.more()).forEach(printLine);
  stopListening();
}

/** A log that is only read makes no folder. */
function openLog(engineDir: string): RotatingLog | undefined {
  const folder = join(engineDir, 'logs');
  return existsSync(folder) ? openRotatingLog(folder) : undefined;
}

const printLine = (line: string): void => printResult(oneLine(line, LINE_LENGTH));

async function exportLog(log: RotatingLog | undefined, file: string, engineDir: string, { json }: LogOptions): Promise<void> {
  if (log === undefined || log.files().length === 0) throw new AdgenError('NOT_FOUND', 'There is no log to export yet; it begins with the first start of the engine.');
  const path = resolve(file);
  const nonce = readRunRecord(engineDir)?.run;
  await checkOutputFolder(dirname(path));
  await withOutputErrors(path, () => log.exportTo(path, { homeDir: homedir(), words: nonce === undefined ? [] : [nonce] }));
  if (json) printResult(JSON.stringify({ exported: path }, null, 2));
  else printNote(`${path} holds the newest lines, without tokens and user paths.`);
}
