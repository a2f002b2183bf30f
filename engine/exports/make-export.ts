/**
 * One order → one measured file in the store. The picture is that of the project's own rendition wherever it can be (30 frames a second, no
 * floor under its bits, software): then nothing is drawn or encoded again. Else the film is drawn at the moments of its own frames.
 */
import { placementById, targetBitrate, targetLoudness } from '#core/placements/placements.ts';
import { checkFile } from '#core/placements/preflight/check-file.ts';
import { byWeight, finding } from '#core/placements/preflight/finding.ts';
import type { ExportOrder, Finding } from '#core/placements/preflight/finding.ts';
import { SOURCES } from '#core/placements/evidence.ts';
import { projectFrameAt, timebaseOf } from '#core/placements/rates.ts';
import type { Film } from '#core/composition/film.ts';
import { totalFrames } from '#core/composition/timeline.ts';
import { AdgenError } from '#core/contract/errors.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import { retime } from '#core/time/frames.ts';
import type { StepSpec } from '#engine/jobs/types.ts';
import { fidelitySamples } from '#engine/pipeline/fidelity-samples.ts';
import { createFilmBuilder } from '#engine/pipeline/film-builder.ts';
import type { FilmBuilder } from '#engine/pipeline/film-builder.ts';
import { makeSound } from '#engine/pipeline/make-sound.ts';
import { makeProductPictures } from '#engine/pipeline/product-pictures.ts';
import { renderSegments } from '#engine/pipeline/render-document.ts';
import type { RunContext } from '#engine/pipeline/run-context.ts';
import { exportStep } from '#engine/pipeline/steps/export-step.ts';
import type { ExportData, ExportSample } from '#engine/pipeline/steps/export-step.ts';
import { filmStep } from '#engine/pipeline/steps/film-step.ts';
import { renditionStep } from '#engine/pipeline/steps/rendition-step.ts';
import { workOrder } from '#engine/pipeline/work-order.ts';

export interface MadeExport {
  readonly file: AssetRef;
  readonly encoder: string;
  readonly findings: readonly Finding[];
  readonly data: ExportData;
}

/** What making needs besides the run. */
export interface ExportTools {
  /** The hardware encoder that `auto` uses; undefined = none works here. */
  hardware(): Promise<string | undefined>;
  /** Makes room on the GPU before an encoder of its takes its place there. */
  freeGpu(): Promise<void>;
}

/** Rejects with what a step failed of, and with an AbortError. */
export async function makeExport(document: AdProject, order: ExportOrder, run: RunContext, tools: ExportTools): Promise<MadeExport> {
  const placement = placementById(order.placementId);
  const project = withLoudness(document, order);
  const work = workOrder(project, 0);
  const sound = makeSound(project, work.rest, run);
  sound.catch(() => undefined); // awaited below; a failing picture must not leave this rejection unhandled
  const builder = createFilmBuilder(project, order.ratio, work, await makeProductPictures(project, run), run);
  const film = await builder.filmOf(project.scenes.map((_, index) => index));
  const picture = await makePicture(project, film, builder, order, async () => (await sound).mix, run, tools);
  const rate = timebaseOf(order.rate);
  const durationSeconds = (totalFrames(project) * project.timebase.den) / project.timebase.num;
  const { mix } = await sound;
  const output = await run.step(exportStep(picture.step, mix, { ratio: order.ratio, rate, durationSeconds, hasEditLists: placement.rules.noEditLists === undefined, samples: exportSamples(film, project, order) }));
  const file = output.artifacts['video'];
  if (!file) throw new Error('the export step left no file');
  const data = output.data as ExportData;
  const findings = byWeight([...checkFile(data.facts, placement, order.ratio), ...fidelityFindings(data), ...picture.findings]);
  return { file, encoder: picture.encoder, findings, data };
}

function withLoudness(project: AdProject, order: ExportOrder): AdProject {
  const placement = placementById(order.placementId);
  const { soundtrack } = project;
  const loudnessLufs = order.loudnessLufs ?? targetLoudness(placement, soundtrack.loudnessLufs);
  return { ...project, soundtrack: { ...soundtrack, loudnessLufs, truePeakDbtp: Math.min(soundtrack.truePeakDbtp, placement.truePeak.dbtp) } };
}

interface Picture {
  readonly step: StepSpec;
  readonly encoder: string;
  readonly findings: readonly Finding[];
}

async function makePicture(project: AdProject, film: Film, builder: FilmBuilder, order: ExportOrder, mix: () => Promise<StepSpec>, run: RunContext, tools: ExportTools): Promise<Picture> {
  const bitsPerSecond = targetBitrate(placementById(order.placementId));
  const isSoftware = order.encoder === 'auto' || order.encoder === 'libx264';
  if (order.rate === '30' && bitsPerSecond === undefined && isSoftware) {
    const segments = await Promise.all(renderSegments(project, builder, workOrder(project, 0), run));
    const step = renditionStep(order.ratio, segments, await mix(), totalFrames(project));
    await run.step(step);
    return { step, encoder: 'libx264', findings: [] };
  }
  const encoding = { timebase: project.timebase, rate: timebaseOf(order.rate), ...(bitsPerSecond === undefined ? {} : { bitsPerSecond }) };
  const wanted = order.encoder === 'auto' ? await tools.hardware() : order.encoder;
  if (wanted === undefined || wanted === 'libx264') return await encodeFilm(film, { ...encoding, encoderId: 'libx264' }, run);
  await tools.freeGpu();
  try {
    return await encodeFilm(film, { ...encoding, encoderId: wanted }, run);
  } catch (error) {
    if (!(error instanceof AdgenError) || error.code === 'CANCELED' || error.code === 'DISK_FULL') throw error;
    const made = await encodeFilm(film, { ...encoding, encoderId: 'libx264' }, run);
    return { ...made, findings: [finding({ rule: 'encoder-failed', severity: 'info', message: `The hardware encoder ${wanted} gave up, so this file was encoded in software.`, found: error.message.slice(0, 300), evidence: SOURCES.studio })] };
  }
}

async function encodeFilm(film: Film, encoding: Parameters<typeof filmStep>[1], run: RunContext): Promise<Picture> {
  const step = filmStep(film, encoding, run.services);
  await run.step(step);
  return { step, encoder: encoding.encoderId, findings: [] };
}

/** The samples of the film, at the frames of the export that show them; products stand at rest there, so a fraction of a frame moves nothing. */
function exportSamples(film: Film, project: AdProject, { rate }: ExportOrder): ExportSample[] {
  const last = totalFrames(film) - 1;
  return fidelitySamples(film).flatMap((sample) => {
    const product = film.products.find(({ id }) => id === sample.productId);
    if (!product?.cutout || !product.analysis) return [];
    const frameIndex = retime(sample.frameIndex, project.timebase, timebaseOf(rate));
    if (projectFrameAt(frameIndex, timebaseOf(rate), project.timebase) > last) return [];
    return [{ ...sample, frameIndex, cutout: { hash: product.cutout.hash, bounds: product.analysis.bounds } }];
  });
}

function fidelityFindings({ fidelity }: ExportData): Finding[] {
  if (fidelity.verdict !== 'unfaithful') return [];
  return [finding({ rule: 'fidelity', severity: 'warn', message: 'The product differs from its photo more than it should.', found: fidelity.reasons.join(' '), wanted: 'ΔE2000 up to 0.8, SSIM from 0.97', evidence: SOURCES.studio })];
}
