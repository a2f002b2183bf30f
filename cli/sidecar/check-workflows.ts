/** `adgen workflows check`: can this server run them? One report of all nodes and models that are missing, whatever needs them. */
import { AdgenError } from '#core/contract/errors.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { checkWorkflow } from '#workflows/check-workflow.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { LoadedWorkflows, Workflow } from '#workflows/load-workflows.ts';
import { comfyUrlOf } from '../engine-options.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import { fetchObjectInfo, identify } from '#sidecar/client/ask-server.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';
import { combineReports } from './combine-reports.ts';
import type { CheckedWorkflow, CombinedReport, MissingEverywhere } from './combine-reports.ts';
import type { CommonOptions } from './common-options.ts';
import { lookAtRun } from '#sidecar/access/look-at-run.ts';
import { openStore } from './open-store.ts';
import { sayServer } from './say-engine.ts';

export interface CheckOptions extends CommonOptions {
  readonly comfyUrl?: string;
}

interface Server {
  readonly url: string;
  readonly facts: ServerFacts;
  /** It is ours, so it reads our models folder. */
  readonly isOurs: boolean;
}

export async function checkWorkflows(ids: readonly string[], options: CheckOptions): Promise<void> {
  const { paths, store } = openStore(options);
  const loaded = await loadWorkflows(paths.workflowsDir);
  const workflows = choose(ids, loaded);
  const server = await findServer(options, paths.engineDir, async () => (await store.status()).current);
  if (server === undefined) return showNeeds(workflows, options);
  const objectInfo = await fetchObjectInfo(server.url);
  const catalogue = loadCatalogue();
  const listed = JSON.stringify(objectInfo);
  const checked = workflows.map(({ manifest, graph }): CheckedWorkflow => ({
    id: manifest.id, title: manifest.title,
    report: checkWorkflow(graph, { objectInfo, manifest, models: catalogue, serverVersion: server.facts.version }),
    unlistedModels: catalogue.filter(({ id, file }) => manifest.models.includes(id) && !listed.includes(file)),
  }));
  const combined = combineReports(checked, catalogue, server.isOurs);
  const unread = ids.length === 0 ? loaded.faults : [];
  if (options.json) printResult(JSON.stringify({ server: { url: server.url, ...server.facts }, ...combined, unreadable: unread, workflows: checked.map(({ id, title, report }) => ({ id, title, isUsable: report.isUsable, summary: report.summary })) }, null, 2));
  else show(server, checked, combined, unread);
  const unusable = checked.length - combined.usable.length + unread.length;
  if (unusable > 0) throw new AdgenError('PROVIDER_REJECTED', `${unusable} of ${checked.length + unread.length} workflows cannot run on ${server.url} as it is.${combined.action === undefined ? '' : ` ${combined.action}`}`);
}

function choose(ids: readonly string[], { workflows, faults }: LoadedWorkflows): readonly Workflow[] {
  const unknown = ids.filter((id) => !workflows.some(({ manifest }) => manifest.id === id));
  const fault = faults[0] === undefined ? '' : ` ${faults.length === 1 ? 'One folder' : `${faults.length} folders`} could not be read: ${faults[0].message}`;
  if (unknown.length > 0) throw new AdgenError('NOT_FOUND', `There is no workflow ${unknown.map((id) => `"${id}"`).join(', ')}. "adgen workflows list" lists the workflows there are.${fault}`);
  return ids.length === 0 ? workflows : workflows.filter(({ manifest }) => ids.includes(manifest.id));
}

/** The one that the user names, else the one that runs, else the one that the user has adopted. */
async function findServer(options: CheckOptions, engineDir: string, currentOf: () => Promise<{ kind: string; url?: string } | undefined>): Promise<Server | undefined> {
  const url = comfyUrlOf(options);
  if (url !== undefined) return { url, facts: await identify(url), isOurs: false };
  const run = await lookAtRun(engineDir);
  if (run.state === 'ready') return { url: run.url, facts: run.server, isOurs: true };
  const current = await currentOf();
  if (current?.kind !== 'external' || current.url === undefined) return undefined;
  return { url: current.url, facts: await identify(current.url), isOurs: false };
}

function show(server: Server, checked: readonly CheckedWorkflow[], combined: CombinedReport, unread: LoadedWorkflows['faults']): void {
  printNote(`${server.url}: ${sayServer(server.facts)}`);
  for (const { id, report } of checked) printResult(oneLine(`${report.isUsable ? '✓' : '✗'} ${id.padEnd(26)} ${report.summary}`, 1000));
  if (combined.missingNodeClasses.length > 0) printResult('\nMissing nodes');
  for (const { className, workflows } of combined.missingNodeClasses) printResult(oneLine(`  ${className}  (for ${workflows.join(', ')})`, 1000));
  if (combined.missingModels.length > 0) printResult(`\nMissing models, ${formatBytes(combined.missingBytes)}`);
  for (const model of combined.missingModels) printResult(oneLine(`  ${sayMissing(model)}`, 1000));
  for (const { message } of unread) printResult(oneLine(`✗ ${message}`, 1000));
}

function sayMissing({ id, file, folder, bytes, licence, asksFirst, conditions, workflows }: MissingEverywhere): string {
  if (id === undefined) return `${file}: not in the catalogue  (for ${workflows.join(', ')})`;
  const facts = [bytes === undefined ? 'size unknown' : formatBytes(bytes), licence ?? '', asksFirst ? `asks first: ${conditions ?? 'limited to regions'}` : ''].filter((fact) => fact !== '');
  return `${id}: ${folder}/${file}, ${facts.join(', ')}  (for ${workflows.join(', ')})`;
}

/** Without a server nothing is checked, and that is said: a script must not take it for a yes. */
function showNeeds(workflows: readonly Workflow[], { json }: CheckOptions): never {
  const catalogue = loadCatalogue();
  const needs = workflows.map(({ manifest: { id, title, minServerVersion, nodeClasses, models } }) => ({ id, title, minServerVersion, nodeClasses, models: catalogue.filter((model) => models.includes(model.id)).map(({ id: modelId, folder, file, bytes, licence }) => ({ id: modelId, folder, file, bytes, licence })) }));
  if (json) printResult(JSON.stringify({ server: null, isUsable: null, workflows: needs }, null, 2));
  else for (const { id, minServerVersion, nodeClasses, models } of needs) printResult(oneLine(`· ${id.padEnd(26)} needs ComfyUI ${minServerVersion}, ${nodeClasses.length} node classes, ${models.length === 0 ? 'no models' : `models ${models.map((model) => model.id).join(', ')}`}`, 1000));
  throw new AdgenError('PROVIDER_UNAVAILABLE', 'No server was asked, because none is running. Start one with "adgen sidecar start", or name one with --comfy-url.');
}
