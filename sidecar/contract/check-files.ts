/** Looks whether files are what they should be, by decoding them whole. */
import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { CollectedFile } from '../client/collect.ts';
import { runFfmpeg } from '../fake/ffmpeg.ts';

/** For `verify` of a job: throws when the file cannot be decoded. */
export async function decodeFile(file: CollectedFile): Promise<void> {
  if (file.kind === 'image') await sharp(file.path, { failOn: 'truncated' }).raw().toBuffer();
  else await runFfmpeg(['-xerror', '-i', file.path, '-f', 'null', '-']);
}

/** The server computes in floats; a step to either side is the same colour. */
const TOLERANCE = 2;

/** Exactly one file, a picture whose middle has this colour: so it is this job's and no other's. */
export async function assertPicture(files: readonly CollectedFile[], color: number): Promise<void> {
  assert.equal(files.length, 1, 'the job has one file');
  const image = sharp(files[0]?.path ?? '').removeAlpha();
  const { width = 0, height = 0 } = await image.metadata();
  const { data } = await image.extract({ left: width >> 1, top: height >> 1, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true });
  const wanted = [color >> 16, (color >> 8) & 255, color & 255];
  const isSame = wanted.every((value, index) => Math.abs(value - (data[index] ?? -1000)) <= TOLERANCE);
  assert.ok(isSame, `the picture's colour is ${[...data].join()}, not ${wanted.join()}`);
}
