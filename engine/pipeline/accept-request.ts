/**
 * From what a user hands over (paths, raw brief and brand) to a run that can start: files are checked and stored, text is cut to
 * its limits, and the run is written down. Bad input ends here, before anything is kept.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { normaliseBrief } from '#core/planning/normalise-brief.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import { brandKitSchema } from '#core/project/schema.ts';
import type { AdProject, AssetRef, BrandKit } from '#core/project/schema.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { ingestLogo, logoColors } from '#engine/cutout/ingest-logo.ts';
import { ingestPhoto } from '#engine/cutout/ingest-photo.ts';
import { createRun, hasSucceeded } from '#engine/jobs/run-store.ts';
import type { RunRecord } from '#engine/jobs/run-store.ts';
import { hashFile } from '#engine/storage/durable-file.ts';
import type { Engine } from '../main.ts';
import { makeRequestSchema, renderRequestSchema } from './run-request.ts';
import type { MakeRequest } from './run-request.ts';
import { ingestKey } from './steps/ingest-step.ts';

/** What a user may say for a new advert. Paths are absolute. */
export interface MakeInput {
  readonly photoPaths: readonly string[];
  /** Anything; checked and cut here. */
  readonly brief: Readonly<Record<string, unknown>>;
  readonly brandPath?: string;
  readonly logoPath?: string;
  readonly ratios: readonly Ratio[];
  readonly durationFrames: number;
  readonly sceneCount: number;
  readonly seed: number;
  readonly isOffline: boolean;
  readonly cutoutProvider?: MakeRequest['cutoutProvider'];
  readonly outDir?: string;
}

/** Throws BAD_INPUT, NOT_FOUND, DISK_FULL or READ_ONLY; nothing is left behind then. */
export async function acceptMake(input: MakeInput, engine: Engine): Promise<RunRecord> {
  const { brief, notes } = normaliseBrief(input.brief);
  for (const path of input.photoPaths) await checkPhoto(path, engine);
  const brand = await readBrand(input, engine);
  const photos = [];
  for (const path of input.photoPaths) photos.push({ asset: await storePhoto(path, engine), name: '' });
  const { ratios, durationFrames, sceneCount, seed, isOffline, outDir, cutoutProvider } = input;
  const request = makeRequestSchema.parse({ kind: 'make', photos, brief, briefNotes: notes, brand, ratios, durationFrames, sceneCount, seed, isOffline, outDir, cutoutProvider });
  return createRun(engine.db, { request, ...(outDir ? { outDir } : {}) });
}

/** Accepts an edited document for rendering. Assets that the store does not hold are looked for beside the document. */
export async function acceptRender(document: AdProject, options: { isOffline: boolean; outDir?: string }, engine: Engine): Promise<RunRecord> {
  const request = renderRequestSchema.parse({ kind: 'render', document, ...options });
  return createRun(engine.db, { request, ...(options.outDir ? { outDir: options.outDir } : {}) });
}

/** Reads a JSON file of the user's. Throws BAD_INPUT with the place of the mistake. */
export async function readJsonFile(path: string, what: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new AdgenError(cause.code === 'ENOENT' ? 'NOT_FOUND' : 'BAD_INPUT', `The ${what} "${basename(path)}" cannot be read (${cause.code ?? cause.message}). Check the path.`, { cause });
  });
  if (text.length > MAX_JSON_CHARACTERS) throw new AdgenError('BAD_INPUT', `The ${what} "${basename(path)}" is larger than 20 MB; this cannot be one.`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', `The ${what} "${basename(path)}" is not valid JSON: ${(cause as Error).message}.`, { cause });
  }
}

const MAX_JSON_CHARACTERS = 20_000_000;

/** A document from a file, lifted to this version. */
export async function readDocument(path: string): Promise<AdProject> {
  return migrateAdProject(await readJsonFile(path, 'project document'));
}

async function readBrand({ brandPath, logoPath }: MakeInput, engine: Engine): Promise<BrandKit> {
  const given = brandPath ? parseBrand(await readJsonFile(brandPath, 'brand kit'), brandPath) : brandKitSchema.parse({});
  if (!logoPath) return given;
  const logo = await ingestLogo(logoPath);
  const asset = { ...(await engine.services.store.putBytes(logo.png, 'logo.png', 'image/png')), width: logo.width, height: logo.height };
  const [primary, secondary] = given.colors.primary ? [] : await logoColors(logo.png);
  const colors = { ...(primary ? { primary } : {}), ...(secondary ? { secondary } : {}), ...given.colors };
  return { ...given, colors, logo: asset };
}

/** A brand file names colours, fonts and texts; a logo comes as a file of its own. */
function parseBrand(raw: unknown, path: string): BrandKit {
  const parsed = brandKitSchema.omit({ logo: true }).safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new AdgenError('BAD_INPUT', `The brand kit "${basename(path)}" has mistakes: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
}

/** A photo that was ingested before is known to be good; any other is ingested once here, under the name that the user knows. */
async function checkPhoto(path: string, engine: Engine): Promise<void> {
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  const isKnown = isFile && hasSucceeded(engine.db, ingestKey((await hashFile(path)).hash));
  if (!isKnown) await ingestPhoto(path);
}

function storePhoto(path: string, engine: Engine): Promise<AssetRef> {
  return engine.services.store.putFile(path, `product_original${/\.[A-Za-z0-9]{1,5}$/.exec(path)?.[0].toLowerCase() ?? ''}`, 'application/octet-stream');
}
