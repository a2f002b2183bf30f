import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { ingestPhoto } from './ingest-photo.ts';
import { writeGif, writePng } from './ingest/test-pictures.ts';

type Rgb = readonly [number, number, number];
const CORAL: Rgb = [212, 100, 81];
const MUG = join(import.meta.dirname, '../../resources/samples/mug.jpg');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-ingest-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, bytes: Uint8Array | Sharp): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes instanceof Uint8Array ? bytes : await bytes.toBuffer());
  return path;
}

function flat(color: Rgb = CORAL, alpha?: number): Sharp {
  const [r, g, b] = color;
  return sharp({ create: { width: 80, height: 72, channels: alpha === undefined ? 3 : 4, background: { r, g, b, ...(alpha === undefined ? {} : { alpha }) } } });
}

async function pixelOf(png: Buffer, x = 0, y = 0): Promise<number[]> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

async function expectColor(path: string, expected: readonly number[], tolerance: number): Promise<string[]> {
  const photo = await ingestPhoto(path);
  const pixel = await pixelOf(photo.png);
  expect(pixel).toHaveLength(expected.length);
  for (const [channel, value] of expected.entries()) expect(Math.abs((pixel[channel] ?? -99) - value), `channel ${channel} of ${pixel.join()}`).toBeLessThanOrEqual(tolerance);
  return photo.notes;
}

async function refusal(path: string): Promise<string> {
  const error: unknown = await ingestPhoto(path).then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AdgenError);
  const { code, message } = error as AdgenError;
  expect(code).toBe('BAD_INPUT');
  expect(message).not.toMatch(/[\n\r\t\0\x1b]/);
  expect(message).toMatch(/; .+\.$/);
  return message;
}

/** Display P3 → sRGB and Adobe RGB → sRGB by the published primaries, independent of any library. */
function toSrgb(color: Rgb, matrix: readonly (readonly number[])[], decode: (v: number) => number): number[] {
  const linear = color.map((value) => decode(value / 255));
  return matrix.map((row) => {
    const v = row.reduce((sum, weight, index) => sum + weight * (linear[index] ?? 0), 0);
    const clipped = Math.min(1, Math.max(0, v));
    return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
  });
}
const decodeSrgb = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const P3_TO_SRGB = [[1.224940, -0.224940, 0], [-0.042057, 1.042057, 0], [-0.019638, -0.078636, 1.098274]];
const ADOBE_TO_SRGB = [[1.398358, -0.398358, 0], [0, 1, 0], [0, -0.042929, 1.042929]];

describe('colour', () => {
  it('converts the Adobe RGB sample to sRGB', async () => {
    const raw = await sharp(MUG, { ignoreIcc: true }).raw().toBuffer();
    const expected = toSrgb([raw[0] ?? 0, raw[1] ?? 0, raw[2] ?? 0], ADOBE_TO_SRGB, (v) => v ** (563 / 256));
    const notes = await expectColor(MUG, expected, 1);
    expect(notes.join()).toMatch(/colour profile converted to sRGB/);
  });

  it('converts Display P3, in JPEG and in 16-bit PNG', async () => {
    const jpeg = await flat().withIccProfile('p3').jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    await expectColor(await save('p3.jpg', jpeg), CORAL, 2);
    const { icc } = await sharp(jpeg).metadata();
    const deep = writePng({ width: 70, height: 70, bitDepth: 16, colourType: 2, pixel: [197 * 257, 106 * 257, 87 * 257], icc: icc ?? new Uint8Array() });
    await expectColor(await save('p3-16.png', deep), toSrgb([197, 106, 87], P3_TO_SRGB, decodeSrgb), 1);
  });

  it('converts CMYK with and without a profile, and does not invert it', async () => {
    // The press profile cannot hold every colour, so this is a bound on the hue and not an identity.
    expect(await expectColor(await save('cmyk.jpg', flat().withIccProfile('cmyk').jpeg({ quality: 100 })), CORAL, 24)).toContainEqual(expect.stringMatching(/^CMYK converted/));
    await expectColor(await save('cmyk-plain.jpg', flat().toColourspace('cmyk').jpeg({ quality: 100 })), CORAL, 24);
    await expectColor(await save('cmyk.tif', flat().toColourspace('cmyk').tiff({ compression: 'none' })), CORAL, 24);
    await expectColor(await save('cmyk-white.jpg', flat([255, 255, 255]).withIccProfile('cmyk').jpeg({ quality: 100 })), [255, 255, 255], 2);
  });

  it('reduces 16 bits to 8', async () => {
    const deep = { width: 70, height: 70, bitDepth: 16 };
    await expectColor(await save('rgb16.png', writePng({ ...deep, colourType: 2, pixel: [212 * 257, 100 * 257, 81 * 257] })), CORAL, 1);
    await expectColor(await save('grey16.png', writePng({ ...deep, colourType: 0, pixel: [128 * 257] })), [128, 128, 128], 1);
    const rgb16 = Uint16Array.from({ length: 70 * 70 * 3 }, (_, index) => (CORAL[index % 3] ?? 0) * 257);
    const tiff = sharp(rgb16, { raw: { width: 70, height: 70, channels: 3 } }).toColourspace('rgb16').tiff({ compression: 'lzw' });
    const notes = await expectColor(await save('rgb16.tif', tiff), CORAL, 1);
    expect(notes).toContain('more than 8 bits per channel: reduced to 8');
  });

  it('keeps grey grey, with and without alpha', async () => {
    await expectColor(await save('grey.png', writePng({ width: 70, height: 70, bitDepth: 8, colourType: 0, pixel: [90] })), [90, 90, 90], 0);
    await expectColor(await save('grey.jpg', flat([90, 90, 90]).toColourspace('b-w').jpeg({ quality: 100 })), [90, 90, 90], 1);
    await expectColor(await save('grey-alpha.png', writePng({ width: 70, height: 70, bitDepth: 8, colourType: 4, pixel: [90, 128] })), [90, 90, 90, 128], 0);
  });

  it.each([
    ['palette.png', () => flat().png({ palette: true }), 'image/png'],
    ['lossless.webp', () => flat().webp({ lossless: true }), 'image/webp'],
    ['lossless.avif', () => flat().avif({ lossless: true }), 'image/avif'],
    ['plain.tiff', () => flat().tiff({ compression: 'lzw' }), 'image/tiff'],
    ['still.gif', () => flat().gif(), 'image/gif'],
  ])('reads %s', async (name, make, mime) => {
    const path = await save(name, make());
    await expectColor(path, CORAL, 1);
    expect((await ingestPhoto(path)).original.mime).toBe(mime);
  });
});

describe('orientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    // Four quadrants; the reference applies the definition of EXIF tag 0x0112 to coordinates.
    const quadrants = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [240, 240, 60]] as const;
    const width = 96;
    const height = 64;
    const colorAt = (u: number, v: number): Rgb => quadrants[(u < 0.5 ? 0 : 1) + (v < 0.5 ? 0 : 2)] ?? [0, 0, 0];
    const upright = orientation > 4 ? { width: height, height: width } : { width, height };
    const data = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const u = (x + 0.5) / width;
        const v = (y + 0.5) / height;
        const [shownU, shownV] = ([[u, v], [1 - u, v], [1 - u, 1 - v], [u, 1 - v], [v, u], [1 - v, u], [1 - v, 1 - u], [v, 1 - u]] as const)[orientation - 1] ?? [u, v];
        data.set(colorAt(shownU, shownV), (y * width + x) * 3);
      }
    }
    const path = await save(`exif-${orientation}.png`, sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({ orientation }).png());
    const photo = await ingestPhoto(path);
    expect([photo.width, photo.height]).toEqual([upright.width, upright.height]);
    for (const [u, v] of [[0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]] as const) {
      expect(await pixelOf(photo.png, Math.floor(u * photo.width), Math.floor(v * photo.height))).toEqual([...colorAt(u, v)]);
    }
  });
});

describe('alpha, size and pages', () => {
  it('keeps alpha that is used and drops alpha that is not', async () => {
    expect((await ingestPhoto(await save('opaque.png', flat(CORAL, 1).png()))).hasAlpha).toBe(false);
    const photo = await ingestPhoto(await save('glass.png', flat(CORAL, 0.5).png()));
    expect(photo.hasAlpha).toBe(true);
    expect(await pixelOf(photo.png)).toEqual([...CORAL, 128]);
  });

  it('uses the first frame of animations and says so', async () => {
    const frames = Buffer.concat([Buffer.alloc(64 * 64 * 3, 40), Buffer.alloc(64 * 64 * 3, 200)]);
    const animation = (): Sharp => sharp(frames, { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } });
    for (const path of [await save('a.gif', animation().gif()), await save('a.webp', animation().webp({ lossless: true }))]) {
      const photo = await ingestPhoto(path);
      expect(photo.notes).toContain('animated: first frame used');
      expect([photo.width, photo.height, ...(await pixelOf(photo.png))]).toEqual([64, 64, 40, 40, 40]);
    }
  });

  it('notes a small picture and scales a huge one down', async () => {
    expect((await ingestPhoto(await save('small.png', flat().png()))).notes).toEqual(['small: 80 px']);
    const huge = await save('huge.jpg', sharp({ create: { width: 7000, height: 5000, channels: 3, background: '#808080' } }).jpeg());
    const photo = await ingestPhoto(huge);
    expect(photo.width * photo.height).toBeLessThanOrEqual(24_000_000);
    expect(photo.width / photo.height).toBeCloseTo(1.4, 2);
    expect(photo.notes[0]).toMatch(/^scaled down from 7000×5000 px/);
  });

  it('gives the same bytes for the same file, without metadata', async () => {
    const [first, second] = [await ingestPhoto(MUG), await ingestPhoto(MUG)];
    expect(first.png.equals(second.png)).toBe(true);
    const { icc, exif, orientation } = await sharp(first.png).metadata();
    expect([icc, exif, orientation]).toEqual([undefined, undefined, undefined]);
  });
});

describe('names', () => {
  it.each(['with space.png', 'quo"te\'s.png', 'new\nline.png', 'ünïcødé-茶.png', '-rf.png', 'a[page=9,n=-1].png', '$(id);`id`.png'])('opens %j', async (name) => {
    expect((await ingestPhoto(await save(name, flat().png()))).width).toBe(80);
  });

  it('escapes a hostile name in its messages', async () => {
    const message = await refusal(join(folder, 'no\n\x1b[31m"such\u202Egpj.exe'));
    expect(message).toContain('no\\n\\u{1b}[31m\\"such\\u{202e}gpj.exe" does not exist');
  });
});

describe('bad input', () => {
  it('refuses what cannot be read', async () => {
    expect(await refusal(join(folder, 'missing.png'))).toMatch(/does not exist/);
    expect(await refusal(`${folder}/nul\0.png`)).toMatch(/NUL character/);
    await mkdir(join(folder, 'a-folder.jpg'));
    expect(await refusal(join(folder, 'a-folder.jpg'))).toMatch(/is a folder/);
    await symlink('loop.jpg', join(folder, 'loop.jpg'));
    expect(await refusal(join(folder, 'loop.jpg'))).toMatch(/cannot be read \(ELOOP\)/);
    expect(await refusal(await save('empty.jpg', new Uint8Array()))).toMatch(/is empty/);
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe without waiting for it', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    expect(await refusal(join(folder, 'pipe.jpg'))).toMatch(/not a regular file/);
  });

  it('refuses a file that is too heavy before reading it', async () => {
    const path = await save('heavy.tif', new Uint8Array(8));
    await truncate(path, 201_000_000);
    expect(await refusal(path)).toMatch(/201 MB, more than the 200 MB/);
  });

  it.each([
    ['renamed.jpg', '%PDF-1.7\n1 0 obj', /is a PDF document/],
    ['page.png', '<!DOCTYPE html><html><svg></svg></html>', /is a web page/],
    ['notes.webp', 'just some words', /is a text file/],
    ['office.jpg', 'PK\x03\x04rest', /is a ZIP archive/],
    ['film.jpg', '\0\0\0\x18ftypisom\0\0\0\0isommp42', /is a video/],
    ['noise.jpg', '\x01\x02\x03\x04\x05', /not a picture that can be recognised/],
    ['raw.nef', 'MM\0*\0\0\0\x08', /is a camera raw file/],
    ['phone.heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /HEIC picture and no decoder/],
    ['drawing.png', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', /SVG drawing, which can only be a logo/],
  ])('recognises %s by its content', async (name, text, expected) => {
    expect(await refusal(await save(name, Buffer.from(text, 'latin1')))).toMatch(expected);
  });

  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('refuses a truncated %s', async (format) => {
    const noise = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).png().toBuffer();
    const whole = await sharp(noise).toFormat(format).toBuffer();
    for (const share of [0.02, 0.5, 0.9]) {
      expect(await refusal(await save(`cut-${share}.${format}`, whole.subarray(0, Math.floor(whole.length * share))))).toMatch(/damaged or cut short/);
    }
  });

  it('refuses what is too small, too large or invisible', async () => {
    expect(await refusal(await save('dot.png', writePng({ width: 1, height: 1, bitDepth: 8, colourType: 2, pixel: [1, 2, 3] })))).toMatch(/only 1×1 px/);
    expect(await refusal(await save('strip.png', writePng({ width: 900, height: 63, bitDepth: 8, colourType: 0, pixel: [7] })))).toMatch(/only 900×63 px/);
    expect(await refusal(await save('clear.png', flat(CORAL, 0).png()))).toMatch(/fully transparent/);
    expect(await refusal(await save('bomb.png', writePng({ width: 60_000, height: 60_000, bitDepth: 8, colourType: 2 })))).toMatch(/declares 60000×60000 px/);
    expect(await refusal(await save('bomb.gif', writeGif(60_000, 60_000, 1)))).toMatch(/declares 60000×60000 px/);
    expect(await refusal(await save('liar.png', writePng({ width: 9000, height: 9000, bitDepth: 8, colourType: 2 })))).toMatch(/damaged or cut short/);
  });

  it('reads one frame of a GIF with thousands', async () => {
    const photo = await ingestPhoto(await save('many.gif', writeGif(100, 100, 5000)));
    expect(photo.notes).toContain('animated: first frame used');
    expect([photo.width, photo.height]).toEqual([100, 100]);
  });
});
