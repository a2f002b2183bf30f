import { describe, expect, it } from 'vitest';
import { sampleFacts, sampleProject } from '#core/composition/testing/sample-film.ts';
import { segmentsOf } from '#core/composition/timeline.ts';
import type { Film } from '#core/composition/film.ts';
import { fingerprintSegment } from '#engine/compositing/segment-fingerprint.ts';
import type { StepSpec } from '#engine/jobs/types.ts';
import type { RunContext } from '../run-context.ts';
import { checkFidelity } from './fidelity-step.ts';
import type { FidelityData } from './fidelity-step.ts';

const asset = (digit: string) => ({ hash: digit.repeat(64), name: `${digit}.png`, mime: 'image/png' });

function makeFilm(): Film {
  const project = sampleProject();
  const facts = sampleFacts(project);
  const captions = Object.fromEntries(Object.keys(facts.captions).map((key) => [key, asset('c')]));
  return { ratio: '9:16', scenes: project.scenes, products: project.products, grain: 0, facts, parts: { product_1: { contact: asset('1'), wrap: asset('2') } }, captions };
}

const segmentSteps = (film: Film): StepSpec[] =>
  segmentsOf(film).map(({ startFrame, frameCount }, index) => ({ key: fingerprintSegment(film, startFrame, frameCount), kind: 'segment', stage: 'RENDERING', name: `segment ${index}`, lane: 'cpu', deps: [], params: {} }));

/** Checks a film; every step answers with the frame that it was asked for, `deltaE2000` further off than the last. */
async function check(film: Film): Promise<{ report: FidelityData; steps: StepSpec[] }> {
  const steps: StepSpec[] = [];
  const step: RunContext['step'] = (spec) => {
    steps.push(spec);
    const { frameIndex } = (spec.params as { sample: { frameIndex: number } }).sample;
    const data = { frameIndex, interiorPixels: 1000, deltaE2000: steps.length / 10, psnrDb: 44, ssim: 0.99, location: { offsetX: 0, offsetY: 0, correlation: 1 } };
    return Promise.resolve({ artifacts: {}, data });
  };
  return { report: await checkFidelity(film, segmentSteps(film).map((spec) => Promise.resolve(spec)), { step } as unknown as RunContext), steps };
}

describe('checkFidelity', () => {
  it('measures every sample in the segment that shows it, and reports frames of the film', async () => {
    const film = makeFilm();
    const [segments, places] = [segmentSteps(film), segmentsOf(film)];
    const { report, steps } = await check(film);
    expect(steps.length).toBeGreaterThan(1);
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    steps.forEach(({ deps, params }, index) => {
      const place = places[segments.findIndex(({ key }) => key === deps[0])]!;
      const { frameIndex } = (params as { sample: { frameIndex: number } }).sample;
      expect(place.kind).toBe('body');
      expect(frameIndex).toBeLessThan(place.frameCount);
      expect(report.samples[index]?.frameIndex).toBe(place.startFrame + frameIndex);
    });
    expect(report.placements.map(({ frameIndex }) => frameIndex)).toEqual(report.samples.map(({ frameIndex }) => frameIndex));
    expect(report).toMatchObject({ verdict: 'faithful', isFaithful: true, reasons: [], psnrDb: 44 });
    expect(report.deltaE2000).toBeCloseTo((steps.length + 1) / 20, 9);
  });

  it('measures again only the scene whose caption changed', async () => {
    const film = makeFilm();
    const before = (await check(film)).steps;
    const after = (await check({ ...film, captions: { ...film.captions, 'scene_2/c1': asset('d') } })).steps;
    expect(after.filter(({ key }, index) => key !== before[index]?.key).map(({ name }) => name)).toEqual(['fidelity scene_2 9:16']);
  });
});
