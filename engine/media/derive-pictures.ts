/** Pictures made from artifacts for a page: thumbnails, and the sources of frame plans. */
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { z } from 'zod';
import type { SourceDescription } from '#core/composition/film.ts';
import { AdgenError } from '#core/contract/errors.ts';
import type { Services } from '#engine/pipeline/services.ts';
import { taskModule } from '#engine/pipeline/task-module.ts';
import type { DerivedFiles } from './derived-files.ts';
import { firstFrame } from './first-frame.ts';
import { sniffMediaFile } from './sniff-media.ts';

/** Widths that thumbnails are made in; others would fill the cache. */
export const THUMBNAIL_WIDTHS = [160, 320, 640, 1280] as const;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const side = z.number().int().min(1).max(16_384);

/** A `SourceDescription` as it stands in an address. `clip` is left out: pages play the artifact. */
const descriptionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('picture'), hash }),
  z.strictObject({ kind: z.literal('tinted'), hash, color: z.string().regex(/^#[0-9a-f]{6}$/i) }),
  z.strictObject({ kind: z.literal('product'), hash, bounds: z.strictObject({ x: z.number().int().min(0), y: z.number().int().min(0), width: side, height: side }), width: side, height: side }),
  z.strictObject({ kind: z.literal('fitted'), hash, width: side, height: side }),
]);

const sourceQuerySchema = z.object({ description: descriptionSchema, scale: z.coerce.number().min(0.1).max(1).default(1) });

type Made = Awaited<ReturnType<DerivedFiles['get']>>;

/** A WebP that fits `width`; a clip shows its first frame. Throws NOT_FOUND, and BAD_INPUT for what is no picture. */
export async function makeThumbnail(artifact: string, width: number, files: DerivedFiles, { store, ffmpegPath }: Services): Promise<Made> {
  const path = store.pathOf(artifact);
  needArtifact(path);
  return await files.get({ thumbnail: 1, artifact, width }, async () => {
    const { kind } = await sniffMediaFile(path);
    if (kind === 'sound') throw new AdgenError('BAD_INPUT', 'A sound has no thumbnail.');
    const picture = kind === 'clip' ? await firstFrame(path, await ffmpegPath()) : path;
    return await shrink(picture, width);
  });
}

async function shrink(picture: string | Buffer, width: number): Promise<Uint8Array> {
  try {
    return await sharp(picture, { limitInputPixels: 220_000_000 }).autoOrient().resize({ width, height: width * 2, fit: 'inside', withoutEnlargement: true }).webp({ quality: 82, effort: 2 }).toBuffer();
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', 'This file cannot be shown as a picture.', { cause });
  }
}

/** The picture of a source of a frame plan. Throws BAD_INPUT for a description that is none, NOT_FOUND when its artifact is gone. */
export async function makeSourcePicture(query: URLSearchParams, files: DerivedFiles, { dataDir, store, viewPool }: Services): Promise<Made> {
  const parsed = sourceQuerySchema.safeParse({ description: readJson(query.get('d')), scale: query.get('s') ?? 1 });
  if (!parsed.success) throw new AdgenError('BAD_INPUT', 'This is no description of a picture source, or its scale is not between 0.1 and 1.');
  const { description, scale } = parsed.data satisfies { description: Exclude<SourceDescription, { kind: 'clip' }> };
  needArtifact(store.pathOf(description.hash));
  return await files.get({ source: 1, description, scale }, async () => {
    try {
      return await viewPool.run<Uint8Array>({ module: taskModule('media/tasks/source-picture.ts'), payload: { dataDir, description, scale } });
    } catch (cause) {
      if (cause instanceof AdgenError && cause.code !== 'INTERNAL') throw cause;
      throw new AdgenError('BAD_INPUT', 'This artifact cannot be drawn as that source.', { cause });
    }
  });
}

function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined; // refused by the schema, like anything else that is no description
  }
}

function needArtifact(path: string): void {
  if (!existsSync(path)) throw new AdgenError('NOT_FOUND', 'This file is no longer in the store.');
}
