/**
 * The pictures and the sound of the reference advert: four photo-like stills (soft light, shapes at several sizes, texture and
 * sensor noise: nothing an encoder gets for free), a product with printed detail, and a bed of chords. Made from seeds.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '#core/lib/random.ts';
import { encodeWav } from '#engine/providers/embedded/synth/wav.ts';

const STILL_SIZE = { width: 1242, height: 2208 };
export const PRODUCT_SIZE = { width: 620, height: 1000 };

export interface ReferencePictures {
  readonly stills: readonly string[];
  readonly product: string;
  readonly mask: string;
  readonly music: string;
}

export async function makeReferencePictures(folder: string, scenes: number, seconds: number): Promise<ReferencePictures> {
  await mkdir(folder, { recursive: true });
  const stills: string[] = [];
  for (let index = 0; index < scenes; index++) {
    const path = join(folder, `still_${index + 1}.jpg`);
    await sharp(paintStill(index), { raw: { ...STILL_SIZE, channels: 3 } }).jpeg({ quality: 93, chromaSubsampling: '4:4:4' }).toFile(path);
    stills.push(path);
  }
  const [product, mask, music] = ['product.png', 'mask.png', 'music.wav'].map((name) => join(folder, name)) as [string, string, string];
  const picture = paintProduct();
  await sharp(picture, { raw: { ...PRODUCT_SIZE, channels: 4 } }).png().toFile(product);
  await sharp(picture, { raw: { ...PRODUCT_SIZE, channels: 4 } }).extractChannel(3).png().toFile(mask);
  await writeFile(music, encodeWav(playChords(seconds), 48_000));
  return { stills, product, mask, music };
}

const HUES: readonly (readonly [number, number, number])[] = [[196, 150, 110], [96, 138, 152], [150, 118, 160], [120, 146, 96]];

function paintStill(index: number): Uint8Array {
  const { width, height } = STILL_SIZE;
  const random = createRandom(index + 1, 'reference still');
  const base = HUES[index % HUES.length] ?? [128, 128, 128];
  const discs = Array.from({ length: 26 }, () => ({ x: random.next() * width, y: random.next() * height, radius: 20 + random.next() ** 2 * 260, gain: random.between(-0.35, 0.45), edge: random.between(2, 40) }));
  const lattice = Float32Array.from({ length: 64 * 64 }, () => random.next() - 0.5);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let level = 1.15 - (0.55 * y) / height + 0.15 * Math.cos((x / width - 0.3) * 3);
      for (const disc of discs) {
        const inside = (disc.radius - Math.hypot(x - disc.x, y - disc.y)) / disc.edge;
        if (inside > 0) level += disc.gain * Math.min(1, inside);
      }
      level += 0.12 * smoothNoise(lattice, x / 37, y / 37) + 0.06 * smoothNoise(lattice, x / 7, y / 11);
      const grain = (random.next() + random.next() - 1) * 5;
      for (const channel of base) data[at++] = Math.min(255, Math.max(0, channel * level + grain));
    }
  }
  return data;
}

/** Bilinear between the points of a 64 × 64 lattice that repeats. */
function smoothNoise(lattice: Float32Array, x: number, y: number): number {
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const at = (dx: number, dy: number): number => lattice[((iy + dy) & 63) * 64 + ((ix + dx) & 63)] ?? 0;
  return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy;
}

/** A bottle: round shoulders, shaded sides, a label with fine print, a gold cap. */
function paintProduct(): Uint8Array {
  const { width, height } = PRODUCT_SIZE;
  const random = createRandom(9, 'reference product');
  const print = Uint8Array.from({ length: 40 * 60 }, () => (random.next() < 0.45 ? 1 : 0));
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    const half = y < 140 ? 110 : 110 + 190 * Math.min(1, ((y - 140) / 200) ** 0.6);
    for (let x = 0; x < width; x++, at += 4) {
      const across = (x + 0.5 - width / 2) / half;
      const shade = 0.55 + 0.5 * Math.sqrt(Math.max(0, 1 - (across * 0.9 + 0.25) ** 2)) + 0.25 * Math.exp(-(((across + 0.45) * 9) ** 2));
      const isLabel = y > 420 && y < 840;
      const isInk = isLabel && y > 480 && y < 780 && Math.abs(across) < 0.75 && print[Math.floor((y - 480) / 6) * 40 + Math.floor((across + 0.75) * 26)] === 1;
      const colour = y < 140 ? [201, 162, 39] : isInk ? [240, 240, 236] : isLabel ? [27, 79, 156] : [122, 44, 30];
      colour.forEach((channel, i) => (data[at + i] = Math.min(255, channel * shade)));
      data[at + 3] = Math.round(255 * Math.min(1, Math.max(0, (1 - Math.abs(across)) * half)));
    }
  }
  return data;
}

function playChords(seconds: number): Float32Array[] {
  const notes = [110, 164.81, 220, 277.18, 329.63];
  const make = (pan: number): Float32Array =>
    Float32Array.from({ length: Math.round(seconds * 48_000) }, (_, i) => notes.reduce((sum, hertz, n) => sum + Math.sin((2 * Math.PI * hertz * i) / 48_000 + n * pan) * 0.05 * (1 + Math.sin(i / 24_000 + n)), 0));
  return [make(0), make(0.7)];
}
