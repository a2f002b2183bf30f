/**
 * Which workflow of this server does a job of the pipeline, and what stands in the way when none does. Who names a workflow gets that one or
 * is told why not; a name that no workflow has is refused, and one for another capability says nothing here. Pure.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import { chooseWorkflow } from '#workflows/choose-workflow.ts';
import type { Choice } from '#workflows/choose-workflow.ts';
import type { WorkflowReport } from '#workflows/checking/report.ts';
import type { Capability } from '#workflows/manifest.ts';
import type { CheckedWorkflow, StationView } from './station-view.ts';

export interface ChosenWorkflow extends CheckedWorkflow {
  readonly fit: Choice['fit'];
}

/** What the pipeline can say about a picture; a workflow that requires anything else is not for it. */
const GIVEN: Readonly<Partial<Record<Capability, readonly string[]>>> = {
  'backdrop-clip': ['prompt', 'negativePrompt', 'seed', 'width', 'height', 'frames', 'fps', 'color', 'tint'],
  'backdrop-still': ['prompt', 'negativePrompt', 'seed', 'width', 'height', 'color', 'tint'],
  music: ['prompt', 'lyrics', 'seed', 'seconds', 'bpm', 'timeSignature', 'key'],
  cutout: ['image'],
  upscale: ['image', 'width', 'height', 'seed'],
  interpolate: ['video', 'multiplier', 'fps'],
};

/** What a workflow cannot do without, or it would be another capability. */
const TAKEN: Readonly<Partial<Record<Capability, readonly string[]>>> = { cutout: ['image'], upscale: ['image'], interpolate: ['video'] };

/** A clip if this server can make one, else a still for the camera to move over; what the user named goes before both. Throws what is in the way. */
export function chooseBackdrop(view: StationView, wanted: readonly string[]): ChosenWorkflow {
  return choose(view, ['backdrop-clip', 'backdrop-still'], wanted);
}

/** Throws what is in the way: MODEL_MISSING or NODE_MISSING with all that is missing, JOB_INVALID, or BAD_INPUT for a name that is none. */
export function chooseOne(view: StationView, capability: Capability, wanted: readonly string[] = []): ChosenWorkflow {
  return choose(view, [capability], wanted);
}

/** For what an advert can do without: what the user named if it can be used, else the best there is, or undefined. */
export function findWorkflow(view: StationView, capability: Capability, wanted: readonly string[] = []): ChosenWorkflow | undefined {
  return [...namedFor(view, [capability], wanted), undefined].flatMap((id) => find(view, capability, id) ?? [])[0];
}

function choose(view: StationView, capabilities: readonly Capability[], wanted: readonly string[]): ChosenWorkflow {
  const unknown = wanted.find((id) => !checkedOf(view, id));
  if (unknown !== undefined) throw new AdgenError('BAD_INPUT', `There is no workflow "${unknown}". "adgen workflows list" shows which there are.`);
  const named = namedFor(view, capabilities, wanted);
  const found = capabilities.flatMap((capability) => (named.length === 0 ? [undefined] : namedFor(view, [capability], named)).flatMap((id) => find(view, capability, id) ?? []));
  if (found[0]) return found[0];
  throw named[0] === undefined ? nothingFits(view, capabilities) : cannotRun(view, named[0]);
}

/** The workflow of this id, or the best one without an id, if it is ready on the server. */
function find(view: StationView, capability: Capability, id: string | undefined): ChosenWorkflow | undefined {
  const { use } = rank(view, capability, id);
  const checked = use && (id === undefined || use.manifest.id === id) ? checkedOf(view, use.manifest.id) : undefined;
  return use && checked && { ...checked, fit: use.fit };
}

function namedFor(view: StationView, capabilities: readonly Capability[], wanted: readonly string[]): string[] {
  return wanted.filter((id) => capabilities.includes(checkedOf(view, id)?.workflow.manifest.capability ?? 'smoke'));
}

function checkedOf({ workflows }: StationView, id: string): CheckedWorkflow | undefined {
  return workflows.find(({ workflow }) => workflow.manifest.id === id);
}

function rank({ workflows, device }: StationView, capability: Capability, preferredId: string | undefined): ReturnType<typeof chooseWorkflow> {
  const candidates = workflows.map(({ workflow, report }) => ({ manifest: workflow.manifest, isReady: report.isUsable }));
  const vramBytes = device === undefined || device.type === 'cpu' ? 0 : (device.vramTotal ?? 0);
  return chooseWorkflow(candidates, { capability, vramBytes, canGive: GIVEN[capability] ?? [], mustTake: TAKEN[capability] ?? [], ...(preferredId === undefined ? {} : { preferredId }) });
}

/** Of what would fit this device, the smallest step for the user: a still needs fewer and smaller models than a clip. */
function nothingFits(view: StationView, capabilities: readonly Capability[]): AdgenError {
  const [offer] = capabilities.toReversed().flatMap((capability) => rank(view, capability, undefined).offer ?? []);
  return offer ? cannotRun(view, offer.manifest.id) : engineError('JOB_INVALID', 'No workflow for this fits the device that ComfyUI computes on.', { action: 'Ask for a larger or slower one by its name, add one of your own, or let this program make it by itself.' });
}

function cannotRun(view: StationView, id: string): AdgenError {
  const { workflow, report } = checkedOf(view, id) ?? {};
  const title = workflow?.manifest.title ?? id;
  if (!report || report.isUsable) return engineError('JOB_INVALID', `${title} cannot be used here: it asks for inputs that an advert does not have, or takes none of those it should.`);
  const modelIds = report.missingModels.flatMap(({ known }) => known?.id ?? []);
  const action = actionOf(report);
  return engineError(reasonFor(report), `${title} cannot run: ${report.summary}`, { data: { workflow: id, modelIds }, ...(action === undefined ? {} : { action }) });
}

function reasonFor({ missingNodeClasses, missingModels }: WorkflowReport): 'NODE_MISSING' | 'MODEL_MISSING' | 'JOB_INVALID' {
  if (missingNodeClasses.length > 0) return 'NODE_MISSING';
  return missingModels.length > 0 ? 'MODEL_MISSING' : 'JOB_INVALID';
}

/** The usual words when all that is missing can be downloaded. */
function actionOf({ action }: WorkflowReport): string | undefined {
  return action?.kind === 'download-models' ? undefined : action?.text;
}
