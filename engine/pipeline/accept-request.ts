/**
 * From what a user hands over (paths, raw brief and brand) to a run that can start: files are checked and stored, text is cut to
 * its limits, and the run is written down. Bad input ends here, before anything is kept.
 */
import { stat } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import { normaliseBrief } from '#core/planning/normalise-brief.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import { brandKitSchema } from '#core/project/schema.ts';
import type { AdProject, AssetRef, BrandKit } from '#core/project/schema.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { ingestLogo, logoColors } from '#engine/cutout/ingest-logo.ts';
import { checkPhoto } from '#engine/cutout/ingest-photo.ts';
import { quoteFileName } from '#engine/cutout/ingest/quote-file-name.ts';
import { readInputFile } from '#engine/cutout/ingest/read-input-file.ts';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
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
  /** Photos that are in the store, perhaps with a corrected mask. */
  readonly photos?: readonly { readonly asset: AssetRef; readonly name: string; readonly mask?: AssetRef | undefined }[];
  /** Anything; checked and cut here. */
  readonly brief: Readonly<Record<string, unknown>>;
  /** Ready to use; its logo is in the store. */
  readonly brand?: BrandKit | undefined;
  readonly brandPath?: string;
  readonly logoPath?: string;
  readonly ratios: readonly Ratio[];
  readonly durationFrames: number;
  readonly sceneCount: number;
  readonly seed: number;
  readonly isOffline: boolean;
  readonly cutoutProvider?: MakeRequest['cutoutProvider'];
  readonly engine?: MakeRequest['engine'];
  /** Ids of ComfyUI workflows to use before others. */
  readonly workflows?: readonly string[];
  readonly outDir?: string;
  /** The same request is the same project; another word here makes another one. */
  readonly nonce?: string | undefined;
}

/** Throws BAD_INPUT, NOT_FOUND, DISK_FULL or READ_ONLY; nothing is left behind then. */
export async function acceptMake(input: MakeInput, engine: Engine): Promise<RunRecord> {
  const { brief, notes } = normaliseBrief(input.brief);
  if (input.outDir) await checkOutputFolder(input.outDir);
  await checkEngine(input, engine);
  assertPhotoCount(input);
  for (const path of input.photoPaths) await checkOnce(path, engine);
  for (const photo of input.photos ?? []) await checkStored(photo, engine);
  const brand = await readBrand(input, engine);
  const photos = [...(input.photos ?? [])];
  for (const path of input.photoPaths) photos.push({ asset: await storePhoto(path, engine), name: '' });
  const { ratios, durationFrames, sceneCount, seed, isOffline, outDir, cutoutProvider, engine: wish, workflows, nonce } = input;
  const request = makeRequestSchema.parse({ kind: 'make', photos, brief, briefNotes: notes, brand, ratios, durationFrames, sceneCount, seed, isOffline, outDir, cutoutProvider, engine: wish, workflows, ...(nonce === undefined ? {} : { nonce }) });
  return createRun(engine.db, { request, ...(outDir ? { outDir } : {}) });
}

/** Whoever asks for a ComfyUI by name wants to know at once that there is none, or what it lacks. */
async function checkEngine({ engine: wish, workflows = [], isOffline }: Pick<MakeInput, 'engine' | 'workflows' | 'isOffline'>, { services: { comfy } }: Engine): Promise<void> {
  if (wish !== 'comfyui') return;
  if (!comfy) throw new AdgenError('PROVIDER_UNAVAILABLE', 'No ComfyUI is set up. Install one with "adgen sidecar install", name a running one with --comfy-url, or use --engine auto.');
  if (isOffline && comfy.needsNetwork) throw new AdgenError('PROVIDER_UNAVAILABLE', 'This ComfyUI is on another machine and may not be asked offline. Leave out --offline, or use --engine embedded.');
  const choice = await comfy.choose('backdrop', workflows, new AbortController().signal);
  if ('unavailable' in choice) throw new AdgenError('PROVIDER_UNAVAILABLE', choice.unavailable, { data: choice.name === undefined ? {} : { reason: choice.name } });
}

/** Whether a document could be rendered so. Throws what is in the way. */
export async function checkRender(options: RenderOptions, engine: Engine): Promise<void> {
  if (options.outDir) await checkOutputFolder(options.outDir);
  await checkEngine(options, engine);
}

/** How a document is rendered. */
export type RenderOptions = Pick<MakeInput, 'isOffline' | 'outDir' | 'engine' | 'workflows'>;

/** Accepts an edited document for rendering. Assets that the store does not hold are looked for beside the document. `isSaved`: it is the state of a kept project. */
export async function acceptRender(document: AdProject, options: RenderOptions & { readonly isSaved?: boolean }, engine: Engine): Promise<RunRecord> {
  await checkRender(options, engine);
  const request = renderRequestSchema.parse({ kind: 'render', document, ...options });
  return createRun(engine.db, { request, ...(options.outDir ? { outDir: options.outDir } : {}), ...(request.isSaved ? { projectId: document.id } : {}) });
}

/** Reads a JSON file of the user's. Throws BAD_INPUT with the place of the mistake. */
export async function readJsonFile(path: string, what: string): Promise<unknown> {
  const text = (await readInputFile(path, { noun: what, maxBytes: MAX_JSON_BYTES })).toString('utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const where = (cause as Error).message.replace(/\s+/g, ' ');
    throw new AdgenError('BAD_INPUT', `The ${what} ${quoteFileName(path)} is not valid JSON: ${where}. Correct it, or export it again.`, { cause });
  }
}

const MAX_JSON_BYTES = 20_000_000;

/** A document from a file, lifted to this version. */
export async function readDocument(path: string): Promise<AdProject> {
  const raw = await readJsonFile(path, 'project document');
  try {
    return migrateAdProject(raw);
  } catch (cause) {
    if (!(cause instanceof AdgenError)) throw cause;
    throw new AdgenError(cause.code, `${quoteFileName(path)}: ${cause.message}`, { data: { ...cause.data, file: path }, cause });
  }
}

async function readBrand({ brand, brandPath, logoPath }: MakeInput, engine: Engine): Promise<BrandKit> {
  if (brand?.logo) assertStored(brand.logo, 'logo', engine);
  const given = brand ?? (brandPath ? parseBrand(await readJsonFile(brandPath, 'brand kit'), brandPath) : brandKitSchema.parse({}));
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
  throw new AdgenError('BAD_INPUT', `The brand kit ${quoteFileName(path)} cannot be used: ${parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`).join('; ')}. Correct these places.`);
}

const MAX_PHOTOS = 12;

function assertPhotoCount({ photoPaths, photos = [] }: MakeInput): void {
  const count = photoPaths.length + photos.length;
  if (count === 0) throw new AdgenError('BAD_INPUT', 'An advert needs a photo of its product. Add at least one.');
  if (count > MAX_PHOTOS) throw new AdgenError('BAD_INPUT', `An advert takes ${MAX_PHOTOS} photos at most, not ${count}. Leave some out.`);
}

/** A photo that came before: it must still be there, and be one. */
async function checkStored({ asset, mask }: NonNullable<MakeInput['photos']>[number], engine: Engine): Promise<void> {
  assertStored(asset, 'photo', engine);
  if (mask) assertStored(mask, 'mask', engine);
  if (!hasSucceeded(engine.db, ingestKey(asset.hash))) await checkPhoto(engine.services.store.pathOf(asset));
}

function assertStored(asset: AssetRef, noun: string, { services: { store } }: Engine): void {
  if (!store.has(asset.hash)) throw new AdgenError('NOT_FOUND', `The ${noun} ${quoteFileName(asset.name)} is no longer in the store. Add it again.`);
}

/** A photo that was ingested before is known to be good; any other is decoded once here, under the name that the user knows. */
async function checkOnce(path: string, engine: Engine): Promise<void> {
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  const isKnown = isFile && hasSucceeded(engine.db, ingestKey((await hashFile(path)).hash));
  if (!isKnown) await checkPhoto(path);
}

function storePhoto(path: string, engine: Engine): Promise<AssetRef> {
  return engine.services.store.putFile(path, `product_original${/\.[A-Za-z0-9]{1,5}$/.exec(path)?.[0].toLowerCase() ?? ''}`, 'application/octet-stream');
}
