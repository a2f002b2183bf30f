/** Pictures that the ingest tests make: raw PNG chunks for what sharp will not write. */
import { deflateSync, crc32 } from 'node:zlib';

function pngChunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(body.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(crc32(typed), typed.length + 4);
  return out;
}

export interface RawPng {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 grey, 2 RGB, 4 grey + alpha, 6 RGBA (PNG specification §11.2.1). */
  readonly colourType: number;
  /** One pixel, repeated over the picture; missing means that no image data is written. */
  readonly pixel?: readonly number[];
  readonly icc?: Uint8Array;
}

/** A PNG written byte by byte: any declared size, any depth, with or without an ICC profile. */
export function writePng(spec: RawPng): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(spec.width, 0);
  header.writeUInt32BE(spec.height, 4);
  header.set([spec.bitDepth, spec.colourType, 0, 0, 0], 8);
  const parts = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header)];
  if (spec.icc) parts.push(pngChunk('iCCP', Buffer.concat([Buffer.from('test\0\0', 'latin1'), deflateSync(spec.icc)])));
  parts.push(pngChunk('IDAT', spec.pixel ? deflateSync(rows(spec, spec.pixel)) : Buffer.alloc(8)));
  parts.push(pngChunk('IEND', Buffer.alloc(0)));
  return Buffer.concat(parts);
}

function rows(spec: RawPng, pixel: readonly number[]): Buffer {
  const bytes = spec.bitDepth === 16 ? pixel.flatMap((value) => [value >> 8, value & 255]) : pixel;
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: spec.width }, () => Buffer.from(bytes))]);
  return Buffer.concat(Array.from({ length: spec.height }, () => row));
}

/** A GIF of `frames` frames that each declare the whole canvas and hold one pixel of data. */
export function writeGif(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.from('GIF89a\0\0\0\0\x80\0\0', 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  const palette = Buffer.from([200, 30, 30, 255, 255, 255]);
  const frame = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x44, 1, 0]);
  frame.writeUInt16LE(width, 13);
  frame.writeUInt16LE(height, 15);
  return Buffer.concat([screen, palette, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}
