import { describe, expect, it } from 'vitest';
import { evaluate } from '#core/composition/evaluate.ts';
import { captionKey } from '#core/composition/facts.ts';
import type { Film } from '#core/composition/film.ts';
import { totalFrames } from '#core/composition/timeline.ts';
import { sampleFacts, sampleProject, sampleScene } from '#core/composition/testing/sample-film.ts';
import type { AdProject } from '#core/project/schema.ts';
import { liveFilm } from './live-film.ts';
import { requestFor, requestsOf, sourceScale, visibleLayers } from './plan-pictures.ts';

const picture = { hash: 'b'.repeat(64), name: 'words.png', mime: 'image/png' };

function filmOf(project: AdProject): Film {
  const facts = sampleFacts(project);
  return {
    ratio: '9:16', scenes: project.scenes, products: project.products, grain: 0, facts,
    parts: { product_1: { contact: picture, wrap: picture } },
    captions: Object.fromEntries(Object.keys(facts.captions).map((key) => [key, picture])),
  };
}

const sourcesAt = (film: Film, frame: number): string[] => visibleLayers(evaluate(film, film.ratio, frame, film.facts)).map((layer) => layer.source);

describe('a film under a newer document', () => {
  const project = sampleProject();
  const film = filmOf(project);
  const [first, ...others] = project.scenes;
  if (!first) throw new Error('the sample has scenes');

  it('is the film itself as long as nothing was edited', () => {
    expect(liveFilm(film, project)).toEqual(film);
  });
  it('shows scenes that were split with the pictures they had', () => {
    const halves = [{ ...first, durationFrames: 50 }, { ...first, id: 'scene_9', durationFrames: 50, captions: [{ ...first.captions[0], id: 'c9' }] }] as AdProject['scenes'];
    const live = liveFilm(film, { ...project, scenes: [...halves, ...others] });
    expect(live.facts.backdrops.scene_9).toEqual(film.facts.backdrops.scene_1);
    expect(live.captions[captionKey('scene_9', 'c9')]).toEqual(picture);
    expect(sourcesAt(live, 70)).toContain('backdrop/scene_9/0');
  });
  it('draws what it can of scenes that nobody has made pictures for', () => {
    const added = sampleScene('scene_new', { seed: 99, captions: [{ id: 'x', role: 'headline', text: 'New', startFrame: 0, endFrame: 50, animation: 'none', position: {} }] });
    const live = liveFilm(film, { ...project, scenes: [added, ...project.scenes] });
    for (let frame = 0; frame < totalFrames(live); frame += 3) {
      const plan = evaluate(live, live.ratio, frame, live.facts);
      expect(() => requestsOf(live, plan, 0.5)).not.toThrow();
    }
    expect(live.facts.backdrops.scene_new).toBeUndefined();
  });
  it('forgets what was removed, also products', () => {
    const live = liveFilm(film, { ...project, scenes: [{ ...first, captions: [], placement: undefined }] });
    expect(sourcesAt(live, 30).every((source) => source.startsWith('backdrop/'))).toBe(true);
  });
});

describe('pictures of a plan', () => {
  const film = filmOf(sampleProject());
  it('are asked for in the smallest size that is sharp', () => {
    expect([1, 0.5, 0.49, 0.26, 0.25, 0.1, 2].map(sourceScale)).toEqual([1, 0.5, 0.5, 0.5, 0.25, 0.125, 1]);
  });
  it('are each asked for once', () => {
    const requests = requestsOf(film, evaluate(film, '9:16', 60, film.facts), 1);
    expect(new Set(requests.map((request) => request.key)).size).toBe(requests.length);
    expect(requests.some((request) => request.description.kind === 'product')).toBe(true);
  });
  it('of a product in other sizes belong together', () => {
    const layer = { source: 'product/product_1/scene_1', rect: { x: 0, y: 0, width: 200, height: 400 }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'exact' } as const;
    const [rest, larger] = [requestFor(film, layer, 1), requestFor(film, { ...layer, rect: { ...layer.rect, width: 100, height: 200 } }, 1)];
    expect(rest?.key).not.toBe(larger?.key);
    expect(rest?.family).toBe(larger?.family);
  });
});
