/**
 * `npm run test:comfy -- --comfy-dir DIR [--python PATH] | --comfy-url URL`: holds a real ComfyUI to the same contract that the fake
 * one keeps in `npm test`. A folder is started on the CPU under our supervisor, with its data elsewhere: nothing in it is written.
 * `--only TEXT` runs the cases whose names hold that text; `--json` writes one document to stdout.
 * Exit code 0 when every case held, 1 when one was broken or the server did not start, 2 for wrong usage.
 */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runCases } from '#sidecar/contract/case.ts';
import type { CaseResult } from '#sidecar/contract/case.ts';
import { processCases } from '#sidecar/contract/cases/processes.ts';
import type { EngineChoice } from '#sidecar/contract/engine-choice.ts';
import { openProcessKit } from '#sidecar/contract/process-kit.ts';
import { openServedKit } from '#sidecar/contract/served-kit.ts';
import { serveEngine, serveUrl } from '#sidecar/contract/serve-target.ts';
import { servedCases } from '#sidecar/contract/served-cases.ts';
import { askKnownFlags } from '#sidecar/provision/store/known-flags.ts';
import { formatResult, formatSummary } from './format.ts';
import { workflowCases } from './workflow-cases.ts';

/** A job that is to be caught in the middle works for so long; a busy machine needs some time to catch it. */
const WORK_SECONDS = 2;
const CYCLES = 20;

const USAGE = `Usage: npm run test:comfy -- --comfy-dir DIR [--python PATH]   a ComfyUI folder; it is started on the CPU
       npm run test:comfy -- --comfy-url URL                    a server that runs; it is neither stopped nor killed
       more: --only TEXT, --json
The Python is DIR/.venv's or DIR/venv's unless it is named.
`;

class UsageError extends Error {}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${(error as Error).message}\n${isUsage ? `\n${USAGE}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { 'comfy-dir': { type: 'string' }, 'comfy-url': { type: 'string' }, python: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const { 'comfy-dir': comfyDir, 'comfy-url': comfyUrl, only = '', json } = values;
  if ((comfyDir === undefined) === (comfyUrl === undefined)) throw new UsageError('Name a ComfyUI: either its folder or its address.');
  const say = (text: string): void => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const onResult = (result: CaseResult): void => say(formatResult(result));
  const isWanted = ({ name }: { readonly name: string }): boolean => name.includes(only);

  const choice = comfyDir === undefined ? undefined : await chooseEngine(resolve(comfyDir), values.python);
  const server = choice === undefined ? await serveUrl(comfyUrl ?? '', WORK_SECONDS) : await serveEngine(choice, WORK_SECONDS);
  const { target } = server;
  say(`${target.label}${choice === undefined ? '' : `, ready after ${Math.round(server.startMs)} ms`}\n`);
  const results: CaseResult[] = [];
  let stopMs = 0;
  try {
    results.push(...(await runCases([...servedCases, ...workflowCases].filter(isWanted), target, async (note) => await openServedKit(target, note), onResult)));
  } finally {
    stopMs = await server.close();
  }
  if (choice === undefined) say(`  The ${processCases.length} cases that start and kill servers were not run: they need --comfy-dir.`);
  else {
    const processes = { label: target.label, choice, workSeconds: WORK_SECONDS, cycles: CYCLES };
    results.push(...(await runCases(processCases.filter(isWanted), processes, async (note) => await openProcessKit(processes, note), onResult)));
  }
  say(`\n${formatSummary(results)}${choice === undefined ? '' : ` The server stopped in ${Math.round(stopMs)} ms.`}`);
  if (json) process.stdout.write(`${JSON.stringify({ server: target.label, startMs: server.startMs, stopMs, results: results.map(({ error, ...rest }) => ({ ...rest, ...(error === undefined ? {} : { error: String(error) }) })) }, null, 2)}\n`);
  return results.some(({ outcome }) => outcome === 'broken') || results.length === 0 ? 1 : 0;
}

async function chooseEngine(comfyDir: string, python?: string): Promise<EngineChoice> {
  const mainPath = join(comfyDir, 'main.py');
  if (!existsSync(mainPath)) throw new UsageError(`${comfyDir} is no ComfyUI: it has no main.py.`);
  const own = ['.venv', 'venv'].flatMap((name) => [join(comfyDir, name, 'bin', 'python'), join(comfyDir, name, 'Scripts', 'python.exe')]);
  const pythonPath = python ?? own.find((path) => existsSync(path));
  if (pythonPath === undefined) throw new UsageError(`${comfyDir} has no Python of its own; name one with --python.`);
  const knownFlags = await askKnownFlags({ pythonPath, mainPath, workDir: tmpdir(), signal: new AbortController().signal });
  return { kind: 'folder', comfyDir, pythonPath, knownFlags };
}
