/** `npm run build:icons`: the pictures that systems ask for, drawn from the two SVG files of `resources/icons`. Their results are committed; this is run again when a drawing changes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from '../checks/sources.ts';
import { encodeIcns, encodeIco } from './icon-files.ts';

const FOLDER = join(root, 'resources', 'icons');
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** What Finder and the Dock ask for, by the names of Apple's format. */
const ICNS_TYPES = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 } as const;

const draw = async (file: string, size: number): Promise<Buffer> => await sharp(readFileSync(join(FOLDER, file)), { density: 72 }).resize(size, size).png({ palette: size <= 64, compressionLevel: 9 }).toBuffer();

writeFileSync(join(FOLDER, 'icon.png'), await draw('icon.svg', 512));
writeFileSync(join(FOLDER, 'drag.png'), await draw('drag.svg', 64));
writeFileSync(join(FOLDER, 'icon.ico'), encodeIco(await Promise.all(ICO_SIZES.map(async (size) => ({ size, png: await draw('icon.svg', size) })))));
writeFileSync(join(FOLDER, 'icon.icns'), encodeIcns(await Promise.all(Object.entries(ICNS_TYPES).map(async ([type, size]) => ({ type, png: await draw('icon.svg', size) })))));
