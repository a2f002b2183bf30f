/**
 * One run from request to files. It is a function of the request kept with the run, so `resume` calls it again: finished steps are
 * found under their keys and everything else is done. The queue owns states and cancel; this file owns what a run consists of.
 */
import { serializeError } from '#core/contract/errors.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { writeOutputs } from '#engine/exports/write-outputs.ts';
import { makeProvenance } from '#engine/exports/provenance.ts';
import { getRun, hasSucceeded, listRunSteps } from '#engine/jobs/run-store.ts';
import { GENERATED_WEIGHT } from './generation-key.ts';
import type { StepQueue } from '#engine/jobs/step-queue.ts';
import { STAGES } from '#engine/jobs/types.ts';
import type { Stage } from '#engine/jobs/types.ts';
import { collectAssetHashes } from '#engine/storage/asset-hashes.ts';
import { createResultCheck, removeDamaged } from '#engine/storage/damage.ts';
import { findEditedProject, projectCreatedMs, savePlannedProject, saveRenderedProject, saveSketchedProject, setPoster } from '#engine/projects/project-store.ts';
import { makeDocument, projectIdOf, sketchDocument } from './make-document.ts';
import { renderDocument } from './render-document.ts';
import type { FinishedAdvert } from './render-document.ts';
import { forbiddenFor } from './chains.ts';
import { createMakerMemory } from './maker-memory.ts';
import type { RunContext } from './run-context.ts';
import { makeRunDocument, saveRunDocument } from './run-document.ts';
import type { RunDocument } from './run-document.ts';
import { readRequest } from './run-request.ts';
import type { MakeRequest, RunRequest } from './run-request.ts';
import type { Services } from './services.ts';
import { deliveryStep } from './steps/delivery-step.ts';
import { createWorkflowChooser } from './workflow-chooser.ts';

export interface RunAdvertDeps {
  readonly db: StudioDb;
  readonly queue: StepQueue;
  readonly services: Services;
}

/** Works on a run until it has ended, and returns its document. Rejects with the run's error; with an AbortError when canceled. */
export async function runAdvert(runId: string, deps: RunAdvertDeps): Promise<RunDocument> {
  const request = await requestOf(runId, deps);
  await deps.queue.ready();
  deps.queue.startRun(runId);
  deps.queue.expectWeight(runId, expectedWeight(request));
  try {
    const notices: string[] = request.kind === 'make' ? [...request.briefNotes] : [];
    await removeDamaged(collectAssetHashes(request), deps.services.store);
    const run = createRunContext(runId, request, notices, deps);
    const project = await documentOf(request, run, deps);
    const advert = await renderDocument(project, run);
    const delivery = await packDelivery(project, advert, run, deps);
    notices.push(...advertNotices(advert));
    const document = makeRunDocument(deps.db, runId, { project, advert, notices });
    if (request.outDir) await writeOutputs(request.outDir, { project, advert, delivery, document }, deps.services.store);
    saveRunDocument(deps.db, runId, document);
    const poster = document.renditions.find(({ kind }) => kind === 'still');
    if (poster) setPoster(deps.db, project.id, poster.asset);
    await deps.queue.endRun(runId, { state: 'succeeded' });
    return document;
  } catch (error) {
    if (request.kind === 'make') keepSketch(runId, request, deps);
    await endBadly(runId, error, deps);
    throw error;
  }
}

/** Before the end is told, so that whoever hears of it finds the project. */
function keepSketch(runId: string, request: MakeRequest, { db }: RunAdvertDeps): void {
  try {
    const { projectId, createdMs } = getRun(db, runId);
    if (projectId === null) saveSketchedProject(db, sketchDocument(request, createdMs), runId);
  } catch {
    // The run's own error is what is told; a disk that is full, say, will not take a sketch either.
  }
}

/** A run that cannot be read ends here for good; otherwise every start would take it up again. One that has ended stays as it is. */
async function requestOf(runId: string, deps: RunAdvertDeps): Promise<RunRequest> {
  const run = getRun(deps.db, runId);
  try {
    return readRequest(run);
  } catch (error) {
    if (run.endedMs !== null) throw error;
    deps.queue.startRun(runId);
    await endBadly(runId, error, deps);
    throw error;
  }
}

/** What the steps of a whole run weigh together, near enough for a bar: encoding dominates, and generation where there is any. */
function expectedWeight(request: RunRequest, generated: readonly string[] = []): number {
  const isMake = request.kind === 'make';
  const frames = isMake ? request.durationFrames : request.document.durationFrames;
  const scenes = isMake ? request.sceneCount : request.document.scenes.length;
  const ratios = isMake ? request.ratios.length : new Set(request.document.renditions.map((rendition) => rendition.ratio)).size;
  const scene = generated.includes('backdrop') ? GENERATED_WEIGHT.backdrop : 0.5;
  const music = generated.includes('music') ? GENERATED_WEIGHT.music : 1.5;
  const pictures = ratios * (scenes * (scene + 0.6) + 1.6);
  return (isMake ? 6 * request.photos.length : 0.5) + 2.5 + music + pictures + (ratios * frames) / 25;
}

const BEFORE_SCENES: ReadonlySet<Stage> = new Set(['PLANNING', 'EXTRACTING_PRODUCT']);

/** What the parts of a run share while this process works on it; `notices` collects what the user should know. */
export function createRunContext(runId: string, request: RunRequest, notices: string[], { db, queue, services }: RunAdvertDeps): RunContext {
  let stage = Math.max(0, STAGES.indexOf(getRun(db, runId).stage)); // a resumed run does not go back
  const wasDamaged = createResultCheck(db, services.store);
  const notice = (text: string): void => {
    if (!notices.includes(text)) notices.push(text);
  };
  const { comfy } = services;
  const mayAsk = comfy !== undefined && request.engine !== 'embedded' && !(request.isOffline && comfy.needsNetwork);
  const choose = mayAsk ? createWorkflowChooser({
    comfy, db, wanted: request.workflows, signal: queue.signalOf(runId),
    onGenerated: (capabilities) => queue.expectWeight(runId, expectedWeight(request, capabilities)),
  }) : async () => undefined;
  return {
    runId,
    services,
    wanted: request.workflows,
    policy: { isOffline: request.isOffline, forbidden: forbiddenFor(request.engine, mayAsk) },
    choose,
    ...createMakerMemory({ db, services, wish: request.engine, mayAsk }),
    async step(step) {
      if (await wasDamaged(step.key)) notice(`${step.name}: what was kept of it was damaged and has been made again.`);
      // Photos are still being read or cut out: a server of ours can start meanwhile, and will be needed.
      if (mayAsk && BEFORE_SCENES.has(step.stage) && !hasSucceeded(db, step.key)) comfy.wake();
      stage = Math.max(stage, STAGES.indexOf(step.stage));
      queue.setStage(runId, STAGES[stage] ?? step.stage);
      queue.submit(runId, [step]);
      const output = (await queue.waitFor(runId, [step.key])).get(step.key);
      if (!output) throw new Error(`step ${step.name} ended without a result`);
      return output;
    },
    notice,
  };
}

async function documentOf(request: RunRequest, run: RunContext, { db }: RunAdvertDeps): Promise<AdProject> {
  if (request.kind === 'render' && request.isSaved) return request.document;
  if (request.kind === 'render') {
    saveRenderedProject(db, request.document, run.runId);
    return request.document;
  }
  const id = projectIdOf(request);
  const planned = findEditedProject(db, id) ?? (await makeDocument(request, run, projectCreatedMs(db, id) ?? getRun(db, run.runId).createdMs));
  return savePlannedProject(db, planned, run.runId);
}

async function packDelivery(project: AdProject, advert: FinishedAdvert, run: RunContext, { db }: RunAdvertDeps): Promise<string> {
  const provenance = makeProvenance(project, listRunSteps(db, run.runId));
  const { artifacts } = await run.step(deliveryStep(project, advert, provenance));
  const zip = artifacts['delivery'];
  if (!zip) throw new Error('the delivery step left no file');
  return zip.hash;
}

function advertNotices(advert: FinishedAdvert): string[] {
  const unfaithful = advert.renditions.filter(({ fidelity }) => fidelity?.verdict === 'unfaithful');
  return unfaithful.map(({ rendition, fidelity }) => `${rendition.id}: the product differs from its photo more than it should (${fidelity?.reasons.join(' ')}).`);
}

async function endBadly(runId: string, error: unknown, { queue }: RunAdvertDeps): Promise<void> {
  if (serializeError(error).code === 'CANCELED') return queue.endRun(runId, { state: 'canceled' });
  return queue.endRun(runId, { state: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
}
