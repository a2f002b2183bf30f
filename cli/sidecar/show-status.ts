/** `adgen sidecar status`: what is installed, what runs, what was cut off. Starts and changes nothing. */
import type { StoreStatus } from '#sidecar/provision/types.ts';
import { oneLine, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { openStore } from './open-store.ts';
import { reportRunning } from './report-running.ts';
import type { RunningReport } from './report-running.ts';
import { inRows, sayCurrent, sayInstalled, sayInterrupted, sayServer } from './say-engine.ts';

export async function showStatus(options: CommonOptions): Promise<void> {
  const { paths, store } = openStore(options);
  const status = await store.status();
  const running = await reportRunning(status, paths.engineDir);
  if (options.json) printResult(JSON.stringify({ ...status, running }, null, 2));
  else inRows(rowsOf(status, running)).forEach((line) => printResult(oneLine(line, 1000)));
}

function rowsOf(status: StoreStatus, running: RunningReport): [string, string][] {
  const { current, previous, engines, interrupted, problems } = status;
  const others = engines.filter(({ id }) => !(current?.kind === 'managed' && current.engineId === id));
  return [
    ['engines', status.folder],
    ['models', status.modelsDir],
    ['in use', sayCurrent(current, engines)],
    ...(previous ? [['before', `${sayCurrent(previous, engines)} ("adgen sidecar use --previous" returns to it)`] as [string, string]] : []),
    ...others.map((engine): [string, string] => ['installed', sayInstalled(engine)]),
    ['running', sayRunning(running)],
    ...(interrupted ? [['cut off', `${sayInterrupted(interrupted)}; the same command goes on there`] as [string, string]] : []),
    ...problems.map((problem): [string, string] => ['problem', problem]),
  ];
}

function sayRunning({ state, url, pid, hostPid, server, problem }: RunningReport): string {
  const who = server ? sayServer(server) : '';
  switch (state) {
    case 'none': return 'no';
    case 'starting': return `it is starting (process ${pid}, of adgen ${hostPid})`;
    case 'leftover': return `process ${pid} is left over of an adgen that was killed; "adgen sidecar stop" ends it`;
    case 'not-answering': return `process ${pid} at ${url} does not answer: ${problem}`;
    case 'ready': return `${url}: ${who} (process ${pid}, of adgen ${hostPid})`;
    case 'external': return problem ?? `${url}: ${who}`;
  }
}
