import { describe, expect, it } from 'vitest';
import { paintText, rasterizeText } from './rasterize-text.ts';
import { restyleText, setText } from './set-text.ts';
import type { TextRequest } from './types.ts';

const request: TextRequest = {
  text: 'One glass, two friends 🍊', language: 'en', role: 'headline', fontFamily: 'Inter', maxWidth: 420, maxHeight: 200, minFontPx: 20, maxFontPx: 56,
  maxLines: 3, align: 'center', color: '#ffffff', decoration: 'plain', boxColor: '#000000',
};

describe('restyleText', () => {
  const looks = {
    'another colour': { color: '#101418', decoration: 'plain', boxColor: '#ffffff' },
    'a cushion': { color: '#ffffff', decoration: 'scrim', boxColor: '#07090d80' },
    'another colour on a cushion': { color: '#000000', decoration: 'scrim', boxColor: '#ffffff29' },
    'a plate, which takes room from the words': { color: '#ffffff', decoration: 'plate', boxColor: '#123456' },
  } as const;

  it.each(Object.entries(looks))('gives what setting anew gives: %s', async (_, look) => {
    for (const text of [request.text, 'far too many words '.repeat(30), '']) {
      const words = await setText({ ...request, text });
      expect(paintText(await restyleText(words, look))).toEqual(await rasterizeText({ ...request, ...look, text }));
    }
  });

  it('knows the size of the picture before it is painted', async () => {
    for (const decoration of ['plain', 'scrim', 'button', 'plate'] as const) {
      const words = await setText({ ...request, decoration, boxColor: '#123456' });
      const { raster, ink, fontPx } = paintText(words);
      expect({ width: raster.width, height: raster.height, ink, fontPx }).toMatchObject({ width: words.frame.width, height: words.frame.height, ink: words.frame.ink, fontPx: words.fontPx });
    }
  });
});
