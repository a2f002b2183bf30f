import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { root } from '../checks/sources.ts';
import { encodeIcns, encodeIco } from './icon-files.ts';

const png = async (size: number): Promise<Buffer> => await sharp({ create: { width: size, height: size, channels: 4, background: '#ff7f5c' } }).png().toBuffer();

test('an ICO lists its pictures with size and place', async () => {
  const pictures = [{ size: 16, png: await png(16) }, { size: 256, png: await png(256) }];
  const ico = encodeIco(pictures);
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 2]);
  for (const [index, { size, png: bytes }] of pictures.entries()) {
    const at = 6 + 16 * index;
    expect(ico.readUInt8(at)).toBe(size % 256);
    const start = ico.readUInt32LE(at + 12);
    expect(ico.subarray(start, start + ico.readUInt32LE(at + 8))).toEqual(bytes);
  }
});

test('an ICNS is a chain of chunks that ends where the file ends', async () => {
  const icns = encodeIcns([{ type: 'icp4', png: await png(16) }, { type: 'ic07', png: await png(128) }]);
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const types: string[] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('latin1', at, at + 4));
  expect(types).toEqual(['icp4', 'ic07']);
});

test('the committed icons are whole', async () => {
  const folder = join(root, 'resources', 'icons');
  expect(await sharp(join(folder, 'icon.png')).metadata()).toMatchObject({ width: 512, height: 512, hasAlpha: true });
  expect(readFileSync(join(folder, 'icon.ico')).readUInt16LE(4)).toBe(7);
  expect(readFileSync(join(folder, 'icon.icns')).readUInt32BE(4)).toBe(readFileSync(join(folder, 'icon.icns')).length);
});
