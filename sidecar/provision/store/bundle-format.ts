/**
 * A bundle: one zip with an engine as it stands, file by file, and chosen models; nothing in it is compressed, because most of it is
 * already and USB sticks are slower than copying. `bundle.json` lists every file with its hash. The packages come installed, not as
 * wheels: so what another machine gets is, byte for byte, what proved itself on this one, and making a bundle needs no network either.
 *
 *     bundle.json        engine/base/…, engine/python/…, engine/comfy/…        models/<folder>/<file>
 *
 * Links stand in `bundle.json` alone, relative. The one thing that knows its place is the environment's `pyvenv.cfg`.
 */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import { z } from 'zod';
import { MODEL_FOLDERS } from '#sidecar/models/catalogue.ts';
import { PLATFORMS, VARIANTS } from '../types.ts';
import { isInsidePath, listedFileSchema, listedLinkSchema } from './file-list.ts';

const bundledModelSchema = z.strictObject({
  id: z.string(),
  folder: z.enum(MODEL_FOLDERS),
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BundledModel = z.infer<typeof bundledModelSchema>;

export const bundleSchema = z.strictObject({
  format: z.literal('adgen-bundle/1'),
  comfyVersion: z.string().regex(/^[0-9][0-9a-z.]{0,29}$/),
  fingerprint: z.string().regex(/^[0-9a-f]{8,64}$/),
  variant: z.enum(VARIANTS),
  platform: z.enum(PLATFORMS),
  /** Of the environment's Python, inside of the engine. */
  pythonHome: z.string().refine(isInsidePath, 'leaves its folder'),
  files: z.array(listedFileSchema).readonly(),
  links: z.array(listedLinkSchema).readonly(),
  models: z.array(bundledModelSchema),
});
export type BundleContent = z.infer<typeof bundleSchema>;

export const CONTENT_FILE = 'bundle.json';
export const engineEntry = (path: string): string => `engine/${path}`;
export const modelEntry = ({ folder, file }: Pick<BundledModel, 'folder' | 'file'>): string => `models/${folder}/${file}`;

/** Where a link leads, seen from its own folder and with forward slashes; undefined when that is outside of the engine. Pure. */
export function innerTarget(link: { readonly path: string; readonly target: string }, engineFolder: string): string | undefined {
  const from = dirname(join(engineFolder, link.path));
  const absolute = isAbsolute(link.target) ? link.target : join(from, link.target);
  const inner = relative(engineFolder, absolute).split(sep).join('/');
  return isInsidePath(inner) ? relative(from, absolute).split(sep).join('/') : undefined;
}

/** Of a link in a bundle: it stays inside of the engine. Pure. */
export const isInnerLink = ({ path, target }: { readonly path: string; readonly target: string }): boolean =>
  !/[\\\0]|^\/|^[A-Za-z]:/.test(target) && isInsidePath(posix.normalize(posix.join(posix.dirname(path), target)));

/** The folder that `pyvenv.cfg` calls its Python's home. */
export async function homeOf(environment: string): Promise<string | undefined> {
  const text = await readFile(join(environment, 'pyvenv.cfg'), 'utf8');
  return /^home\s*=\s*(.+?)\s*$/m.exec(text)?.[1];
}

/** `pyvenv.cfg` with another home. Pure. */
export const withHome = (text: string, home: string): string => text.replace(/^(home\s*=\s*).+$/m, (_, name: string) => `${name}${home}`);
