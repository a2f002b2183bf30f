/**
 * The second half of a run: AdProject document → files. Reads as the list of what an advert is made of; every step is cached
 * under what it depends on, so after an edit only the touched parts run.
 */
import { segmentsOf, sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef, Rendition } from '#core/project/schema.ts';
import type { StepSpec } from '#engine/jobs/types.ts';
import { createFilmBuilder } from './film-builder.ts';
import type { FilmBuilder } from './film-builder.ts';
import { makeSound } from './make-sound.ts';
import type { Sound } from './make-sound.ts';
import { makeProductPictures } from './product-pictures.ts';
import type { RunContext } from './run-context.ts';
import { choosePosterFrame } from './poster-frame.ts';
import { checkFidelity } from './steps/fidelity-step.ts';
import type { FidelityData } from './steps/fidelity-step.ts';
import type { MixData } from './steps/mix-step.ts';
import { renditionStep } from './steps/rendition-step.ts';
import type { RenditionData } from './steps/rendition-step.ts';
import { segmentStep } from './steps/segment-step.ts';
import { stillStep } from './steps/still-step.ts';
import { scenesOf, workOrder } from './work-order.ts';
import type { WorkOrder } from './work-order.ts';

/** A finished file of an advert. */
export interface FinishedRendition {
  readonly rendition: Rendition;
  readonly file: AssetRef;
  /** Videos only. */
  readonly probe?: RenditionData['probe'];
  readonly loudness?: MixData['loudness'];
  readonly fidelity?: FidelityData;
}

export interface FinishedAdvert {
  readonly renditions: readonly FinishedRendition[];
  readonly music?: AssetRef;
}

/**
 * Renders everything that the document lists. First the first scene is made, and the music beside it, so that drawing starts as early
 * as it can; all that follows is made while films are drawn.
 */
export async function renderDocument(project: AdProject, run: RunContext): Promise<FinishedAdvert> {
  const pictures = await makeProductPictures(project, run);
  const sound = makeSound(project, workOrder(project, 0).rest, run);
  sound.catch(() => undefined); // awaited below; a failing picture must not leave this rejection unhandled
  const ratios = ratiosOf(project).map((ratio, turn) => {
    const order = workOrder(project, turn);
    return { ratio, order, builder: createFilmBuilder(project, ratio, order, pictures, run) };
  });
  await ratios[0]?.builder.filmOf([0]);
  const renditions = await Promise.all(ratios.map(({ ratio, order, builder }) => renderRatio(project, ratio, builder, order, sound, run)));
  const order = new Map(project.renditions.map((rendition, index) => [rendition.id, index]));
  const files = renditions.flat().sort((a, b) => (order.get(a.rendition.id) ?? 0) - (order.get(b.rendition.id) ?? 0));
  const { music } = await sound;
  return { renditions: files, ...(music ? { music } : {}) };
}

function ratiosOf(project: AdProject): Ratio[] {
  return [...new Set(project.renditions.map((rendition) => rendition.ratio))];
}

/** All files of one ratio. */
export async function renderRatio(project: AdProject, ratio: Ratio, builder: FilmBuilder, order: WorkOrder, sound: Promise<Sound>, run: RunContext): Promise<FinishedRendition[]> {
  const wanted = project.renditions.filter((rendition) => rendition.ratio === ratio);
  const video = wanted.filter((rendition) => rendition.kind === 'video');
  const stills = wanted.filter((rendition) => rendition.kind === 'still');
  const [films, pictures] = await Promise.all([
    video.length > 0 ? finishVideo(project, builder, renderSegments(project, builder, order, run), sound, run) : undefined,
    Promise.all(stills.map((rendition) => makeStill(project, rendition, builder, order, run))),
  ]);
  return [...video.flatMap((rendition) => (films ? [{ rendition, ...films }] : [])), ...pictures];
}

/** All segments of a ratio, in the film's order; each resolves when it is rendered. */
export function renderSegments(project: AdProject, builder: FilmBuilder, order: WorkOrder, run: RunContext): Promise<StepSpec>[] {
  return segmentsOf(project).map(async (segment, index) => {
    const spec = segmentStep(await builder.filmOf(scenesOf(segment)), segment, run.services);
    await run.step({ ...spec, order: order.segment(index) });
    return spec;
  });
}

async function finishVideo(project: AdProject, builder: FilmBuilder, segments: readonly Promise<StepSpec>[], sound: Promise<Sound>, run: RunContext): Promise<Omit<FinishedRendition, 'rendition'>> {
  const whole = builder.filmOf(project.scenes.map((_, index) => index));
  const check = whole.then((film) => checkFidelity(film, segments, run));
  check.catch(() => undefined); // awaited below; until then a failing segment must not count as unhandled
  const specs = await Promise.all(segments);
  const { mix, output } = await sound;
  const join = renditionStep((await whole).ratio, specs, mix, totalFrames(project));
  const [joined, fidelity] = await Promise.all([run.step(join), check]);
  const file = joined.artifacts['video'];
  if (!file) throw new Error('the rendition step left no video');
  return { file, probe: (joined.data as RenditionData).probe, loudness: (output.data as MixData).loudness, fidelity };
}

async function makeStill(project: AdProject, rendition: Rendition, builder: FilmBuilder, order: WorkOrder, run: RunContext): Promise<FinishedRendition> {
  const frame = rendition.frame ?? choosePosterFrame(project);
  const shown = sceneSpans(project).filter((span) => frame >= span.startFrame && frame < span.endFrame);
  const film = await builder.filmOf(shown.map((span) => span.index));
  const { artifacts } = await run.step({ ...stillStep(film, frame, run.services), order: order.rest });
  const file = artifacts['still'];
  if (!file) throw new Error('the still step left no picture');
  return { rendition, file };
}
