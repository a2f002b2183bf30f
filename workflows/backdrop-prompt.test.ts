import { describe, expect, test } from 'vitest';
import { SET_KINDS } from '#core/project/schema.ts';
import type { AdProject, Scene } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import { backdropPrompt } from '#core/planning/layout/backdrop-prompt.ts';
import { backdropPrompts } from './backdrop-prompt.ts';

/** What must never be asked for. */
const UNWANTED = /\b(products?|bottles?|cans?|jars?|packag\w*|labels?|logos?|text|letters?|words?|signs?|hands?|people|person|fizzo|sunny)\b/iu;

function project(change: Partial<AdProject['style']> = {}): AdProject {
  const example = exampleProject();
  const style = { ...example.style, lighting: 'warm key light with a cool rim', texture: 'fine plaster', mood: 'fresh and playful', ...change };
  return { ...example, brief: { ...example.brief, productName: 'Fizzo Orange' }, brand: { ...example.brand, name: 'Sunny' }, style };
}

function scene(change: { prompt?: string; set?: Scene['backdrop']['set']; intent?: NonNullable<Scene['placement']>['intent']; move?: Scene['camera']['move'] } = {}): Scene {
  const base = exampleProject().scenes[0]!;
  return {
    ...base,
    backdrop: { ...base.backdrop, set: change.set ?? 'podium', prompt: change.prompt ?? '' },
    camera: { ...base.camera, move: change.move ?? 'static' },
    ...(base.placement ? { placement: { ...base.placement, intent: change.intent ?? 'hero' } } : {}),
  };
}

const positive = (of: Scene, style: Partial<AdProject['style']> = {}, medium: 'clip' | 'still' = 'clip'): string => backdropPrompts({ project: project(style), scene: of, medium }).positive;

test('says the set, the advert\'s look, the free space and the camera', () => {
  expect(positive(scene())).toBe([
    'Empty background plate: round pedestal in front of a plain wall', 'colours deep blue, muted blue', 'warm key light with a cool rim, light from the upper left',
    'fine plaster', 'fresh and playful mood', 'camera at table height, straight horizon, a clean floor in the foreground',
    'the middle of the picture is vacant and evenly lit, all detail stays near the edges', 'one continuous shot, locked-off camera on a tripod, only light, haze and far background move, very slowly',
  ].join('; '));
});

test.each(SET_KINDS)('the set %s is never asked for with a product, writing or people in it', (set) => {
  for (const intent of ['hero', 'left', 'right', 'close', 'small', 'absent'] as const) {
    for (const medium of ['clip', 'still'] as const) expect(positive(scene({ set, intent }), {}, medium)).not.toMatch(UNWANTED);
  }
});

describe('a scene\'s own words', () => {
  test('take the set\'s place', () => {
    expect(positive(scene({ prompt: 'Beach at dusk, wet sand' }))).toMatch(/^Empty background plate: Beach at dusk, wet sand; colours /);
  });

  test('that the planner made from the set say nothing twice', () => {
    const planned = scene({ prompt: backdropPrompt('podium', project().style) });
    expect(positive(planned)).toBe(positive(scene()));
  });

  test.each([
    'Fizzo Orange on a table', 'a can of soda. Big logo', 'product in the centre, SUNNY sign', 'a woman holding it', 'hands holding a bottle, label says 50 % off', 'text: buy now',
  ])('lose what must not be in the picture: %s', (prompt) => {
    expect(positive(scene({ prompt: `${prompt}, marble counter` }))).not.toMatch(/fizzo|logo|sign|label|holding|text|bottle|product|sunny|a can/i);
    expect(positive(scene({ prompt: `${prompt}, marble counter` }))).toContain('marble counter');
  });

  test('of which nothing is left give way to the set', () => {
    expect(positive(scene({ prompt: 'bottle of Fizzo Orange' }))).toBe(positive(scene()));
  });
});

test('style words pass the same guard', () => {
  const words = positive(scene(), { lighting: 'soft light, big logo in neon', texture: 'bottles everywhere', mood: 'calm' });
  expect(words).not.toMatch(UNWANTED);
  expect(words).toContain('soft light');
});

test.each([
  ['left', 'the left half is vacant'], ['right', 'the right half is vacant'], ['close', 'a large vacant area'], ['small', 'a vacant spot on the floor'], ['absent', 'open composition'],
] as const)('a product that stands %s finds its place free', (intent, words) => {
  expect(positive(scene({ intent }))).toContain(words);
});

test('the camera stands still under a product, and may drift without one', () => {
  expect(positive(scene({ move: 'panLeft' }))).toContain('locked-off camera');
  expect(positive(scene({ move: 'panLeft', intent: 'absent' }))).toContain('very slow smooth camera drift');
  expect(positive(scene({ move: 'panLeft' }), {}, 'still')).not.toContain('camera on a tripod');
});

test('scenes of one advert share their style words', () => {
  const style = (words: string): string[] => words.split('; ').filter((part) => /^colours|key light|^fine|mood$/.test(part));
  expect(style(positive(scene({ set: 'arch' })))).toEqual(style(positive(scene({ set: 'bokeh', intent: 'left' }))));
});

test('the negative prompt keeps products, writing and hands out, and movement out of clips', () => {
  const { negative } = backdropPrompts({ project: project(), scene: scene(), medium: 'clip' });
  for (const word of ['product', 'bottle', 'packaging', 'text', 'logo', 'watermark', 'hands holding something', 'camera shake']) expect(negative).toContain(word);
  expect(backdropPrompts({ project: project(), scene: scene(), medium: 'still' }).negative).not.toContain('camera shake');
});

test('it stays within what a workflow takes', () => {
  const long = positive(scene({ prompt: 'marble '.repeat(140) }), { lighting: 'light '.repeat(30), texture: 'grain '.repeat(30), mood: 'calm '.repeat(30) });
  expect(long.length).toBeLessThanOrEqual(1900);
});
