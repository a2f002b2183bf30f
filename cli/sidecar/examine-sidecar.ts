/** `adgen sidecar doctor`: GPU, engine, server, models and disk are really looked at; each finding that needs the user ends with what to do. */
import { join } from 'node:path';
import { chooseVariant } from '#sidecar/provision/hardware/choose-variant.ts';
import { lookAtMachine } from '#sidecar/provision/hardware/look-at-machine.ts';
import { runSelfTest } from '#sidecar/provision/self-test/run-self-test.ts';
import type { EngineStore, Hardware, SelfTestResult, StoreStatus, Variant, VariantChoice } from '#sidecar/provision/types.ts';
import type { SidecarPaths } from '#sidecar/sidecar-paths.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import { printResult } from '../terminal.ts';
import { failOnProblems, formatFinding } from '../view/findings.ts';
import type { Finding } from '../view/findings.ts';
import { withTaskView } from '../view/task-view.ts';
import type { CommonOptions } from './common-options.ts';
import { defaultWorkflows, vramOf } from './default-workflows.ts';
import { diskFindings } from './examine/disk-findings.ts';
import { fileFindings, findingsOf, selfTestFinding, serverFinding, statusFindings } from './examine/engine-findings.ts';
import { machineFindings, variantFinding } from './examine/machine-findings.ts';
import { modelFindings } from './examine/models-findings.ts';
import { interruptible } from './interruptible.ts';
import { openStore } from './open-store.ts';
import { reportRunning } from './report-running.ts';

export interface ExamineOptions extends CommonOptions {
  readonly deep?: boolean;
}

interface SidecarReport {
  readonly findings: readonly Finding[];
  readonly hardware: Hardware;
  readonly choice: VariantChoice;
  /** Missing when there is no engine whose Python could run it. */
  readonly selfTest?: SelfTestResult;
}

export async function examineSidecar(options: ExamineOptions): Promise<void> {
  const report = await interruptible('Canceled. Nothing was changed.', (signal) => examine(options, signal));
  if (options.json) printResult(JSON.stringify(report, null, 2));
  else report.findings.forEach((finding) => printResult(formatFinding(finding)));
  failOnProblems(report.findings, 'PROVIDER_UNAVAILABLE');
}

async function examine(options: ExamineOptions, signal: AbortSignal): Promise<SidecarReport> {
  const { paths, store } = openStore(options);
  const hardware = await lookAtMachine();
  const choice = chooseVariant(hardware);
  const status = await store.status();
  const engine = engineInUse(status);
  const mismatch = engine && variantFinding(engine, choice);
  const files = await examineFiles(status, paths, { isDeep: options.deep ?? false, signal });
  const selfTest = await examineDevice(store, engine?.variant ?? choice.variant, signal);
  const server = serverFinding(await reportRunning(status, paths.engineDir));
  return {
    findings: [
      ...machineFindings(hardware, choice), ...statusFindings(status), ...(mismatch ? [mismatch] : []), ...files, ...selfTest.findings, server,
      ...(await examineModels(status, paths, hardware)), ...(await diskFindings(paths)),
    ],
    hardware, choice, ...(selfTest.result ? { selfTest: selfTest.result } : {}),
  };
}

const engineInUse = ({ current, engines }: StoreStatus) => engines.find(({ id }) => current?.kind === 'managed' && current.engineId === id);

/** Every hash of several gigabytes takes a while, and is shown. */
async function examineFiles(status: StoreStatus, { engineDir }: SidecarPaths, { isDeep, signal }: { readonly isDeep: boolean; readonly signal: AbortSignal }): Promise<readonly Finding[]> {
  if (!isDeep) return await fileFindings(status, { engineDir, isDeep, signal, onProgress: () => {} });
  return await withTaskView((view) => fileFindings(status, { engineDir, isDeep, signal, onProgress: (fraction) => view.show({ fraction, step: 'Comparing every file' }) }));
}

/** With the engine's own Python. A server of somebody else's has none that could be asked. */
async function examineDevice(store: EngineStore, variant: Variant, signal: AbortSignal): Promise<{ readonly findings: readonly Finding[]; readonly result?: SelfTestResult }> {
  let result: SelfTestResult | undefined;
  const findings = await findingsOf('engine', async () => {
    const spec = await store.spec();
    if (spec === undefined) return [];
    result = await runSelfTest({ pythonPath: spec.pythonPath, variant, signal });
    return [selfTestFinding(result)];
  });
  return { findings, ...(result ? { result } : {}) };
}

/** The models of a server on another machine are its own affair. */
async function examineModels({ current }: StoreStatus, { modelsDir, modelPartsDir, workflowsDir }: SidecarPaths, hardware: Hardware): Promise<readonly Finding[]> {
  if (current?.kind === 'external') return [{ name: 'models', state: 'note', detail: 'Those of the server; "adgen workflows check" asks it.' }];
  const { workflows } = await loadWorkflows(workflowsDir);
  const extraDirs = current?.kind === 'adopted' ? [join(current.folder, 'models')] : [];
  return await modelFindings(defaultWorkflows(workflows.map(({ manifest }) => manifest), vramOf(hardware)), { modelsDir, extraDirs, partsDir: modelPartsDir });
}
