/**
 * From a file of the user's to an artifact: looked at by its content (never its name), checked for its purpose, stored. Whatever is wrong with
 * it becomes one sentence with the name that the user knows.
 */
import { stat } from 'node:fs/promises';
import type { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import type { MEDIA_PURPOSES, mediaSchema } from '#core/contract/media.ts';
import { quoteFileName } from '#engine/cutout/ingest/quote-file-name.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { Services } from '#engine/pipeline/services.ts';
import { taskModule } from '#engine/pipeline/task-module.ts';
import { derivedFilesOf } from './derived-files.ts';
import { firstFrame } from './first-frame.ts';
import { encodePeaks, keepPeaks, measurePeaks } from './peaks.ts';
import { sniffMediaFile } from './sniff-media.ts';
import type { CheckedPicture, CheckPicturePayload } from './tasks/check-picture.ts';

export type Purpose = (typeof MEDIA_PURPOSES)[number];
/** A file that was taken in. */
export type Media = z.infer<typeof mediaSchema>;

/** How large a file of a purpose may be, how it is called in sentences, and what helps. */
export const LIMITS: Readonly<Record<Purpose, { readonly maxBytes: number; readonly noun: string; readonly advice: string }>> = {
  photo: { maxBytes: 200_000_000, noun: 'product photo', advice: 'save a smaller copy' },
  logo: { maxBytes: 30_000_000, noun: 'logo', advice: 'save a smaller copy' },
  mask: { maxBytes: 100_000_000, noun: 'mask', advice: 'save a smaller copy' },
  music: { maxBytes: 2_000_000_000, noun: 'music', advice: 'cut it to the part that the advert needs' },
  voice: { maxBytes: 2_000_000_000, noun: 'voice recording', advice: 'cut it to the part that the advert needs' },
  backdrop: { maxBytes: 2_000_000_000, noun: 'backdrop', advice: 'cut it to the part that the scene needs' },
};

const MAX_SOUND_SECONDS = 20 * 60;
const MAX_CLIP_SECONDS = 10 * 60;

/** `isOurs`: a scratch file that may be moved. `name`: how the user knows it. */
export interface GivenFile {
  readonly path: string;
  readonly name: string;
  readonly purpose: Purpose;
  readonly isOurs: boolean;
}

/** Throws BAD_INPUT with a sentence for the user; DISK_FULL, READ_ONLY, MISSING_TOOL. The file stays where it is unless it is ours. */
export async function takeIn(file: GivenFile, services: Services): Promise<Media> {
  try {
    await assertUsable(file);
    if (file.purpose === 'music' || file.purpose === 'voice') return await takeSound(file, services);
    if (file.purpose === 'backdrop' && (await sniffMediaFile(file.path)).kind !== 'picture') return await takeClip(file, services);
    return await takePicture(file, services);
  } catch (error) {
    throw withUserName(error, file);
  }
}

async function assertUsable({ path, name, purpose }: GivenFile): Promise<void> {
  const { noun, maxBytes, advice } = LIMITS[purpose];
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" cannot be read (${cause.code ?? 'unknown reason'}). Check that it is there and that you may read it.`, { cause });
  });
  if (info.isDirectory()) throw new AdgenError('BAD_INPUT', `"${name}" is a folder; add the files in it.`);
  if (!info.isFile()) throw new AdgenError('BAD_INPUT', `"${name}" is not a regular file; copy it to a local disk first.`);
  if (info.size === 0) throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" is empty (0 bytes); export or download it again.`);
  if (info.size > maxBytes) throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" has ${Math.ceil(info.size / 1e6)} MB, more than the ${maxBytes / 1e6} MB allowed; ${advice}.`);
}

async function takePicture({ path, name, purpose, isOurs }: GivenFile, { dataDir, store, viewPool }: Services): Promise<Media> {
  const payload: CheckPicturePayload = { dataDir, path, name, purpose: purpose as CheckPicturePayload['purpose'] };
  const { made, mime, notices, ...size } = await viewPool.run<CheckedPicture>({ module: taskModule('media/tasks/check-picture.ts'), payload });
  const asset = made ?? (await store.putFile(path, name, mime, { move: isOurs }));
  return { asset: { ...asset, ...size }, kind: 'picture', durationSeconds: null, notices: [...notices] };
}

async function takeSound({ path, name, purpose, isOurs }: GivenFile, { dataDir, store, ffmpegPath }: Services): Promise<Media> {
  const ffmpeg = await ffmpegPath();
  const { noun } = LIMITS[purpose];
  const heard = await measurePeaks(path, { ffmpegPath: ffmpeg, limitSeconds: MAX_SOUND_SECONDS + 1 });
  if (!heard) throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" holds no sound that can be read. Use a WAV, MP3, M4A, FLAC or OGG file.`);
  if (heard.durationSeconds > MAX_SOUND_SECONDS) {
    const { durationSeconds } = await probeMedia(path, { ffmpegPath: ffmpeg });
    throw new AdgenError('BAD_INPUT', `The ${noun} "${name}" is ${formatLength(durationSeconds)} long; at most ${MAX_SOUND_SECONDS / 60} minutes are taken. Cut it to the part that the advert needs, then add that.`);
  }
  const asset = await store.putFile(path, name, (await sniffMediaFile(path)).mime, { move: isOurs });
  await keepPeaks(asset.hash, encodePeaks(heard), derivedFilesOf(dataDir));
  const notices = heard.peaks.some((peak) => peak > 0.001) ? [] : [`"${name}" is silent from beginning to end.`];
  return { asset, kind: 'sound', durationSeconds: heard.durationSeconds, notices };
}

async function takeClip({ path, name, isOurs }: GivenFile, { store, ffmpegPath }: Services): Promise<Media> {
  const { mime, kind } = await sniffMediaFile(path);
  if (kind !== 'clip') throw new AdgenError('BAD_INPUT', `The backdrop "${name}" is neither a picture nor a clip that is known. Use a JPEG, PNG, WebP, MP4, MOV or WebM file.`);
  const ffmpeg = await ffmpegPath();
  const probe = await probeMedia(path, { ffmpegPath: ffmpeg });
  if (!probe.video) throw new AdgenError('BAD_INPUT', `The backdrop "${name}" has sound but no picture. Use a clip or a photo.`);
  const { durationSeconds, width, height } = probe.video;
  if (durationSeconds > MAX_CLIP_SECONDS) throw new AdgenError('BAD_INPUT', `The backdrop "${name}" is ${formatLength(durationSeconds)} long; at most ${MAX_CLIP_SECONDS / 60} minutes are taken. Cut it to the part that the scene needs.`);
  await firstFrame(path, ffmpeg).catch((cause: unknown) => {
    throw new AdgenError('BAD_INPUT', `The backdrop "${name}" is damaged or cut short: its first frame cannot be shown. Export or download it again.`, { cause });
  });
  const asset = await store.putFile(path, name, mime, { move: isOurs });
  return { asset: { ...asset, width, height }, kind: 'clip', durationSeconds, notices: [] };
}

function formatLength(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Checks name a file by its path; the user dropped a name. */
function withUserName(error: unknown, { path, name, isOurs }: GivenFile): unknown {
  if (!(error instanceof AdgenError) || !isOurs) return error;
  const message = error.message.replaceAll(quoteFileName(path), `"${name}"`).replaceAll(`"${path}"`, `"${name}"`);
  return message === error.message ? error : new AdgenError(error.code, message, { isTransient: error.isTransient, cause: error });
}
