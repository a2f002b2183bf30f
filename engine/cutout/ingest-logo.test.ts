import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { colorDistance } from '#core/lib/color/oklab.ts';
import { ingestLogo, logoColors } from './ingest-logo.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-logo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

function svg(body: string, head = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">${body}</svg>`;
}

async function refusal(path: string): Promise<string> {
  const error: unknown = await ingestLogo(path).then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AdgenError);
  expect((error as AdgenError).code).toBe('BAD_INPUT');
  return (error as AdgenError).message;
}

describe('ingestLogo', () => {
  it('renders a small SVG large, with its alpha', async () => {
    const logo = await ingestLogo(await save('mark.svg', svg('<circle cx="10" cy="10" r="9" fill="#e02020"/><rect x="22" y="2" width="16" height="16" fill="#2040c0"/>')));
    expect([logo.width, logo.height, logo.original.mime]).toEqual([2048, 1024, 'image/svg+xml']);
    const { data, info } = await sharp(logo.png).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number): number[] => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
    expect(at(512, 512)).toEqual([0xe0, 0x20, 0x20, 255]);
    expect(at(1050, 20)[3]).toBe(0);
    const colors = await logoColors(logo.png);
    expect(colors).toHaveLength(2);
    for (const expected of ['#e02020', '#2040c0']) expect(Math.min(...colors.map((color) => colorDistance(color, expected)))).toBeLessThan(0.01);
  });

  it('accepts what drawing programs write', async () => {
    const doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    const body = '<defs><linearGradient id="g"><stop stop-color="red"/></linearGradient><path id="p" d="M0 0h9v9z"/></defs><rect width="40" height="20" style="fill:url(#g)"/><use xlink:href="#p"/>';
    const utf16 = Buffer.from(`\ufeff${svg(body, doctype)}`, 'utf16le');
    expect((await ingestLogo(await save('drawn.svg', svg(body, doctype)))).width).toBe(2048);
    expect((await ingestLogo(await save('utf16.svg', utf16))).width).toBe(2048);
    expect((await ingestLogo(await save('text.svg', svg('<text x="2" y="12" font-size="10">Ab</text>')))).notes).toEqual(['contains text: drawn with the fonts of this machine']);
  });

  it.each([
    ['script', svg('<script>alert(1)</script>'), /contains a script/],
    ['prefixed-script', svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'), /contains a script/],
    ['handler', svg('<rect onload="x()" width="9" height="9"/>'), /event handler/],
    ['foreign', svg('<foreignObject><p>x</p></foreignObject>'), /foreignObject/],
    ['http', svg('<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>'), /outside the file/],
    ['file', svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'), /outside the file/],
    ['relative', svg("<use href='other.svg#a'/>"), /outside the file/],
    ['hidden', svg('<image href="&#104;ttp://127.0.0.1/x.png"/>'), /outside the file/],
    ['nested', svg('<image href="data:image/svg+xml;base64,AAAA"/>'), /outside the file/],
    ['style-url', svg('<rect style="fill:url( \'http://127.0.0.1/a#b\' )"/>'), /outside the file/],
    ['import', svg('<style>@import "x.css";</style>'), /outside style sheet/],
    ['sheet', svg('', '<?xml-stylesheet href="x.css"?>'), /outside style sheet/],
    ['entity', svg('&x;', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), /declares entities/],
    ['broken', svg('<rect'), /cannot be drawn/],
  ])('refuses an SVG with %s', async (name, text, expected) => {
    const message = await refusal(await save(`${name}.svg`, text));
    expect(message).toMatch(expected);
    expect(message).toContain(`${name}.svg" `);
  });

  it('keeps and notes an opaque background, and does not count it as a brand colour', async () => {
    const mark = { input: { create: { width: 60, height: 60, channels: 3, background: '#0a7d4f' } }, left: 40, top: 40 } as const;
    const logo = await ingestLogo(await save('logo.jpg', await sharp({ create: { width: 200, height: 160, channels: 3, background: '#ffffff' } }).composite([mark]).jpeg({ quality: 95 }).toBuffer()));
    expect(logo.notes).toEqual(['opaque background #ffffff kept']);
    expect((await sharp(logo.png).metadata()).channels).toBe(4);
    expect(colorDistance((await logoColors(logo.png))[0] ?? '', '#0a7d4f')).toBeLessThan(0.02);
  });

  it('scales down, and refuses what is no logo', async () => {
    const wide = await save('wide.webp', await sharp({ create: { width: 4096, height: 600, channels: 4, background: '#123456' } }).webp().toBuffer());
    expect((await ingestLogo(wide)).width).toBe(2048);
    expect(await refusal(await save('clear.png', await sharp({ create: { width: 90, height: 90, channels: 4, background: '#00000000' } }).png().toBuffer()))).toMatch(/fully transparent/);
    expect(await refusal(await save('logo.gif', await sharp({ create: { width: 90, height: 90, channels: 3, background: '#000' } }).gif().toBuffer()))).toMatch(/GIF picture; save it as PNG/);
    expect(await refusal(await save('logo.svg', '%PDF-1.4'))).toMatch(/PDF document/);
    expect(await refusal(join(folder, 'none.png'))).toMatch(/The logo ".*none\.png" does not exist/);
  });
});
