/**
 * A picture or clip of the user's own behind the product. A still is kept at up to 1.25 × the canvas and slowly grows (a filmed
 * still); a clip is handed on as it is and cover-cropped when it is decoded.
 */
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { AdgenError } from '#core/contract/errors.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Size } from '#core/project/ratio.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import { probeMedia } from '#engine/compositing/probe/probe-media.ts';
import type { BackdropRequest, ProviderCall } from '../types.ts';

/** Growth of a filmed still over its scene. */
const STILL_ZOOM = 0.1;
/** A still is prepared for its largest size on screen. */
const STILL_DENSITY = 1 + STILL_ZOOM;

/** What is assumed of a picture that nobody has analysed: a floor in the lower third, matt. */
const ASSUMED = { horizon: 0.62, gloss: 0, shadowColor: '#101010', hasFloor: true, isFlat: false } as const;

/** Frames per second of the project clock. */
const PROJECT_FPS = 30;

/** Throws BAD_INPUT when the media cannot be read. */
export async function makeMediaBackdrop(request: BackdropRequest, call: ProviderCall, ffmpegPath: string): Promise<BackdropManifest> {
  const media = request.scene.backdrop.media;
  if (!media) throw new RangeError('the scene has no media of its own');
  if (media.mime.startsWith('video/')) return await describeClip(media, call, ffmpegPath);
  return await makeStillLayers({ path: call.pathOf(media), name: media.name, request, focus: request.scene.backdrop.focus }, call);
}

export interface StillSource {
  readonly path: string;
  /** For a sentence about it. */
  readonly name: string;
  readonly request: BackdropRequest;
  /** Fractions of the picture. */
  readonly focus: { readonly x: number; readonly y: number };
}

/** A picture as one layer that grows slowly. Throws BAD_INPUT when it cannot be read. */
export async function makeStillLayers({ path, name, request, focus }: StillSource, call: ProviderCall): Promise<BackdropManifest> {
  const still = await coverCrop(path, canvasSize(request.ratio), focus, name);
  const picture = await call.putBytes(still.png, `${request.scene.id}_bg.png`, 'image/png');
  const motion = { kind: 'zoom' as const, x: STILL_ZOOM, y: 0, periodFrames: request.scene.durationFrames, phase: 0 };
  const layer = { picture, rect: { x: 0, y: 0, width: 1, height: 1 }, depth: 0.5, blend: 'normal' as const, isForeground: false, motion, opacity: 1 };
  return { ...ASSUMED, kind: 'layers', layers: [layer], ambient: still.ambient };
}

/** A clip that is in the store, as a backdrop; it is cover-cropped when it is drawn. Throws BAD_INPUT when it holds no video. */
export async function describeClip(file: AssetRef, call: ProviderCall, ffmpegPath: string): Promise<BackdropManifest> {
  const path = call.pathOf(file);
  const probe = await probeMedia(path, { ffmpegPath, signal: call.signal });
  const seconds = probe.video?.durationSeconds ?? probe.durationSeconds;
  const clip = { file, durationFrames: Math.max(1, Math.round(seconds * PROJECT_FPS)) };
  return { ...ASSUMED, kind: 'clip', layers: [], clip, ambient: await clipColour(path, call.signal, ffmpegPath) };
}

/** The largest part of the canvas's shape round the focus, resampled once. */
async function coverCrop(path: string, canvas: Size, focus: { x: number; y: number }, name: string): Promise<{ png: Buffer; ambient: string }> {
  try {
    const image = sharp(path, { limitInputPixels: 120_000_000 }).rotate().toColorspace('srgb').removeAlpha();
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    const scale = Math.min(info.width / canvas.width, info.height / canvas.height);
    const width = Math.max(1, Math.min(info.width, Math.round(canvas.width * scale)));
    const height = Math.max(1, Math.min(info.height, Math.round(canvas.height * scale)));
    const left = Math.round(Math.min(info.width - width, Math.max(0, focus.x * info.width - width / 2)));
    const top = Math.round(Math.min(info.height - height, Math.max(0, focus.y * info.height - height / 2)));
    const density = Math.min(STILL_DENSITY, Math.max(scale, 1));
    const size = { width: Math.round(canvas.width * density), height: Math.round(canvas.height * density) };
    // Not `clone()`, which would copy all pixels first.
    const cropped = (): Sharp => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels as 3 } }).extract({ left, top, width, height });
    const png = await cropped().resize(size.width, size.height, { kernel: 'lanczos3', fit: 'fill' }).png({ compressionLevel: 2 }).toBuffer();
    return { png, ambient: await dominantColour(cropped()) };
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', `The backdrop "${name}" cannot be read as a picture. Use a JPEG, PNG, WebP or TIFF file.`, { cause });
  }
}

/** Side of the small picture whose commonest colour is taken. */
const GLANCE = 96;

/** The commonest colour of a clip's first frame. */
async function clipColour(path: string, signal: AbortSignal, ffmpegPath: string): Promise<string> {
  const chunks: Buffer[] = [];
  const result = await runFfmpeg({
    ffmpegPath, signal, inputs: [{ path }], outputOptions: ['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=${GLANCE}:${GLANCE}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo'], output: 'pipe',
    read: async (stdout) => {
      for await (const chunk of stdout) chunks.push(chunk as Buffer);
    },
  });
  assertSucceeded(result, 'looking at the backdrop clip');
  return await dominantColour(sharp(Buffer.concat(chunks), { raw: { width: GLANCE, height: GLANCE, channels: 3 } }));
}

async function dominantColour(picture: Sharp): Promise<string> {
  const glance = await picture.resize(GLANCE, GLANCE, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  const { dominant } = await sharp(glance.data, { raw: { width: GLANCE, height: GLANCE, channels: glance.info.channels as 3 } }).stats();
  return `#${[dominant.r, dominant.g, dominant.b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
