/**
 * What is known when something of ours crashes, kept on this machine and sent nowhere: the system's dumps, and one line per crash in
 * `crashes.log` of the shell's folder, the newest hundred.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, crashReporter } from 'electron';

const LINES_KEPT = 100;

/** @param folder the shell's own */
export function keepCrashReports(folder: string): void {
  app.setPath('crashDumps', join(folder, 'crashes'));
  crashReporter.start({ uploadToServer: false });
  const keep = (what: string, details: object): void => keepLine(folder, { at: new Date().toISOString(), what, ...details });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => keep('window', { reason, exitCode }));
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => reason === 'clean-exit' || keep(type, { reason, exitCode, name }));
  process.on('uncaughtExceptionMonitor', (error) => keep('shell', { reason: error.message.slice(0, 400), stack: error.stack?.slice(0, 2000) }));
}

function keepLine(folder: string, line: object): void {
  const path = join(folder, 'crashes.log');
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${[...readLines(path), JSON.stringify(line)].slice(-LINES_KEPT).join('\n')}\n`);
  } catch {
    // a report that cannot be written must not make a crash worse
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return []; // the first crash
  }
}
