import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/lib/random.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { luminanceRatio } from '#core/lib/color/contrast.ts';
import { luminance, luminanceOf, parseColor } from './color.ts';
import { chooseSharedStyle, chooseTextStyle, worstContrast } from './contrast.ts';
import { rasterizeText } from './rasterize-text.ts';

type Paint = (x: number, y: number) => readonly [number, number, number];
const WIDTH = 520;
const HEIGHT = 220;

function paint(draw: Paint, width = WIDTH, height = HEIGHT): Raster {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([...draw(x, y), 255], (y * width + x) * 4);
  return { width, height, data };
}

const grey = (value: number): readonly [number, number, number] => [value, value, value];
const random = createRandom(3, 'backdrops');
const BACKDROPS: Record<string, Paint> = {
  black: () => grey(0),
  white: () => grey(255),
  'mid grey': () => grey(119),
  'red in between': () => [214, 70, 40],
  checker: (x, y) => grey((Math.floor(x / 24) + Math.floor(y / 24)) % 2 ? 255 : 0),
  'pixel checker': (x, y) => grey((x + y) % 2 ? 255 : 0),
  'grey noise': () => grey(60 + random.below(136)),
  'colour noise': () => [random.below(256), random.below(256), random.below(256)],
  'gradient across': (x) => grey(Math.round((x / WIDTH) * 255)),
  'gradient down': (_, y) => [Math.round((y / HEIGHT) * 255), 140, 255 - Math.round((y / HEIGHT) * 255)],
  'dark with a window': (x, y) => (x > 300 && x < 360 && y > 60 && y < 150 ? grey(250) : grey(22)),
};

const PALETTES = [
  { textOnDark: '#ffffff', textOnLight: '#111318' },
  { textOnDark: '#ffe8c7', textOnLight: '#3b1d4a' },
  { textOnDark: '#8a8a8a', textOnLight: '#777777' },
];

/** Lays the finished block in the middle of the backdrop and reads the worst contrast of the words against what lies round them. */
function contrastInPicture(backdrop: Raster, block: Awaited<ReturnType<typeof rasterizeText>>, color: string): number {
  const { raster, ink } = block;
  const text = luminanceOf(color);
  const letters = lettersOf(raster, color);
  const ratios: number[] = [];
  const left = Math.round((WIDTH - raster.width) / 2);
  const top = Math.round((HEIGHT - raster.height) / 2);
  for (let y = ink.y; y < ink.y + ink.height; y++) {
    for (let x = ink.x; x < ink.x + ink.width; x++) {
      if (isNear(letters, raster.width, x, y)) continue;
      const over = raster.data.subarray((y * raster.width + x) * 4);
      const below = backdrop.data.subarray(((top + y) * WIDTH + left + x) * 4);
      const mix = (channel: number) => ((over[channel] as number) * (over[3] as number) + (below[channel] as number) * (255 - (over[3] as number))) / 255;
      ratios.push(luminanceRatio(text, luminance(mix(0), mix(1), mix(2))));
    }
  }
  expect(ratios.length).toBeGreaterThan(500);
  return ratios.toSorted((first, second) => first - second)[Math.floor(ratios.length * 0.02)] ?? 0;
}

/** Pixels that are fully letter. */
function lettersOf(raster: Raster, color: string): Uint8Array {
  const { r, g, b } = parseColor(color);
  return Uint8Array.from({ length: raster.width * raster.height }, (_, i) => {
    const [pr, pg, pb, pa] = raster.data.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
    return pa > 200 && Math.hypot(pr - r, pg - g, pb - b) < 12 ? 1 : 0;
  });
}

/** Soft edges of letters are neither letter nor backdrop. */
function isNear(letters: Uint8Array, width: number, x: number, y: number): boolean {
  for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) if (letters[(y + dy) * width + x + dx] === 1) return true;
  return false;
}

describe('chooseTextStyle', () => {
  for (const [name, draw] of Object.entries(BACKDROPS)) {
    it(`${name}: the finished picture reaches 4.5`, async () => {
      const backdrop = paint(draw);
      for (const styleColors of PALETTES) {
        const style = chooseTextStyle({ region: backdrop, styleColors, role: 'headline' });
        const block = await rasterizeText({
          text: 'Taste it', language: 'en', role: 'headline', fontFamily: 'Inter', maxWidth: 300, maxHeight: 90, minFontPx: 20, maxFontPx: 48, maxLines: 1, align: 'left', ...style,
        });
        expect(contrastInPicture(backdrop, block, style.color)).toBeGreaterThanOrEqual(4.5);
      }
    });
  }

  it('leaves quiet backdrops alone and keeps the colours of the style', () => {
    const styleColors = { textOnDark: '#fff4e0', textOnLight: '#1b2a41' };
    expect(chooseTextStyle({ region: paint(() => grey(20)), styleColors, role: 'headline' })).toMatchObject({ color: '#fff4e0', decoration: 'plain' });
    expect(chooseTextStyle({ region: paint(() => grey(235)), styleColors, role: 'legal' })).toMatchObject({ color: '#1b2a41', decoration: 'plain' });
  });

  it('finds a plain colour for every flat one', () => {
    for (let value = 0; value < 256; value += 5) expect(chooseTextStyle({ region: paint(() => grey(value), 8, 8), styleColors: PALETTES[0] as never, role: 'callToAction' }).decoration).toBe('plain');
  });

  it('is not fooled by a mean', () => {
    const half = paint((x) => grey(x % 2 ? 255 : 0));
    expect(worstContrast(half, '#ffffff')).toBe(1);
    expect(chooseTextStyle({ region: half, styleColors: PALETTES[0] as never, role: 'headline' }).decoration).not.toBe('plain');
  });

  it('forgives single sparkling pixels', () => {
    expect(chooseTextStyle({ region: paint((x, y) => grey(x % 40 === 0 && y % 40 === 0 ? 255 : 15)), styleColors: PALETTES[0] as never, role: 'headline' }).decoration).toBe('plain');
  });
});

describe('chooseSharedStyle', () => {
  const styleColors = PALETTES[0]!;

  it('gives words that stand together one colour, with a cushion only where one needs it', () => {
    const [calm, busy] = chooseSharedStyle({ regions: [paint(() => grey(20)), paint((x) => grey(x < 200 ? 20 : 150))], styleColors, role: 'headline' });
    expect(calm).toMatchObject({ color: '#ffffff', decoration: 'plain' });
    expect(busy).toMatchObject({ color: '#ffffff', decoration: 'scrim' });
  });

  it.each(Object.entries(BACKDROPS))('stays readable on %s', (_, draw) => {
    const region = paint(draw);
    for (const { color, decoration, boxColor } of chooseSharedStyle({ regions: [region, paint(() => grey(119))], styleColors, role: 'support' }).slice(0, 1)) {
      if (decoration === 'plain') expect(worstContrast(region, color)).toBeGreaterThanOrEqual(4.5);
      else expect(luminanceRatio(luminanceOf(color), luminanceOf(boxColor.slice(0, 7)))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
