import { describe, expect, it } from 'vitest';
import type { Film } from '#core/composition/film.ts';
import { sampleFacts, sampleProject } from '#core/composition/testing/sample-film.ts';
import { FilmKeeper } from './film-keeper.ts';
import type { FilmState } from './film-keeper.ts';

const project = sampleProject();
const film: Film = { ratio: '1:1', scenes: project.scenes, products: project.products, grain: 0, facts: sampleFacts(project), parts: {}, captions: {} };

/** A keeper whose surroundings wait for the test. */
function keeper() {
  const told: FilmState[] = [];
  const makes: { resolve(film: Film): void; reject(error: Error): void; signal: AbortSignal }[] = [];
  let saves = 0;
  let waiting: (() => void) | undefined;
  const own = new FilmKeeper({
    save: async () => { saves++; },
    make: async (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Film>();
      makes.push({ resolve, reject, signal });
      return { film: await promise, notices: [] };
    },
    later: (_ms, run) => {
      waiting = run;
      return () => { waiting = undefined; };
    },
    tell: (state) => told.push(state),
  });
  return { own, told, makes, saves: () => saves, calm: () => { const run = waiting; waiting = undefined; run?.(); }, settle: () => new Promise((resolve) => { setImmediate(resolve); }) };
}

describe('the film of a ratio', () => {
  it('is there once the engine has made it, after everything was saved', async () => {
    const { own, makes, saves, settle } = keeper();
    own.renew();
    expect(own.state.state).toBe('loading');
    await settle();
    expect(saves()).toBe(1);
    makes[0]?.resolve(film);
    await settle();
    expect(own.state).toMatchObject({ state: 'ready', film });
  });
  it('is made again after an edit, once, when editing pauses', async () => {
    const { own, makes, calm, settle } = keeper();
    own.renew();
    await settle();
    makes[0]?.resolve(film);
    await settle();
    for (let n = 0; n < 20; n++) own.documentChanged();
    expect(own.state).toMatchObject({ state: 'updating', film });
    expect(makes).toHaveLength(1);
    calm();
    await settle();
    expect(makes).toHaveLength(2);
  });
  it('of an older document is given up, and does not replace a newer one when it comes late', async () => {
    const { own, makes, calm, settle } = keeper();
    own.renew();
    await settle();
    own.documentChanged();
    expect(makes[0]?.signal.aborted).toBe(true);
    calm();
    await settle();
    const newer = { ...film, grain: 0.5 };
    makes[1]?.resolve(newer);
    await settle();
    makes[0]?.resolve(film);
    await settle();
    expect(own.state.film).toBe(newer);
  });
  it('stays when the engine cannot make a newer one, and the reason is told; trying again is possible', async () => {
    const { own, makes, calm, settle } = keeper();
    own.renew();
    await settle();
    makes[0]?.resolve(film);
    await settle();
    own.documentChanged();
    calm();
    await settle();
    makes[1]?.reject(new Error('The disk is full.'));
    await settle();
    expect(own.state).toMatchObject({ state: 'failed', film });
    expect(String(own.state.error)).toContain('disk');
    own.renew();
    await settle();
    makes[2]?.resolve(film);
    await settle();
    expect(own.state).toMatchObject({ state: 'ready', error: undefined });
  });
  it('is not asked for any more once it was closed', async () => {
    const { own, makes, told, calm, settle } = keeper();
    own.documentChanged();
    own.close();
    calm();
    await settle();
    expect(makes).toHaveLength(0);
    expect(told).toHaveLength(0);
  });
});
