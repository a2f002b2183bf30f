/** The fake server's "models": pictures, clips and tones that follow from the graph, so that a test can tell whose result it holds. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { readLink } from '#sidecar/protocol/graph.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { runFfmpeg } from './ffmpeg.ts';

export interface Subject {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly fps: number;
  readonly seconds: number;
  /** 0xRRGGBB of an EmptyImage; otherwise the picture is a blend of colours taken from texts and seeds. */
  readonly color?: number;
  /** A picture or clip of the input folder that it starts from. */
  readonly source?: string;
  readonly film?: string;
  /** Its size is said; otherwise it is that of `source` times `scale`. */
  readonly isSized: boolean;
  readonly scale: number;
  /** What differs from the corner's colour is opaque, the rest is not. */
  readonly hasAlpha: boolean;
  readonly fingerprint: string;
}

const START: Subject = { width: 512, height: 512, frames: 1, fps: 24, seconds: 1, isSized: false, scale: 1, hasAlpha: false, fingerprint: '' };
const SIDE_MOST = 2048;
const FRAMES_MOST = 240;
/** Of the models that the catalogue has. */
const UPSCALE = 4;
/** Levels by which a pixel differs from the corner at least, to be of the product. */
const DIFFERENCE = 24;

/** What node `id` shows, from what it is fed and its own numbers. */
export function describeNode(graph: Graph, id: string, depth = 0): Subject {
  const node = graph[id];
  if (node === undefined || depth > 100) return START;
  const fed = Object.values(node.inputs).flatMap((value) => readLink(value)?.from ?? []).map((from) => describeNode(graph, from, depth + 1));
  const base = fed.reduce((a, b) => ({ ...a, ...pickKnown(b, a) }), fed[0] ?? START);
  const { width, height, fps, frame_rate: rate, duration, seconds, color, image, file, multiplier } = node.inputs;
  const factor = node.class_type === 'ImageUpscaleWithModel' ? UPSCALE : 1;
  const frames = node.class_type === 'ImageFromBatch' ? node.inputs['length'] : (node.inputs['length'] ?? node.inputs['batch_size'] ?? node.inputs['amount']);
  const own = Object.values(node.inputs).filter((value) => !Array.isArray(value) && !String(value).startsWith('adgen/'));
  return {
    width: number(width, base.width * factor, SIDE_MOST),
    height: number(height, base.height * factor, SIDE_MOST),
    isSized: base.isSized || typeof width === 'number',
    scale: base.scale * factor,
    hasAlpha: base.hasAlpha || node.class_type === 'JoinImageWithAlpha',
    frames: number(frames, typeof multiplier === 'number' ? (base.frames - 1) * multiplier + 1 : base.frames, FRAMES_MOST),
    fps: number(fps ?? rate, base.fps, 120),
    seconds: number(seconds ?? duration, base.seconds, 300),
    color: node.class_type === 'EmptyImage' && typeof color === 'number' ? color : base.color,
    source: node.class_type === 'LoadImage' && typeof image === 'string' ? image : base.source,
    film: node.class_type === 'LoadVideo' && typeof file === 'string' ? file : base.film,
    fingerprint: createHash('sha256').update(JSON.stringify([node.class_type, own, fed.map((it) => it.fingerprint)])).digest('hex'),
  };
}

/** The first link gives the size; a source or a length that a later one brings is kept too. */
function pickKnown(from: Subject, to: Subject): Partial<Subject> {
  return { source: to.source ?? from.source, film: to.film ?? from.film, color: to.color ?? from.color, seconds: Math.max(to.seconds, from.seconds), frames: Math.max(to.frames, from.frames), fps: to.fps === START.fps ? from.fps : to.fps };
}

export async function paintImage(subject: Subject, inputFolder: string, format: 'png' | 'jpeg' | 'webp' = 'png'): Promise<Buffer> {
  const image = subject.source === undefined ? blank(subject) : await copy(subject, await readFile(join(inputFolder, subject.source)));
  return await (subject.hasAlpha ? await cutOut(image) : image).toFormat(format).toBuffer();
}

async function copy({ isSized, width, height, scale }: Subject, bytes: Buffer): Promise<Sharp> {
  const own = await sharp(bytes).metadata();
  return isSized ? sharp(bytes).resize(width, height, { fit: 'cover' }) : sharp(bytes).resize(Math.min(SIDE_MOST, own.width * scale), Math.min(SIDE_MOST, own.height * scale), { fit: 'inside' });
}

async function cutOut(image: Sharp): Promise<Sharp> {
  const { data, info } = await image.removeAlpha().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  for (let at = 4; at < data.length; at += 4) {
    const isProduct = [0, 1, 2].some((channel) => Math.abs((data[at + channel] ?? 0) - (data[channel] ?? 0)) > DIFFERENCE);
    data[at + 3] = isProduct ? 255 : 0;
  }
  data[3] = 0;
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
}

/** As the real loader: a file that is no picture fails there, not where it is used. */
export async function openPicture(inputFolder: string, name: string): Promise<void> {
  try {
    await sharp(join(inputFolder, name)).stats();
  } catch (error) {
    throw Object.assign(new Error(`cannot identify image file '${name}'`, { cause: error }), { name: 'PIL.UnidentifiedImageError' });
  }
}

function blank({ width, height, color, fingerprint }: Subject): Sharp {
  if (color !== undefined) return sharp({ create: { width, height, channels: 3, background: { r: color >> 16, g: (color >> 8) & 255, b: color & 255 } } });
  const [from, to] = colorsOf(fingerprint);
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#${from}"/><stop offset="1" stop-color="#${to}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`));
}

/** A clip of the input folder at another frame rate, a slowly moving blend of two colours, or one colour. */
/** A pattern that wanders, so that one frame can be told from its neighbours. */
const TILES = 'drawgrid=w=iw/6:h=iw/6:t=6:c=white@0.25,scroll=h=0.004:v=0.003';

export async function filmClip({ width, height, frames, fps, color, film: source, fingerprint }: Subject, path: string, inputFolder: string, codec: readonly string[]): Promise<void> {
  if (source !== undefined) return await runFfmpeg(['-i', join(inputFolder, source), '-vf', `fps=${fps}`, '-pix_fmt', 'yuv420p', ...codec, path]);
  const [from, to] = color === undefined ? colorsOf(fingerprint) : [hex(color), hex(color)];
  const size = `${width - (width % 2)}x${height - (height % 2)}`;
  const moving = color === undefined ? `,${TILES}` : '';
  const film = `gradients=s=${size}:r=${fps}:c0=0x${from}:c1=0x${to}:n=2:seed=1:speed=0.01${moving}`;
  await runFfmpeg(['-f', 'lavfi', '-i', film, '-frames:v', String(frames), '-pix_fmt', 'yuv420p', ...codec, path]);
}

export async function playTone({ seconds, fingerprint }: Subject, path: string): Promise<void> {
  const pitch = 220 + (Number.parseInt(fingerprint.slice(0, 4) || '0', 16) % 440);
  await runFfmpeg(['-f', 'lavfi', '-i', `sine=frequency=${pitch}:sample_rate=48000:duration=${seconds}`, '-ac', '2', path]);
}

function colorsOf(fingerprint: string): [string, string] {
  return [fingerprint.slice(0, 6) || '203040', fingerprint.slice(6, 12) || '605040'];
}

function hex(color: number): string {
  return color.toString(16).padStart(6, '0');
}

function number(value: unknown, otherwise: number, most: number): number {
  return typeof value === 'number' && value > 0 ? Math.min(value, most) : otherwise;
}
