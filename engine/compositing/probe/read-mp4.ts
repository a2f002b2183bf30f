/** Finds and reads the `moov` of an MP4 on disk, and says whether it stands before the media (faststart). */
import { type FileHandle, open } from 'node:fs/promises';
import { boxHeader } from './mp4-boxes.ts';
import { type Mp4Movie, parseMoov } from './parse-moov.ts';

export interface Mp4File {
  readonly movie: Mp4Movie;
  readonly isFaststart: boolean;
  readonly sizeBytes: number;
}

/** A minute of video has a moov of some 30 kB; 64 MB is a day, or a trap. */
const MAX_MOOV_BYTES = 64 * 1024 * 1024;

/** Reads what the file says about itself; undefined when it is not an MP4 or is cut off before its index. */
export async function readMp4(filePath: string): Promise<Mp4File | undefined> {
  const file = await open(filePath);
  try {
    const { size } = await file.stat();
    return await scanBoxes(file, size);
  } finally {
    await file.close();
  }
}

async function scanBoxes(file: FileHandle, sizeBytes: number): Promise<Mp4File | undefined> {
  let isMediaSeen = false;
  for (let offset = 0, count = 0; offset + 8 <= sizeBytes && count < 10_000; count++) {
    const header = boxHeader(await readView(file, offset, Math.min(16, sizeBytes - offset)), 0);
    const boxBytes = header.size === 0 ? sizeBytes - offset : header.size;
    if (boxBytes < header.headerBytes || (count === 0 && !/^[a-z]{4}$/.test(header.type))) return undefined;
    if (header.type === 'mdat') isMediaSeen = true;
    if (header.type === 'moov') {
      if (boxBytes > MAX_MOOV_BYTES || offset + boxBytes > sizeBytes) return undefined;
      const movie = parseMoov(await readView(file, offset + header.headerBytes, boxBytes - header.headerBytes));
      return movie && { movie, isFaststart: !isMediaSeen, sizeBytes };
    }
    offset += boxBytes;
  }
  return undefined;
}

async function readView(file: FileHandle, position: number, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return new DataView(bytes.buffer, 0, bytesRead);
}
