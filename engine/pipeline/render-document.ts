/**
 * The second half of a run: AdProject document → files. Reads as the list of what an advert is made of; every step is cached
 * under what it depends on, so after an edit only the touched parts run.
 */
import { segmentsOf, sceneSpans, totalFrames } from '#core/composition/timeline.ts';
import type { Segment } from '#core/composition/timeline.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef, Rendition } from '#core/project/schema.ts';
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import { createFilmBuilder } from './film-builder.ts';
import type { FilmBuilder } from './film-builder.ts';
import { makeProductPictures } from './product-pictures.ts';
import type { RunContext } from './run-context.ts';
import { choosePosterFrame } from './poster-frame.ts';
import { fidelityStep } from './steps/fidelity-step.ts';
import type { FidelityData } from './steps/fidelity-step.ts';
import { mixStep } from './steps/mix-step.ts';
import type { MixData } from './steps/mix-step.ts';
import { musicStep } from './steps/music-step.ts';
import { renditionStep } from './steps/rendition-step.ts';
import type { RenditionData } from './steps/rendition-step.ts';
import { segmentStep } from './steps/segment-step.ts';
import { stillStep } from './steps/still-step.ts';

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

/** Renders everything that the document lists. */
export async function renderDocument(project: AdProject, run: RunContext): Promise<FinishedAdvert> {
  const pictures = await makeProductPictures(project, run);
  const sound = makeSound(project, run);
  sound.catch(() => undefined); // awaited below; a failing picture must not leave this rejection unhandled
  const queue = createTurns();
  const renditions = await Promise.all(
    ratiosOf(project).map(async (ratio, turn) => {
      const builder = createFilmBuilder(project, ratio, pictures, run);
      return renderRatio(project, ratio, builder, sound, run, () => queue.wait(turn), () => queue.finish(turn));
    }),
  );
  const order = new Map(project.renditions.map((rendition, index) => [rendition.id, index]));
  const files = renditions.flat().sort((a, b) => (order.get(a.rendition.id) ?? 0) - (order.get(b.rendition.id) ?? 0));
  const { music } = await sound;
  return { renditions: files, ...(music ? { music } : {}) };
}

function ratiosOf(project: AdProject): Ratio[] {
  return [...new Set(project.renditions.map((rendition) => rendition.ratio))];
}

interface Sound {
  readonly mix: StepSpec;
  readonly output: StepOutput;
  readonly music?: AssetRef;
}

/** Music (made, or the user's own) and the finished mix. */
async function makeSound(project: AdProject, run: RunContext): Promise<Sound> {
  const fps = project.timebase.num / project.timebase.den;
  const durationSeconds = totalFrames(project) / fps;
  const own = project.soundtrack.music;
  const cutsSeconds = sceneSpans(project).slice(1).map((span) => span.startFrame / fps);
  const { mood, tempoBpm, seed } = project.soundtrack;
  const musicSpec = own ? undefined : musicStep({ soundtrack: { mood, tempoBpm, seed }, durationSeconds, cutsSeconds }, run.policy, run.services);
  const music = own ?? (musicSpec && (await run.step(musicSpec)).artifacts['music']);
  const mix = mixStep(project.soundtrack, music, durationSeconds);
  return { mix, output: await run.step(mix), ...(music ? { music } : {}) };
}

async function renderRatio(project: AdProject, ratio: Ratio, builder: FilmBuilder, sound: Promise<Sound>, run: RunContext, myTurn: () => Promise<void>, done: () => void): Promise<FinishedRendition[]> {
  const wanted = project.renditions.filter((rendition) => rendition.ratio === ratio);
  const video = wanted.filter((rendition) => rendition.kind === 'video');
  const stills = wanted.filter((rendition) => rendition.kind === 'still');
  const segments = video.length > 0 ? renderSegments(project, builder, run, myTurn, done) : (done(), undefined);
  const [films, pictures] = await Promise.all([
    segments && finishVideo(project, builder, segments, sound, run),
    Promise.all(stills.map((rendition) => makeStill(project, rendition, builder, run))),
  ]);
  return [...video.flatMap((rendition) => (films ? [{ rendition, ...films }] : [])), ...pictures];
}

/** All segments of a ratio in order. They are submitted ratio by ratio, so that a worker keeps its decoded sources. */
async function renderSegments(project: AdProject, builder: FilmBuilder, run: RunContext, myTurn: () => Promise<void>, done: () => void): Promise<StepSpec[]> {
  try {
    const specs = segmentsOf(project).map(async (segment) => segmentStep(await builder.filmOf(scenesOf(segment)), segment, run.services));
    const planned = Promise.all(specs);
    planned.catch(() => undefined); // awaited below
    await myTurn();
    const running = specs.map(async (spec) => {
      await run.step(await spec);
      return spec;
    });
    const finished = Promise.all(running);
    finished.catch(() => undefined); // awaited below; until then a failing segment must not count as unhandled
    await planned;
    done();
    return await finished;
  } finally {
    done();
  }
}

function scenesOf(segment: Segment): number[] {
  return segment.kind === 'body' ? [segment.sceneIndex] : [segment.sceneIndex, segment.sceneIndex + 1];
}

async function finishVideo(project: AdProject, builder: FilmBuilder, segments: Promise<StepSpec[]>, sound: Promise<Sound>, run: RunContext): Promise<Omit<FinishedRendition, 'rendition'>> {
  const specs = await segments;
  const { mix, output } = await sound;
  const film = await builder.filmOf(project.scenes.map((_, index) => index));
  const join = renditionStep(film.ratio, specs, mix, totalFrames(project));
  const joined = await run.step(join);
  const file = joined.artifacts['video'];
  if (!file) throw new Error('the rendition step left no video');
  const check = await run.step(fidelityStep(film, join));
  return { file, probe: (joined.data as RenditionData).probe, loudness: (output.data as MixData).loudness, fidelity: check.data as FidelityData };
}

async function makeStill(project: AdProject, rendition: Rendition, builder: FilmBuilder, run: RunContext): Promise<FinishedRendition> {
  const frame = rendition.frame ?? choosePosterFrame(project);
  const shown = sceneSpans(project).filter((span) => frame >= span.startFrame && frame < span.endFrame);
  const film = await builder.filmOf(shown.map((span) => span.index));
  const { artifacts } = await run.step(stillStep(film, frame, run.services));
  const file = artifacts['still'];
  if (!file) throw new Error('the still step left no picture');
  return { rendition, file };
}

/** Lets tasks go one after the other, in the order of their numbers. */
function createTurns(): { wait(turn: number): Promise<void>; finish(turn: number): void } {
  const gates = new Map<number, { promise: Promise<void>; open: () => void }>();
  const gate = (turn: number): { promise: Promise<void>; open: () => void } => {
    const known = gates.get(turn);
    if (known) return known;
    const { promise, resolve } = Promise.withResolvers<void>();
    const made = { promise, open: resolve };
    gates.set(turn, made);
    return made;
  };
  return { wait: (turn) => (turn === 0 ? Promise.resolve() : gate(turn - 1).promise), finish: (turn) => gate(turn).open() };
}
