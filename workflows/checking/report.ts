/** From findings to one report: all that is missing with sizes and licences, one sentence, one thing to do. */
import type { Manifest } from '../manifest.ts';
import type { MissingFile } from './check-node.ts';
import { baseName } from './match-model.ts';
import { quote } from './problems.ts';
import type { Problem, Rename } from './problems.ts';

/** What the report says about a model; an entry of the model catalogue has all of it. */
export interface KnownModel {
  readonly id: string;
  readonly folder: string;
  readonly file: string;
  readonly bytes: number | null;
  readonly url: string | null;
  readonly licence: string;
  readonly adverts: 'yes' | 'ask' | 'no';
}

export interface MissingModel {
  /** As the graph names it. */
  readonly file: string;
  readonly nodeIds: readonly string[];
  /** The catalogue's entry; missing = a model that this program does not know. */
  readonly known: KnownModel | undefined;
}

export interface MissingNodeClass {
  readonly className: string;
  readonly nodeIds: readonly string[];
}

export type WorkflowAction =
  | { readonly kind: 'check-address' | 'fix-workflow' | 'update-server' | 'install-nodes' | 'add-models-by-hand'; readonly text: string }
  /** `asksFirst`: a licence is limited, so the user has to agree before the download. */
  | { readonly kind: 'download-models'; readonly text: string; readonly modelIds: readonly string[]; readonly asksFirst: boolean };

export interface WorkflowReport {
  /** Nothing stands in the way of queueing it. */
  readonly isUsable: boolean;
  readonly summary: string;
  readonly action: WorkflowAction | undefined;
  readonly problems: readonly Problem[];
  /** Problems beyond the limit of the list. */
  readonly hiddenProblems: number;
  readonly missingNodeClasses: readonly MissingNodeClass[];
  readonly missingModels: readonly MissingModel[];
  /** Of the missing models whose size is known. */
  readonly missingBytes: number;
  readonly renames: readonly Rename[];
}

interface ReportParts {
  readonly problems: readonly Problem[];
  readonly hiddenProblems?: number;
  readonly missingClasses?: ReadonlyMap<string, readonly string[]>;
  readonly missingFiles?: readonly MissingFile[];
  readonly renames?: readonly Rename[];
  readonly request: { readonly manifest?: Manifest; readonly models?: readonly KnownModel[] };
}

export function writeReport({ problems, hiddenProblems = 0, missingClasses = new Map(), missingFiles = [], renames = [], request }: ReportParts): WorkflowReport {
  const missingNodeClasses = [...missingClasses].map(([className, nodeIds]): MissingNodeClass => ({ className, nodeIds }));
  const missingModels = [...Map.groupBy(missingFiles, ({ file }) => file)].map(([file, uses]): MissingModel => ({
    file, nodeIds: uses.map(({ nodeId }) => nodeId), known: request.models?.find((model) => model.file === baseName(file)),
  }));
  const all = [
    ...problems,
    ...missingNodeClasses.map(({ className, nodeIds }): Problem => ({ code: 'NODE_CLASS_MISSING', nodeId: nodeIds[0] ?? '', message: `The server has no node ${quote(className)}.` })),
    ...missingModels.map((model): Problem => ({ code: 'MODEL_MISSING', nodeId: model.nodeIds[0] ?? '', message: describeModel(model) })),
  ];
  return {
    isUsable: all.length === 0,
    summary: summarise(problems, hiddenProblems, missingNodeClasses, missingModels),
    action: all.length === 0 ? undefined : chooseAction(problems, missingNodeClasses, missingModels, request.manifest),
    problems: all, hiddenProblems, missingNodeClasses, missingModels,
    missingBytes: sumBytes(missingModels), renames,
  };
}

/** `17.0 GB`, `69 MB`. */
export function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}

function describeModel({ file, known }: MissingModel): string {
  if (!known) return `The model ${quote(file)} is missing; it is not in the catalogue.`;
  const size = known.bytes === null ? 'size unknown' : formatBytes(known.bytes);
  const use = { yes: 'adverts allowed', ask: 'adverts allowed under conditions', no: 'no commercial use' }[known.adverts];
  return `The model ${quote(file)} is missing from models/${known.folder} (${size}, ${known.licence}, ${use}).`;
}

function summarise(problems: readonly Problem[], hidden: number, classes: readonly MissingNodeClass[], models: readonly MissingModel[]): string {
  const unknown = models.some(({ known }) => known?.bytes === undefined || known.bytes === null);
  const size = models.length === 0 ? '' : ` (${sumBytes(models) === 0 ? 'size unknown' : `${unknown ? 'at least ' : ''}${formatBytes(sumBytes(models))}`})`;
  const missing = [count(classes.length, 'node class', 'node classes'), models.length === 0 ? '' : `${count(models.length, 'model', 'models')}${size}`].filter((part) => part !== '').join(' and ');
  const faults = problems.length + hidden;
  const first = problems[0]?.message ?? '';
  if (missing === '') return faults === 0 ? 'Ready to use.' : faults === 1 ? first : `${faults} faults; the first: ${first}`;
  const isOne = classes.length + models.length === 1;
  return `${missing} ${isOne ? 'is' : 'are'} missing${faults > 0 ? `, and ${count(faults, 'fault', 'faults')} found: ${first}` : '.'}`;
}

function chooseAction(problems: readonly Problem[], classes: readonly MissingNodeClass[], models: readonly MissingModel[], manifest: Manifest | undefined): WorkflowAction {
  if (problems.some(({ code }) => code === 'SERVER_UNREADABLE')) return { kind: 'check-address', text: 'Check the address of the server.' };
  const isOld = problems.some(({ code }) => code === 'SERVER_TOO_OLD');
  if (isOld) return { kind: 'update-server', text: `Update ComfyUI to ${manifest?.minServerVersion ?? 'a newer version'} or newer.` };
  if (problems.length > 0) return { kind: 'fix-workflow', text: problems[0]?.code === 'EDITOR_FORMAT' ? 'Export the workflow with "Export (API)" and drop it in again.' : 'Correct the workflow in ComfyUI and export it again in API format.' };
  if (classes.length > 0) return { kind: 'install-nodes', text: `Update ComfyUI, or install the node pack that brings ${classes.slice(0, 5).map(({ className }) => quote(className)).join(', ')}.` };
  const byHand = models.filter(({ known }) => !known?.url);
  if (byHand.length > 0) return { kind: 'add-models-by-hand', text: `Put ${byHand.slice(0, 5).map(({ file }) => quote(file)).join(', ')} into the server's models folder.` };
  const asksFirst = models.some(({ known }) => known?.adverts !== 'yes');
  return { kind: 'download-models', text: `Download ${formatBytes(sumBytes(models))}.`, modelIds: models.flatMap(({ known }) => (known ? [known.id] : [])), asksFirst };
}

function sumBytes(models: readonly MissingModel[]): number {
  return models.reduce((sum, { known }) => sum + (known?.bytes ?? 0), 0);
}

function count(number: number, one: string, many: string): string {
  return number === 0 ? '' : `${number} ${number === 1 ? one : many}`;
}
