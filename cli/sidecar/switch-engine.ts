/** `adgen sidecar adopt`, `use` and `uninstall`: which engine is used, and which are kept. */
import { resolve } from 'node:path';
import type { CurrentEngine } from '#sidecar/provision/types.ts';
import { usage } from '../parse-options.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { openStore } from './open-store.ts';
import { sayCurrent } from './say-engine.ts';

export interface AdoptOptions extends CommonOptions {
  readonly python?: string;
}

export interface UseOptions extends CommonOptions {
  readonly previous?: boolean;
}

/** Paths that are shown of what stays behind; all of them are in the JSON. */
const MOST_LEFT = 10;

/** A path never holds "://"; an address always does. */
export async function adoptEngine(place: string, options: AdoptOptions): Promise<void> {
  const isAddress = place.includes('://');
  if (isAddress && options.python !== undefined) throw usage('--python belongs to a folder; a server has its own.');
  const { store } = openStore(options);
  await sayChoice(isAddress ? await store.adoptUrl(place) : await store.adoptFolder(resolve(place), options.python), options);
}

export async function switchEngine(engineId: string | undefined, options: UseOptions): Promise<void> {
  if ((engineId === undefined) !== (options.previous ?? false)) throw usage('Name an engine, or give --previous.');
  const { store } = openStore(options);
  if (engineId === undefined) return await sayChoice(await store.goBack(), options);
  const current: CurrentEngine = { kind: 'managed', engineId };
  await store.use(current);
  await sayChoice(current, options);
}

async function sayChoice(current: CurrentEngine, options: CommonOptions): Promise<void> {
  const { engines } = await openStore(options).store.status();
  if (options.json) printResult(JSON.stringify({ current }, null, 2));
  else printNote(oneLine(`In use now: ${sayCurrent(current, engines)}. A running engine goes on as it is until it is stopped.`, 1000));
}

export async function uninstallEngine(engineId: string, options: CommonOptions): Promise<void> {
  const { removedFiles, left } = await openStore(options).store.uninstall(engineId);
  if (options.json) return printResult(JSON.stringify({ engineId, removedFiles, left }, null, 2));
  printNote(`Removed ${removedFiles} files of ${engineId}. Models and media are untouched.`);
  if (left.length === 0) return;
  printNote(`${left.length} that this program did not install were left standing:`);
  left.slice(0, MOST_LEFT).forEach((path) => printNote(`  ${oneLine(path, 1000)}`));
  if (left.length > MOST_LEFT) printNote(`  … and ${left.length - MOST_LEFT} more`);
}
