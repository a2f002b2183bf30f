import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CAPTION_ROLES } from '#core/project/schema.ts';
import { compileMarkup } from './draw-lines.ts';
import { bundledFonts } from './fonts.ts';
import { rasterizeText } from './rasterize-text.ts';
import type { TextBlock, TextRequest } from './types.ts';

const request: TextRequest = {
  text: 'The taste of a real blood orange', language: 'en', role: 'headline', fontFamily: 'Inter', maxWidth: 420, maxHeight: 200, minFontPx: 20, maxFontPx: 56,
  maxLines: 3, align: 'left', color: '#ffffff', decoration: 'plain', boxColor: '#ff5a1f',
};
const set = (changes: Partial<TextRequest>) => rasterizeText({ ...request, ...changes });

/** Tight box of pixels that are mostly opaque. */
function inkOf({ raster }: TextBlock, threshold = 100): { left: number; top: number; right: number; bottom: number } {
  const box = { left: raster.width, top: raster.height, right: -1, bottom: -1 };
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      if ((raster.data[(y * raster.width + x) * 4 + 3] as number) < threshold) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

describe('rasterizeText', () => {
  it.each(CAPTION_ROLES)('%s fits its box, and the ink is where it says', async (role) => {
    for (const decoration of ['plain', 'scrim', 'button', 'plate'] as const) {
      const block = await set({ role, decoration, boxColor: '#123456ff' });
      expect(block.ink.width).toBeLessThanOrEqual(request.maxWidth);
      expect(block.ink.height).toBeLessThanOrEqual(request.maxHeight);
      expect(block.lines).toBeGreaterThanOrEqual(1);
      if (decoration !== 'plain' && decoration !== 'plate') continue;
      const seen = inkOf(block);
      expect(Math.abs(seen.left - block.ink.x)).toBeLessThanOrEqual(1);
      expect(Math.abs(seen.top - block.ink.y)).toBeLessThanOrEqual(1);
      expect(Math.abs(seen.right + 1 - block.ink.x - block.ink.width)).toBeLessThanOrEqual(1);
      expect(Math.abs(seen.bottom + 1 - block.ink.y - block.ink.height)).toBeLessThanOrEqual(1);
    }
  });

  it('uses its box: type grows until width, height or the limit stops it', async () => {
    const narrow = await set({ maxWidth: 240 });
    const wide = await set({ maxWidth: 420 });
    expect(wide.fontPx).toBeGreaterThan(narrow.fontPx);
    expect(narrow.ink.width).toBeGreaterThan(240 * 0.9);
    expect((await set({ text: 'Hi' })).fontPx).toBe(request.maxFontPx);
  });

  it('shows markup as it was written and survives everything a brief can hold', async () => {
    const plain = await set({ text: 'x <b>y</b> &amp; "z"' });
    expect(plain.missing).toEqual([]);
    expect(plain.ink.width).toBeGreaterThan((await set({ text: 'x y & z' })).ink.width);
    for (const text of ['<span size="999999">', '</span>', '&#0;', "it's & <i>", '\u0000\u202e\u200f', 'a\nb\nc\nd\ne', '%{n} [x]; drawtext=\\:', 'x'.repeat(100_000), '\ud83d', '\u0e33\u0300'.repeat(40)]) {
      const block = await set({ text });
      expect(block.ink.width).toBeLessThanOrEqual(request.maxWidth);
      expect(block.ink.height).toBeLessThanOrEqual(request.maxHeight);
    }
  });

  it('escapes family names too', () => {
    const markup = compileMarkup(['a & b'], { families: ['My "Font" <x>'], files: [], weight: 400, fontPx: 10, trackingEm: 0, lineHeightEm: 1, color: '#ffffff', align: 'left', isRightToLeft: false, language: '" onload' });
    expect(markup).toBe('<span font_family="My &quot;Font&quot; &lt;x&gt;" weight="400" size="10240" letter_spacing="0" line_height="10240" foreground="#ffffff">\u200ea &amp; b</span>');
  });

  it('gives nothing for nothing', async () => {
    for (const text of ['', ' \n ', '\u200b', '\u0001']) expect(await set({ text })).toMatchObject({ lines: 0, raster: { width: 1, height: 1 } });
  });

  it('says so when it had to cut', async () => {
    const block = await set({ text: 'far too many words '.repeat(30), maxLines: 2 });
    expect(block.lines).toBe(2);
    expect(block.note).toContain('too long');
    expect((await set({})).note).toBeUndefined();
  });

  it('sets Arabic and Hebrew from right to left, joined, with a foreign word in its place', async () => {
    const arabic = await set({ text: 'طعم البرتقال الحقيقي الآن', language: 'ar', maxLines: 2 });
    expect(arabic).toMatchObject({ isRightToLeft: true, missing: [] });
    // Joined letters are far narrower than the same letters kept apart.
    const apart = await set({ text: 'ب ب ب ب ب ب', language: 'ar', maxLines: 1, maxFontPx: 30 });
    const joined = await set({ text: 'بببببب', language: 'ar', maxLines: 1, maxFontPx: 30 });
    expect(joined.ink.width).toBeLessThan(apart.ink.width * 0.55);
    const hebrew = await set({ text: 'טעם אמיתי', language: 'he' });
    expect(hebrew).toMatchObject({ isRightToLeft: true, missing: [] });
  });

  it('draws emoji in colour', async () => {
    const { raster } = await set({ text: '🍊 👩‍🍳 🇩🇪' });
    let colourful = 0;
    for (let i = 0; i < raster.data.length; i += 4) {
      const [r, , b, a] = raster.data.subarray(i, i + 4) as unknown as [number, number, number, number];
      if (a > 200 && Math.abs(r - b) > 80) colourful++;
    }
    expect(colourful).toBeGreaterThan(300);
  });

  it('leaves out what no font can draw, and names it', async () => {
    const block = await set({ text: 'Soda \u{1f0ff}\ue123 now' });
    expect(block.missing).toEqual(['\u{1f0ff}', '\ue123']);
    expect(block.ink.width).toBe((await set({ text: 'Soda now' })).ink.width);
  });

  it('sets a text that a display face cannot spell in one face', async () => {
    const cyrillic = await set({ text: 'Вкус лета', fontFamily: 'Outfit' });
    expect(cyrillic.missing).toEqual([]);
    expect(cyrillic.raster).toEqual((await set({ text: 'Вкус лета', fontFamily: 'Inter' })).raster);
  });

  it('takes an unknown family as Inter', async () => {
    const unknown = await set({ fontFamily: 'No Such Font At All' });
    expect(unknown.ink.width).toBe((await set({ fontFamily: 'Inter' })).ink.width);
  });

  it('keeps buttons alike, with or without descenders', async () => {
    const [plain, hanging] = await Promise.all(['Taste it', 'Shop gypsy'].map((text) => set({ text, role: 'callToAction', decoration: 'button', maxFontPx: 40 })));
    expect(plain?.ink.height).toBe(hanging?.ink.height);
  });

  it('gives the same pixels twice', async () => {
    expect(await set({ decoration: 'scrim', boxColor: '#00000080' })).toEqual(await set({ decoration: 'scrim', boxColor: '#00000080' }));
  });

  it('has all its fonts', () => expect(bundledFonts().every((font) => font.path.endsWith('.ttf'))).toBe(true));

  it('draws the same on a bare machine: no home, no fontconfig, no fonts', async () => {
    const program = `
      import { rasterizeText } from '#engine/text/rasterize-text.ts';
      const block = await rasterizeText({ ...${JSON.stringify(request)}, text: 'Soda سودا סודה 🍊' });
      console.log(JSON.stringify({ ink: block.ink, missing: block.missing, sum: block.raster.data.reduce((sum, value) => (sum * 31 + value) % 1000000007, 7) }));`;
    const run = async (env: Record<string, string>) => promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', program], { env });
    const [bare, here] = await Promise.all([run({ HOME: '/nonexistent', FONTCONFIG_PATH: '/nonexistent', XDG_CACHE_HOME: '/nonexistent' }), run({ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/' })]);
    expect(bare.stderr).toBe('');
    expect(bare.stdout).toBe(here.stdout);
    expect(JSON.parse(bare.stdout)).toMatchObject({ missing: [] });
  });
});
