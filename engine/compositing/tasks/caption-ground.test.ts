import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { Rect } from '#core/composition/layer.ts';
import { sampleFacts, sampleProject, sampleScene } from '#core/composition/testing/sample-film.ts';
import type { Film } from '#core/composition/film.ts';
import { drawGround } from './caption-ground.ts';

const WALL = 'a'.repeat(64);
const PRODUCT = 'b'.repeat(64);
/** The camera turns about the product's foot: a wall without detail would not show whether it still does. */
const scene = sampleScene('scene_1', { camera: { move: 'pushIn', amount: 0.8 } });
const project = sampleProject([scene]);
const facts = sampleFacts(project);
const film: Film = {
  ratio: '9:16', scenes: project.scenes, grain: 0, captions: {}, parts: { product_1: { contact: asset(WALL) } },
  facts: { ...facts, products: { product_1: { aspect: 0.5, parts: { contact: facts.products['product_1']!.parts.contact! } } } },
  products: project.products.map((product) => ({ ...product, cutout: asset(PRODUCT) })),
};
const far: Rect = { x: 100, y: 60, width: 300, height: 80 };
const product = layoutOf({ scene }, '9:16', film.facts).product!;
const on: Rect = { x: Math.round(product.x + product.width / 2) - 20, y: Math.round(product.y + product.height / 2), width: 40, height: 30 };

function asset(hash: string) {
  return { hash, name: 'picture.png', mime: 'image/png' };
}

describe('drawGround', () => {
  let folder = '';
  const loaded: string[] = [];
  const ground = (places: readonly Rect[], of: Film = film) => {
    loaded.length = 0;
    const pathOf = (hash: string): string => {
      loaded.push(hash);
      return join(folder, `${hash[0]}.png`);
    };
    return drawGround(of, scene, places, { pathOf, ffmpegPath: '', signal: new AbortController().signal });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caption-ground-'));
    const stripes = Uint8Array.from({ length: 300 * 300 * 3 }, (_, i) => 128 + 100 * Math.sin((Math.floor(i / 3) % 300) / 4 + i / 3 / 9000));
    await sharp(stripes, { raw: { width: 300, height: 300, channels: 3 } }).png().toFile(join(folder, 'a.png'));
    await sharp({ create: { width: 1000, height: 1000, channels: 4, background: '#ff0000' } }).png().toFile(join(folder, 'b.png'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  it('is the same to the bit whether the product is drawn elsewhere or left out', async () => {
    const [alone] = await ground([far]);
    expect(loaded).not.toContain(PRODUCT);
    const [beside, under] = await ground([far, on]);
    expect(loaded).toContain(PRODUCT);
    expect(beside).toEqual(alone);
    const [red, green, blue] = under!.data;
    expect([red! > 240, green! < 20, blue! < 20]).toEqual([true, true, true]);
  });

  it('shows two moments of a scene that moves, one of a flat card', async () => {
    const [moving] = await ground([far]);
    expect(moving).toMatchObject({ width: far.width, height: 2 * far.height });
    const half = moving!.data.length / 2;
    expect(moving!.data.subarray(0, half)).not.toEqual(moving!.data.subarray(half));
    const [flat] = await ground([far], { ...film, facts: sampleFacts(project, { isFlat: true }) });
    expect(flat).toMatchObject({ width: far.width, height: far.height });
  });
});
