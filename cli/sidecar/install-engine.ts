/** `adgen sidecar install` and `repair`: what will be done is shown first, with what it costs; then it is done, or gone on with. */
import { resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { forecastSpace, formatBytes } from '#sidecar/provision/space.ts';
import { VARIANTS } from '#sidecar/provision/types.ts';
import type { InstalledEngine, InstallPlan, StoreStatus, Variant } from '#sidecar/provision/types.ts';
import { usage } from '../parse-options.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { askYesNo, canAsk } from './ask.ts';
import type { CommonOptions } from './common-options.ts';
import { interruptible } from './interruptible.ts';
import { openStore } from './open-store.ts';
import { inRows, sayInstalled, sayInterrupted, sayVariant } from './say-engine.ts';
import { withProgress } from './show-progress.ts';

export interface InstallOptions extends CommonOptions {
  readonly variant?: string;
  readonly bundle?: string;
  readonly yes?: boolean;
}

export async function installEngine(options: InstallOptions): Promise<void> {
  const variant = options.variant === undefined ? undefined : parseVariant(options.variant);
  const bundlePath = options.bundle === undefined ? undefined : resolve(options.bundle);
  const { store } = openStore(options);
  const engine = await interruptible('Canceled. What is finished is kept; "adgen sidecar install" goes on where it stopped.', async (signal) => {
    const status = await store.status();
    const plan = await store.plan({ variant, bundlePath, signal });
    (await describePlan(plan, status, bundlePath)).forEach((line) => printNote(oneLine(line, 1000)));
    if (!isAgreed(plan, status, options)) await askFirst();
    return await withProgress((onProgress) => store.install({ variant, bundlePath, signal, onProgress }));
  });
  const { current } = await store.status();
  report(engine, { isInUse: current?.kind === 'managed' && current.engineId === engine.id, json: options.json ?? false });
}

export async function repairEngine(engineId: string | undefined, options: InstallOptions): Promise<void> {
  const bundlePath = options.bundle === undefined ? undefined : resolve(options.bundle);
  const { store } = openStore(options);
  const engine = await interruptible('Canceled. "adgen sidecar repair" goes on where it stopped.', (signal) =>
    withProgress((onProgress) => store.repair({ engineId, bundlePath, signal, onProgress })));
  if (options.json) printResult(JSON.stringify({ engine }, null, 2));
  else printNote(`${sayInstalled(engine)}: every file is as it was installed. ${engine.selfTest.detail}`);
}

export function parseVariant(text: string): Variant {
  const variant = VARIANTS.find((each) => each === text);
  if (variant === undefined) throw usage(`--variant takes ${VARIANTS.join(', ')}, not "${text}".`);
  return variant;
}

/** Whoever began an installation has agreed to it; an engine that is there costs nothing. */
function isAgreed(plan: InstallPlan, { interrupted, engines }: StoreStatus, { yes }: InstallOptions): boolean {
  return yes === true || (interrupted?.op === 'install' && interrupted.engineId === plan.engineId) || engines.some(({ id }) => id === plan.engineId);
}

async function askFirst(): Promise<void> {
  if (!canAsk()) throw usage('Nothing was installed, because there is no terminal to ask on. Give --yes if you want all of this.');
  if (!(await askYesNo('Install it?'))) throw new AdgenError('CANCELED', 'Nothing was installed.');
}

async function describePlan(plan: InstallPlan, { folder, engines, interrupted }: StoreStatus, bundlePath: string | undefined): Promise<string[]> {
  if (engines.some(({ id }) => id === plan.engineId)) return [`${plan.engineId} is installed already; it is only made the one in use.`];
  const isResumed = interrupted?.op === 'install' && interrupted.engineId === plan.engineId;
  const volumes = await forecastSpace([{ path: folder, bytes: plan.engineBytes + plan.passingBytes }]);
  return [
    isResumed ? `Going on: ${sayInterrupted(interrupted)}.` : `ComfyUI ${plan.comfyVersion} is installed into ${folder}:`,
    ...inRows([
      ['for', sayVariant(plan.variant)],
      ...plan.notes.map((note): [string, string] => ['', note]),
      ['download', bundlePath === undefined ? `about ${formatBytes(plan.downloadBytes)}` : `nothing; everything comes from ${bundlePath}`],
      ...volumes.map(({ path, needBytes, freeBytes, isEnough }): [string, string] => ['disk', `${formatBytes(needBytes)} needed for ${path}, ${formatBytes(freeBytes)} free${isEnough ? '' : ': NOT ENOUGH'}`]),
      ['licence', 'ComfyUI is GPL-3.0 and runs as a program of its own; PyTorch is BSD-3-Clause.'],
    ]).map((line) => `  ${line}`),
  ];
}

/** An engine that did not prove itself is no success, though it is kept. */
function report(engine: InstalledEngine, { isInUse, json }: { readonly isInUse: boolean; readonly json: boolean }): void {
  const { selfTest } = engine;
  if (json) printResult(JSON.stringify({ engine, isInUse }, null, 2));
  else if (selfTest.outcome === 'ok') printNote(`${sayInstalled(engine)}: it computes right${selfTest.device === undefined ? '' : ` on ${selfTest.device}`}. "adgen sidecar start" starts it.`);
  if (selfTest.outcome === 'ok') return;
  throw new AdgenError('PROVIDER_UNAVAILABLE', `${engine.id} is installed ${isInUse ? 'and in use' : 'but not in use'}: ${selfTest.detail} "adgen sidecar doctor" says more.`, { data: { reason: 'GPU_PROBE' } });
}
