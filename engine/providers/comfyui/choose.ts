/** Which workflow of this server does a job of the pipeline, and what stands in the way when none does. Pure. */
import { engineError } from '#sidecar/protocol/failures.ts';
import { chooseWorkflow } from '#workflows/choose-workflow.ts';
import type { Choice, ChooseRequest } from '#workflows/choose-workflow.ts';
import type { Capability } from '#workflows/manifest.ts';
import type { CheckedWorkflow, StationView } from './station.ts';

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

/** Undefined when nothing on the server can do it. @param wanted ids that the user asked for, before others */
export function findWorkflow(view: StationView, capability: Capability, wanted: readonly string[] = []): ChosenWorkflow | undefined {
  const found = chooseWorkflow(candidatesOf(view), requestFor(view, capability, wanted)).use;
  const checked = found && view.workflows.find(({ workflow }) => workflow.manifest.id === found.manifest.id);
  return found && checked && { ...checked, fit: found.fit };
}

/** A clip if this server can make one, else a still for the camera to move over; the user's wish goes before both. Throws MODEL_MISSING or NODE_MISSING with all that is missing. */
export function chooseBackdrop(view: StationView, wanted: readonly string[]): ChosenWorkflow {
  const found = (['backdrop-clip', 'backdrop-still'] as const).flatMap((capability) => findWorkflow(view, capability, wanted) ?? []);
  const chosen = found.find(({ workflow }) => wanted.includes(workflow.manifest.id)) ?? found[0];
  if (chosen) return chosen;
  throw whatIsMissing(view, ['backdrop-still', 'backdrop-clip'], wanted);
}

/** Like `findWorkflow`; throws when there is none. */
export function chooseOne(view: StationView, capability: Capability, wanted: readonly string[] = []): ChosenWorkflow {
  const found = findWorkflow(view, capability, wanted);
  if (found) return found;
  throw whatIsMissing(view, [capability], wanted);
}

function requestFor(view: StationView, capability: Capability, wanted: readonly string[]): ChooseRequest {
  const preferredId = wanted.find((id) => view.workflows.some(({ workflow }) => workflow.manifest.id === id && workflow.manifest.capability === capability));
  const { type, vramTotal = 0 } = view.device ?? { type: 'cpu' };
  return { capability, vramBytes: type === 'cpu' ? 0 : vramTotal, canGive: GIVEN[capability] ?? [], mustTake: TAKEN[capability] ?? [], ...(preferredId === undefined ? {} : { preferredId }) };
}

function candidatesOf(view: StationView): { readonly manifest: CheckedWorkflow['workflow']['manifest']; readonly isReady: boolean }[] {
  return view.workflows.map(({ workflow, report }) => ({ manifest: workflow.manifest, isReady: report.isUsable }));
}

/** The report of the workflow that would do it best, or of the one that the user asked for. */
function whatIsMissing(view: StationView, capabilities: readonly Capability[], wanted: readonly string[]): Error {
  const offers = capabilities.flatMap((capability) => chooseWorkflow(candidatesOf(view), requestFor(view, capability, wanted)).offer ?? []);
  const offer = offers.find(({ manifest }) => wanted.includes(manifest.id)) ?? offers[0];
  const report = view.workflows.find(({ workflow }) => workflow.manifest.id === offer?.manifest.id)?.report;
  if (!offer || !report) return engineError('JOB_INVALID', 'No workflow for this fits the engine\'s device.');
  const reason = report.missingNodeClasses.length > 0 ? 'NODE_MISSING' : 'MODEL_MISSING';
  return engineError(reason, `${offer.manifest.title} cannot run: ${report.summary}`, { data: { workflow: offer.manifest.id, modelIds: report.missingModels.flatMap(({ known }) => known?.id ?? []) } });
}
