import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Layer } from '#core/composition/layer.ts';
import { createCompositor } from '../create-compositor.ts';
import { encodeSegment } from '../encode/encode-segment.ts';
import { FINAL_ENCODE } from '../encode/settings.ts';
import type { Raster } from '../raster.ts';
import { readFlatColour } from './flat-colour.ts';
import { judgeFidelity, type FidelityReport } from './judge-fidelity.ts';
import { type FidelitySample, measureSample } from './measure-sample.ts';

const SIZE = { width: 360, height: 480 };
const FPS = { num: 30, den: 1 };
const RECT = { x: 96, y: 60, width: 168, height: 360 };
const FRAMES = 3;
const SOFTNESS_PX = 3;

/** A bottle with a label: curves, a gradient and letters. `mark` is what a model that redraws products gets wrong. */
function bottle(label: string, mark: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="504" height="1080" viewBox="0 0 168 360">
    <defs><linearGradient id="g"><stop offset="0" stop-color="#6b1f14"/><stop offset="0.35" stop-color="#e0623a"/><stop offset="1" stop-color="#7a2415"/></linearGradient></defs>
    <path d="M60 8h48v70c0 20 50 30 50 70v180q0 24-24 24H34q-24 0-24-24V148c0-40 50-50 50-70z" fill="url(#g)"/>
    <rect x="18" y="180" width="132" height="110" fill="#f4ead8"/>${mark}
    <text x="84" y="250" font-family="sans-serif" font-size="34" font-weight="bold" text-anchor="middle" fill="#1d3d66">${label}</text></svg>`;
}

const LOGO = '<circle cx="84" cy="204" r="13" fill="#2a7a4b"/>';
const REDRAWN_LOGO = '<rect x="72" y="193" width="24" height="20" fill="#2a7a4b"/>';

async function render(svg: string, softnessPx = SOFTNESS_PX, size?: { width: number; height: number }, change = (image: Sharp): Sharp => image): Promise<Raster> {
  // A lens is never as sharp as a drawing; 4:2:0 could not carry edges that are.
  const drawn = sharp(Buffer.from(svg)).ensureAlpha();
  const image = change(sharp(await (softnessPx > 0 ? drawn.blur(softnessPx) : drawn).png().toBuffer()));
  const { data, info } = await (size ? image.resize(size.width, size.height, { kernel: 'lanczos3', fit: 'fill' }) : image).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

let folder: string;
let cutout: Raster;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'adgen-fidelity-'));
  cutout = await render(bottle('FIZZO', LOGO));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Films a product picture before a backdrop, with the compositor and the encoder of a delivery. */
async function film(name: string, product: Raster, layers: readonly Partial<Layer>[], settings = FINAL_ENCODE): Promise<string> {
  const compositor = createCompositor(SIZE);
  const wall = `<svg width="360" height="480"><defs><linearGradient id="w" x2="0.4" y2="1"><stop stop-color="#203040"/><stop offset="1" stop-color="#8fa5b5"/></linearGradient></defs><rect width="360" height="480" fill="url(#w)"/></svg>`;
  compositor.setSource('wall', await render(wall));
  compositor.setSource('product', product);
  compositor.setSource('caption', await render('<svg width="120" height="40"><rect width="120" height="40" fill="#ffffff"/></svg>'));
  const base: Layer = { source: 'wall', rect: { x: 0, y: 0, ...SIZE }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'smooth' };
  const scene = [base, ...layers.map((layer): Layer => ({ ...base, source: 'product', rect: RECT, sampling: 'exact', ...layer }))];
  const outputPath = path.join(folder, `${name}.mp4`);
  const drawFrame = (frame: number): Uint8Array => compositor.draw({ frame, from: { sceneId: 's', layers: scene } });
  await encodeSegment({ size: SIZE, fps: FPS, frameCount: FRAMES, drawFrame, outputPath, settings });
  compositor.dispose();
  return outputPath;
}

async function measure(videoPath: string, sample: Partial<FidelitySample> = {}, photo = cutout): Promise<FidelityReport> {
  const at = { productRect: RECT, rotationDeg: 0, opacity: 1, ...sample };
  return judgeFidelity(await Promise.all([1, 2].map((frameIndex) => measureSample({ videoPath, size: SIZE, fps: FPS, sample: { frameIndex, ...at }, cutout: photo }))));
}

const atRest = (svg: string, change?: (image: Sharp) => Sharp): Promise<Raster> => render(svg, SOFTNESS_PX, { width: RECT.width, height: RECT.height }, change);

describe('the true product', () => {
  test('passes, standing on whole pixels', async () => {
    const report = await measure(await film('true', await atRest(bottle('FIZZO', LOGO)), [{}]));
    expect(report).toMatchObject({ verdict: 'faithful', isFaithful: true, reasons: [] });
    expect(report.deltaE2000).toBeLessThan(0.8);
    expect(report.samples).toHaveLength(2);
    expect(report.samples[0]?.location).toMatchObject({ offsetX: 0, offsetY: 0 });
    expect(report.samples[0]?.interiorPixels).toBeGreaterThan(15_000);
  });

  test('passes between pixels and turned', async () => {
    const productRect = { ...RECT, x: RECT.x + 0.37, y: RECT.y + 0.61 };
    const moved = await measure(await film('between', await atRest(bottle('FIZZO', LOGO)), [{ rect: productRect }]), { productRect });
    expect(moved.reasons).toEqual([]);
    const turned = await measure(await film('turned', await atRest(bottle('FIZZO', LOGO)), [{ rotationDeg: 7 }]), { rotationDeg: 7 });
    expect(turned.reasons).toEqual([]);
  });

  test('passes behind a caption that is named as an occluder, and fails behind one that is not', async () => {
    const caption = { x: 60, y: 300, width: 120, height: 40 };
    const video = await film('behind', await atRest(bottle('FIZZO', LOGO)), [{}, { source: 'caption', rect: caption, sampling: 'smooth' }]);
    expect((await measure(video, { occluders: [caption] })).verdict).toBe('faithful');
    expect((await measure(video)).verdict).toBe('unfaithful');
  });
});

/** Next to no loss in the encoder: what is left is what drawing, 4:2:0 and the check itself do. */
const ALMOST_LOSSLESS = { ...FINAL_ENCODE, crf: 1 };

describe('a product in motion', () => {
  test.each([
    ['at a fraction of a pixel', { ...RECT, x: 96.37, y: 60.61 }],
    ['half a pixel off, at a fractional size', { x: 96.5, y: 60.5, width: 167.31, height: 358.52 }],
    ['enlarged', { x: -80.3, y: -300.8, width: 520.4, height: 1115.2 }],
  ])('%s is drawn as the check expects it', async (name, productRect) => {
    const report = await measure(await film(name.replaceAll(/\W+/g, '-'), cutout, [{ rect: productRect }], ALMOST_LOSSLESS), { productRect });
    expect(report).toMatchObject({ verdict: 'faithful', reasons: [] });
    expect(report.psnrDb).toBeGreaterThan(46);
    expect(report.deltaE2000).toBeLessThan(0.5);
    expect(report.ssim).toBeGreaterThan(0.997);
  });
});

/** Fine print with edges as no lens shows them, in a colour that is nearly all chroma. */
function printed(colour: string): Promise<Raster> {
  const dots = Array.from({ length: 400 }, (_, i) => `<rect x="${8 + ((i * 7) % 20) * 8 - (i % 3)}" y="${10 + Math.floor(i / 10) * 9}" width="3" height="3" fill="#f4f4f0"/>`);
  return render(`<svg xmlns="http://www.w3.org/2000/svg" width="168" height="360" shape-rendering="crispEdges"><rect width="168" height="360" fill="${colour}"/>${dots.join('')}</svg>`, 0);
}

describe('print that is too fine for 4:2:0', () => {
  test('is not held against the product, which is told', async () => {
    const print = await printed('#1b2f9c');
    const almostLossless = await measure(await film('print', print, [{}], ALMOST_LOSSLESS), {}, print);
    expect(almostLossless.psnrDb).toBeLessThan(35);
    expect(almostLossless.samples[0]?.besides420?.psnrDb).toBeGreaterThan(44);
    expect(almostLossless.samples[0]?.besides420?.deltaE2000).toBeLessThan(0.5);
    expect(await measure(await film('print-delivered', print, [{}]), {}, print)).toMatchObject({ verdict: 'faithful', reasons: [] });
  });

  test('hides no change of colour', async () => {
    const report = await measure(await film('other-print', await printed('#1b2fac'), [{}]), {}, await printed('#1b2f9c'));
    expect(report.verdict).toBe('unfaithful');
  });
});

describe('a product that is not the product', () => {
  test.each([
    ['with a shifted hue', bottle('FIZZO', LOGO), (image: Sharp) => image.modulate({ hue: 6 })],
    ['a little brighter', bottle('FIZZO', LOGO), (image: Sharp) => image.modulate({ brightness: 1.04 })],
    ['sharpened', bottle('FIZZO', LOGO), (image: Sharp) => image.sharpen({ sigma: 2 })],
    ['with another logo', bottle('FIZZO', REDRAWN_LOGO), undefined],
    ['with other letters', bottle('FLZZO', LOGO), undefined],
  ])('%s fails', async (name, svg, change) => {
    const report = await measure(await film(name.replaceAll(' ', '-'), await atRest(svg, change), [{}]));
    expect(report).toMatchObject({ verdict: 'unfaithful', isFaithful: false });
    expect(report.reasons.length).toBeGreaterThan(0);
  });

  test('warped fails, and so does one that stands two pixels off, which is said', async () => {
    const warped = await render(bottle('FIZZO', LOGO), SOFTNESS_PX, { width: RECT.width - 6, height: RECT.height });
    expect((await measure(await film('warped', warped, [{ rect: { ...RECT, x: RECT.x + 3, width: RECT.width - 6 } }]))).verdict).toBe('unfaithful');
    const shifted = await measure(await film('shifted', await atRest(bottle('FIZZO', LOGO)), [{ rect: { ...RECT, x: RECT.x + 2, y: RECT.y - 1 } }]));
    expect(shifted.reasons).toContain('Frame 1: the product stands 2, -1 pixels off its place.');
  });
});

test('what cannot be measured is said to be so', async () => {
  const video = await film('unmeasured', await atRest(bottle('FIZZO', LOGO)), [{}]);
  expect(await measure(video, { opacity: 0.5 })).toMatchObject({ verdict: 'unmeasured', isFaithful: false, reasons: ['Frame 1: the product is not opaque there.', 'Frame 2: the product is not opaque there.'] });
  expect((await measure(video, { productRect: { ...RECT, x: 900 } })).reasons[0]).toContain('outside the picture');
  await expect(measure(video, { frameIndex: 500 })).rejects.toThrow(expect.objectContaining({ code: 'TOOL_FAILED' }));
});

test.each(['#e0623a', '#101820', '#00a3e0', '#ffd100'])('the flat colour %s reads back from the file', async (expected) => {
  const pixel = [1, 3, 5].map((at) => Number.parseInt(expected.slice(at, at + 2), 16));
  const flat: Raster = { width: 16, height: 16, data: Uint8Array.from({ length: 1024 }, (_, i) => pixel[i % 4] ?? 255) };
  const compositor = createCompositor(SIZE);
  compositor.setSource('flat', flat);
  const layer: Layer = { source: 'flat', rect: { x: 0, y: 0, ...SIZE }, rotationDeg: 0, opacity: 1, blend: 'normal', sampling: 'smooth' };
  const outputPath = path.join(folder, 'flat.mp4');
  await encodeSegment({ size: SIZE, fps: FPS, frameCount: 3, drawFrame: (frame) => compositor.draw({ frame, from: { sceneId: 's', layers: [layer] } }, { isFlat: true }), outputPath });
  compositor.dispose();
  const report = await readFlatColour({ videoPath: outputPath, frameIndex: 2, fps: FPS, region: { x: 40, y: 40, width: 280, height: 400 }, expected });
  expect(report.deltaE2000).toBeLessThan(0.5);
});
