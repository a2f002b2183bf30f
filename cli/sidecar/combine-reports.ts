/** The reports of several workflows as one: everything that is missing once, who needs it, and one thing to do. Pure. */
import type { WorkflowReport } from '#workflows/checking/report.ts';
import type { CatalogueModel } from '#sidecar/models/catalogue.ts';
import { needsConsent } from '#sidecar/models/catalogue.ts';
import { formatBytes } from '#sidecar/provision/space.ts';

export interface CheckedWorkflow {
  readonly id: string;
  readonly title: string;
  readonly report: WorkflowReport;
  /** Models that it needs and that no list of the server names. Says more than the report where the loader's class is missing as well. */
  readonly unlistedModels: readonly CatalogueModel[];
}

export interface MissingEverywhere {
  /** In the catalogue; missing = a file that this program does not know. */
  readonly id?: string;
  readonly file: string;
  readonly folder?: string;
  readonly bytes?: number;
  readonly licence?: string;
  /** The user has to accept its conditions first. */
  readonly asksFirst: boolean;
  readonly conditions?: string;
  readonly url?: string;
  readonly workflows: readonly string[];
}

export interface CombinedReport {
  readonly isUsable: boolean;
  readonly usable: readonly string[];
  readonly missingNodeClasses: readonly { readonly className: string; readonly workflows: readonly string[] }[];
  readonly missingModels: readonly MissingEverywhere[];
  /** Of the missing models whose size is known. */
  readonly missingBytes: number;
  /** What is wrong with a graph or the server, not merely missing. */
  readonly faults: readonly { readonly workflow: string; readonly code: string; readonly message: string }[];
  /** One sentence; missing when there is nothing to do. */
  readonly action?: string;
}

const MISSING_CODES = new Set(['NODE_CLASS_MISSING', 'MODEL_MISSING']);

/** @param canDownload the models folder of this program is the one that the server reads */
export function combineReports(checked: readonly CheckedWorkflow[], catalogue: readonly CatalogueModel[], canDownload: boolean): CombinedReport {
  const classes = gather(checked, ({ report }) => report.missingNodeClasses.map(({ className }) => className));
  const files = gather(checked, ({ report, unlistedModels }) => [...report.missingModels.map(({ file, known }) => (known ? pathOf(known) : file)), ...unlistedModels.map(pathOf)]);
  const missingModels = files.map(([path, workflows]) => describeModel(path, workflows, catalogue));
  const parts = {
    missingNodeClasses: classes.map(([className, workflows]) => ({ className, workflows })),
    missingModels,
    faults: checked.flatMap(({ id, report }) => report.problems.filter(({ code }) => !MISSING_CODES.has(code)).map(({ code, message }) => ({ workflow: id, code, message }))),
  };
  const action = chooseAction(checked, parts, canDownload);
  return {
    isUsable: checked.every(({ report }) => report.isUsable),
    usable: checked.filter(({ report }) => report.isUsable).map(({ id }) => id),
    ...parts,
    missingBytes: missingModels.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    ...(action === undefined ? {} : { action }),
  };
}

/** Each thing once, with the ids of the workflows that named it. */
function gather(checked: readonly CheckedWorkflow[], namesOf: (workflow: CheckedWorkflow) => readonly string[]): [string, string[]][] {
  const found = new Map<string, string[]>();
  for (const workflow of checked) for (const name of new Set(namesOf(workflow))) found.set(name, [...(found.get(name) ?? []), workflow.id]);
  return [...found];
}

const pathOf = ({ folder, file }: { readonly folder: string; readonly file: string }): string => `${folder}/${file}`;

function describeModel(path: string, workflows: readonly string[], catalogue: readonly CatalogueModel[]): MissingEverywhere {
  const known = catalogue.find((model) => pathOf(model) === path);
  if (known === undefined) return { file: path, asksFirst: false, workflows };
  const { id, file, folder, bytes, licence, conditions, url } = known;
  return { id, file, folder, licence, asksFirst: needsConsent(known), workflows, ...(bytes === null ? {} : { bytes }), ...(conditions === '' ? {} : { conditions }), ...(url === null ? {} : { url }) };
}

/** A graph that is wrong comes first, then the server, then its nodes: downloading weights would not help before. */
function chooseAction(checked: readonly CheckedWorkflow[], { missingNodeClasses, missingModels, faults }: Pick<CombinedReport, 'missingNodeClasses' | 'missingModels' | 'faults'>, canDownload: boolean): string | undefined {
  const first = faults[0];
  if (first !== undefined) return checked.find(({ id }) => id === first.workflow)?.report.action?.text;
  if (missingNodeClasses.length > 0) return `Update ComfyUI, or install the node packs that bring ${missingNodeClasses.slice(0, 5).map(({ className }) => `"${className}"`).join(', ')}.`;
  if (missingModels.length === 0) return undefined;
  const byHand = missingModels.filter(({ id, url }) => id === undefined || url === undefined);
  if (!canDownload) return 'Put the files into the models folder of that server.';
  if (byHand.length > 0) return `Put ${byHand.slice(0, 5).map(({ file }) => `"${file}"`).join(', ')} into the models folder by hand.`;
  return pullCommand(missingModels);
}

/** The command with the licences that the user would accept by it, so that they are read. */
function pullCommand(models: readonly MissingEverywhere[]): string {
  const consent = models.filter(({ asksFirst }) => asksFirst).map(({ id }) => ` --accept-licence ${id}`).join('');
  const bytes = models.reduce((sum, model) => sum + (model.bytes ?? 0), 0);
  return `Fetch ${formatBytes(bytes)} with "adgen models pull ${models.map(({ id }) => id).join(' ')}${consent}"${consent === '' ? '' : ', if you accept the conditions'}.`;
}
