import { describe, expect, it } from 'vitest';
import type { Caption, Scene } from '../project/schema.ts';
import { RATIOS } from '../project/ratio.ts';
import type { Ratio } from '../project/ratio.ts';
import { CAPTION_IN_FRAMES } from './captions.ts';
import { evaluate } from './evaluate.ts';
import { sourceOf } from './facts.ts';
import { sampleFacts, sampleProject, sampleScene } from './testing/sample-film.ts';
import { sceneSpans } from './timeline.ts';

/** Headline and support line as the planner times them, in every scene of a film. */
function filmOf(change: Partial<Caption> = {}, scene: Partial<Scene> = {}) {
  const lead = { ...sampleScene('x').captions[0]!, startFrame: 6, ...change };
  const captions = [lead, { ...lead, id: 'c2', role: 'support' as const, startFrame: lead.startFrame + 9 }];
  const project = sampleProject([sampleScene('scene_1', { captions, ...scene }), sampleScene('scene_2', { captions, transition: { kind: 'cut', durationFrames: 0 } }), sampleScene('scene_3', { captions })]);
  return { project, facts: sampleFacts(project) };
}

type Film = ReturnType<typeof filmOf>;

function wordsAt({ project, facts }: Film, sceneId: string, captionId: string, frame: number, ratio: Ratio = '9:16') {
  const span = sceneSpans(project).find(({ scene }) => scene.id === sceneId)!;
  const plan = evaluate(project, ratio, span.startFrame + frame, facts);
  return [plan.from, ...(plan.to ? [plan.to] : [])].flatMap(({ layers }) => layers).find(({ source }) => source === sourceOf.caption(sceneId, captionId));
}

describe('the words that open the film', () => {
  it.each(RATIOS)('stand there in full from the very first frame (%s)', (ratio) => {
    for (const animation of ['fade', 'rise', 'slide', 'pop', 'none'] as const) {
      const film = filmOf({ animation });
      const rest = wordsAt(film, 'scene_1', 'c1', 40, ratio);
      expect(rest).toMatchObject({ opacity: 1 });
      for (let frame = 0; frame < 40; frame++) expect(wordsAt(film, 'scene_1', 'c1', frame, ratio)).toEqual(rest);
    }
  });

  it('go as all others do', () => {
    expect(wordsAt(filmOf(), 'scene_1', 'c1', 79)?.opacity).toBeLessThan(0.2);
    expect(wordsAt(filmOf(), 'scene_1', 'c1', 80)).toBeUndefined();
  });

  it('are followed by the next line with its entrance', () => {
    expect(wordsAt(filmOf(), 'scene_1', 'c2', 14)).toBeUndefined();
    expect(wordsAt(filmOf(), 'scene_1', 'c2', 15)?.opacity).toBeLessThan(0.5);
  });

  it('come later when the document says so', () => {
    const late = filmOf({ startFrame: 30 });
    expect(wordsAt(late, 'scene_1', 'c1', 29)).toBeUndefined();
    expect(wordsAt(late, 'scene_1', 'c1', 30)?.opacity).toBeLessThan(0.5);
  });
});

it('lets the words of every later scene come, also behind a cut', () => {
  for (const sceneId of ['scene_2', 'scene_3']) {
    expect(wordsAt(filmOf(), sceneId, 'c1', 5)).toBeUndefined();
    const opacities = Array.from({ length: CAPTION_IN_FRAMES }, (_, i) => wordsAt(filmOf(), sceneId, 'c1', 6 + i)?.opacity ?? 0);
    expect(opacities[0]).toBeLessThan(0.5);
    expect(opacities.at(-1)).toBe(1);
    expect([...opacities].sort((a, b) => a - b)).toEqual(opacities);
  }
});
