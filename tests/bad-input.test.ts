/**
 * Bad input ends with one clear sentence that names the file and says what to do, exit 2, nothing on stdout, and no litter: no
 * folder for the results, no run, no artifact, no scratch file. What can be used is used, and said so.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGif, writePng } from '#engine/cutout/ingest/test-pictures.ts';
import type { AdProject } from '#core/project/schema.ts';
import { adgen, makeAdvert, sampleCan, scratchFolder } from './adgen.ts';
import type { AdgenResult } from './adgen.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await scratchFolder('bad-input');
  data = at('data');
  await writePictures();
  await writeTexts();
});
afterAll(() => folder.remove());

/** A picture with alpha of its own, which is the cheapest thing to cut out. */
async function drawProduct(): Promise<Buffer> {
  const disc = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><ellipse cx="150" cy="160" rx="80" ry="120" fill="#c33"/></svg>');
  return sharp(disc).png().toBuffer();
}

async function writePictures(): Promise<void> {
  const photo = await readFile(sampleCan);
  const product = await drawProduct();
  const strip = Buffer.from(Array.from({ length: 128 * 256 * 3 }, (_, i) => (i < 128 * 128 * 3 ? 60 : 200)));
  const animated = sharp(strip, { raw: { width: 128, height: 256, channels: 3, pageHeight: 128 } });
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x40meta', 'latin1'), Buffer.alloc(200)]);
  const clear = sharp({ create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
  const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/>${inside}</svg>`;
  const files: Record<string, string | Uint8Array> = {
    'empty.jpg': '', 'cut-short.jpg': photo.subarray(0, 20_000), 'really-a-pdf.jpg': '%PDF-1.7\n%âãÏÓ\n1 0 obj <<>> endobj', 'page.jpg': '<!doctype html><html></html>',
    'one.png': writePng({ width: 1, height: 1, bitDepth: 8, colourType: 2, pixel: [9, 9, 9] }),
    'gigantic.png': writePng({ width: 60_000, height: 60_000, bitDepth: 8, colourType: 2 }),
    'bomb.gif': writeGif(30_000, 30_000, 1), 'phone.heic': heic, 'clear.png': await clear.png().toBuffer(),
    'drawing.svg': svg('<script>alert(1)</script>'), 'script.svg': svg('<script>alert(1)</script>'), 'outside.svg': svg('<image href="https://example.com/x.png"/>'), 'handler.svg': svg('<g onload="x()"/>'),
    'good.svg': svg('<circle cx="20" cy="20" r="12" fill="#fff"/>'),
    'moving.gif': await animated.clone().gif().toBuffer(), 'moving.webp': await animated.clone().webp().toBuffer(), 'product.png': product,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
  await mkdir(at('folder.jpg'));
  await symlink(at('nowhere.jpg'), at('dangling.jpg'));
  await symlink(at('nowhere'), at('dangling-out'));
  execFileSync('mkfifo', [at('pipe.jpg')]);
  await copyFile(sampleCan, at('locked.jpg'));
  await chmod(at('locked.jpg'), 0);
}

async function writeTexts(): Promise<void> {
  const texts = {
    'trailing.json': '{"productName": "Fizzo",}', 'array.json': '["Fizzo"]', 'empty.json': '', 'number.json': '3',
    'brand.json': '{"colors": {"primary": "red"}, "fonts": 3}', 'brand-array.json': '[]',
    'document.json': '{"schemaVersion": 1, "scenes": "many"}', 'newer.json': '{"schemaVersion": 99}', 'in-the-way': 'a file',
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(at(name), text);
}

const isRoot = process.getuid?.() === 0;

const PHOTOS: [file: string, says: RegExp][] = [
  ['empty.jpg', /empty \(0 bytes\)/], ['cut-short.jpg', /damaged or cut short/], ['really-a-pdf.jpg', /is a PDF document; use a JPEG/], ['page.jpg', /is a web page/],
  ['one.png', /only 1×1 px; use a picture of at least/], ['gigantic.png', /60000×60000 px.*save a smaller copy/], ['bomb.gif', /30000×30000 px.*save a smaller copy/],
  ['phone.heic', /HEIC.*no decoder.*export it as JPEG/], ['drawing.svg', /SVG drawing, which can only be a logo/], ['clear.png', /fully transparent/],
  ['missing.jpg', /does not exist; check the path/], ['folder.jpg', /is a folder; name one picture file/], ['dangling.jpg', /does not exist/], ['pipe.jpg', /not a regular file/],
  ['-x.jpg', /does not exist/], ['new\nline.jpg', /new\\nline\.jpg" does not exist/],
  ...(isRoot ? [] : ([['locked.jpg', /may not be read/]] as [string, RegExp][])),
];

const OPTIONS: [option: string, value: string, says: RegExp][] = [
  ...['-5', '0', 'NaN', '36000', ''].map((value): [string, string, RegExp] => ['--duration', value, /--duration takes seconds from 4 to 600, not/]),
  ...['2', '9', 'x'].map((value): [string, string, RegExp] => ['--scenes', value, /--scenes takes a whole number from 3 to 8, not/]),
  ['--ratios', 'nonsense', /--ratios takes 9:16, 1:1, 16:9/], ['--seed', '-1', /--seed takes a whole number/],
];

const FILES: [option: string, file: string, says: RegExp][] = [
  ['--brief', 'trailing.json', /brief ".*trailing\.json" is not valid JSON: .*position/], ['--brief', 'array.json', /must be a JSON object/], ['--brief', 'number.json', /must be a JSON object/],
  ['--brief', 'empty.json', /empty \(0 bytes\)/], ['--brief', 'missing.json', /does not exist/], ['--brief', 'folder.jpg', /is a folder/], ['--brief', 'pipe.jpg', /not a regular file/], ['--brief', 'product.png', /not valid JSON/],
  ['--brand', 'brand.json', /brand kit ".*brand\.json" cannot be used: .*colors\.primary: a colour is written #rrggbb/], ['--brand', 'brand-array.json', /expected object/], ['--brand', 'trailing.json', /not valid JSON/], ['--brand', 'missing.json', /does not exist/],
  ['--logo', 'missing.png', /logo ".*missing\.png" does not exist/], ['--logo', 'script.svg', /contains a script; save it as a plain SVG or as PNG/], ['--logo', 'outside.svg', /refers to something outside the file/], ['--logo', 'handler.svg', /contains a script/],
  ['--logo', 'clear.png', /fully transparent/], ['--logo', 'really-a-pdf.jpg', /is a PDF document/], ['--logo', 'folder.jpg', /is a folder/],
];

const PLACES: [place: string, says: RegExp][] = [
  ['in-the-way', /is a file; a folder is needed there/], ['in-the-way/below', /is a file; a folder is needed there/], ['dangling-out', /cannot be written/], ['x'.repeat(300), /name is too long/],
  ['/proc/adgen-test', /cannot be written\. Choose a folder/],
];

function expectRefusal({ exitCode, stdout, stderr }: AdgenResult, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^Error: [^\n]+[.")]$/); // one sentence, one line, no stack
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
}

describe.concurrent('adgen refuses', () => {
  it.each(PHOTOS)('the photo %j', async (file, says) => {
    expectRefusal(await adgen(['make', '--product', at(file), '--data', data, '--out', at('out')]), says);
  });

  it.each(PHOTOS.slice(1, 3))('to cut out %j', async (file, says) => {
    expectRefusal(await adgen(['cutout', at(file), '--data', data, '--out', at('out'), '--json']), says);
  });

  it.each(OPTIONS)('%s %j', async (option, value, says) => {
    expectRefusal(await adgen(['make', '--product', at('product.png'), option, value, '--data', data, '--out', at('out')]), says);
    if (value === '-5') expectRefusal(await adgen(['make', '--product', at('product.png'), `${option}=${value}`, '--data', data, '--out', at('out')]), says);
  });

  it.each(FILES)('%s %s', async (option, file, says) => {
    expectRefusal(await adgen(['make', '--product', at('product.png'), option, at(file), '--data', data, '--out', at('out')]), says);
  });

  it.each(PLACES)('--out %s', async (place, says) => {
    const out = place.startsWith('/') ? place : at(place);
    expectRefusal(await adgen(['make', '--product', at('product.png'), '--data', data, '--out', out]), says);
    if (place === 'in-the-way' || place.startsWith('/proc')) expectRefusal(await adgen(['cutout', at('product.png'), '--data', data, '--out', out]), says);
  });

  it.each([['document.json', /document\.json": The project cannot be used\. id: .*Correct these places/], ['newer.json', /newer version of AdGen Studio/], ['missing.json', /does not exist/], ['product.png', /not valid JSON/]])('to render %s', async (file, says) => {
    expectRefusal(await adgen(['render', '--project', at(file), '--data', data, '--out', at('out')]), says);
  });

  it.each([['missing.zip', /does not exist; check the path/], ['folder.jpg', /is not a file/], ['product.png', /cannot be read as a ZIP file/]])('to import %s', async (file, says) => {
    expectRefusal(await adgen(['import', at(file), '--data', data]), says);
  });

  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/], [['make', '--product', 'x', '--out', 'y', '--frob'], /unknown option '--frob'/], [['make', '--product', 'x'], /--out <dir>/],
    [['cutout', '-x.jpg', '--out', 'y'], /written with its folder: \.\/-photo\.jpg/], [['resume'], /Name a run, or give --latest/], [['show'], /missing required argument/], [['runs', '--limit', 'x'], /--limit takes a whole number/],
  ])('%j', async (args, says) => {
    const { exitCode, stdout, stderr } = await adgen(args);
    expect(stderr).toMatch(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('what was refused leaves no litter', () => {
  it('makes no folder, run, artifact or scratch file', async () => {
    expect(existsSync(at('out'))).toBe(false);
    expect(existsSync(at('nowhere'))).toBe(false);
    expect(JSON.parse((await adgen(['runs', '--json', '--data', data])).stdout)).toEqual([]);
    const left = await readdir(data, { recursive: true, withFileTypes: true });
    const litter = left.filter((entry) => entry.isFile() && entry.parentPath !== data).map((entry) => join(entry.parentPath, entry.name));
    expect(litter).toEqual([]);
  });
});

describe('adgen takes', () => {
  it.each(['moving.gif', 'moving.webp'])('the first frame of %s, and says so', async (file) => {
    const result = await adgen(['cutout', at(file), '--data', data, '--out', at(`cut-${file}`), '--json']);
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stderr).toContain('animated: first frame used');
    expect(JSON.parse(result.stdout)).toHaveLength(1);
  });

  it('files of any name', async () => {
    const names = ['a b.png', `it's "quoted" \`$(x)\`.png`, 'line\nbreak.png', 'größe 漢字 🥤.png', '-x.png', '100%d;[0:v],\\.png'];
    await mkdir(at('names'));
    for (const name of names) await copyFile(at('product.png'), at(join('names', name)));
    const result = await adgen(['cutout', ...names.map((name) => at(join('names', name))), '--data', data, '--out', at('named'), '--json']);
    expect(result.exitCode, result.stderr).toBe(0);
    const cut = JSON.parse(result.stdout) as { mask: string; cutout: string }[];
    expect((await readdir(at('named'))).sort()).toEqual(cut.flatMap(({ mask, cutout }) => [mask, cutout]).sort());
    expect(new Set(cut.map(({ mask }) => mask)).size).toBe(names.length);
  });

  it('an odd brief, a drawn logo and an odd name, shows the words as they are, and says what it cut', async () => {
    const name = `it's "one"; [0:v] 100%\n.png`;
    await copyFile(at('product.png'), at(name));
    const long = 'Fizz for everyone. '.repeat(5300).slice(0, 100_000);
    const brief = { productName: `Fi:z'z\\o, [x];{y}%{z} \u0007\u001b[31m\u202e`, description: long, message: '<b onclick="x">Bold</b> & fresh', callToAction: 'Taste\u0000 it', language: 'xx-nope!', tone: 7, audience: ['a'] };
    await writeFile(at('odd.json'), JSON.stringify(brief));
    const args = ['--product', at(name), '--brief', at('odd.json'), '--logo', at('good.svg'), '--ratios', '1:1', '--duration', '4', '--scenes', '3', '--data', data, '--out', at('odd out')];
    const run = await makeAdvert(args);
    expect(run.notices.join('\n')).toMatch(/description has 100000 characters; only the first 2000 are used/);
    expect(run.notices.join('\n')).toMatch(/audience is not text and was left out/);
    expect(run.renditions.find(({ kind }) => kind === 'video')?.probe?.video?.frames).toBe(120);
    const project = JSON.parse(await readFile(at('odd out/adproject.json'), 'utf8')) as AdProject;
    expect(project.brief.productName).toBe(`Fi:z'z\\o, [x];{y}%{z} [31m`);
    expect(project.brief.message).toBe('<b onclick="x">Bold</b> & fresh');
    expect(await readFile(at('odd out/captions.srt'), 'utf8')).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u202e]/);
  }, 120_000);
});
