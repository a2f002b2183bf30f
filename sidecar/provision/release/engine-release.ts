/**
 * What is installed (`engine-release.json`, written by `scripts/pin-engine.ts`): one commit of ComfyUI, one Python, one uv, each with
 * what proves that it is the right one. Every address is a public one.
 */
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { provisionError } from '../failures.ts';
import { PLATFORMS } from '../types.ts';
import json from './engine-release.json' with { type: 'json' };
import { treeDigestOf } from './tree-digest.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const url = z.url({ protocol: /^https$/ });
const platform = z.enum(PLATFORMS);

const comfySchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** Git's id of the commit's tree: `treeDigestOf` the unpacked folder. */
  treeDigest: z.string().regex(/^[0-9a-f]{40}$/),
  executables: z.array(z.string()),
  archiveUrl: url,
  /** The one folder in the archive, which holds everything. */
  archiveFolder: z.string(),
  /** null = not pinned by its bytes, which the host does not promise (see `tree-digest.ts`). */
  archiveSha256: sha256.nullable(),
  /** Rounded, for the forecast. */
  archiveBytes: z.number().int().positive(),
  unpackedBytes: z.number().int().positive(),
});

const pythonSchema = z.strictObject({
  version: z.string().regex(/^3\.12\.\d+$/),
  build: z.string().regex(/^\d{8}$/),
  /** Rounded, for the forecast. */
  archiveBytes: z.number().int().positive(),
  unpackedBytes: z.number().int().positive(),
  archives: z.record(platform, z.strictObject({
    url,
    sha256,
    /** Where uv looks for it below a mirror folder (`--mirror file://…`). */
    mirrorPath: z.string(),
  })),
});

const uvSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** A wheel is a zip; `program` is the path of the program in it. */
  wheels: z.record(platform, z.strictObject({ url, sha256, bytes: z.number().int().positive(), program: z.string() })),
});

export const engineReleaseSchema = z.strictObject({ version: z.literal(1), comfyui: comfySchema, python: pythonSchema, uv: uvSchema });
export type EngineRelease = z.infer<typeof engineReleaseSchema>;

let release: EngineRelease | undefined;

/** The release that comes with the program. */
export function loadEngineRelease(): EngineRelease {
  release ??= parseEngineRelease(json, 'engine-release.json');
  return release;
}

/** Throws BAD_INPUT that names the first fault. */
export function parseEngineRelease(value: unknown, file: string): EngineRelease {
  const result = engineReleaseSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AdgenError('BAD_INPUT', `${file} is no engine release: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'unreadable'}. Correct it.`);
}

/** Throws NET_HASH unless `folder` holds exactly the pinned source of ComfyUI. */
export async function checkComfySource(folder: string, { comfyui }: EngineRelease = loadEngineRelease()): Promise<void> {
  const found = await treeDigestOf(folder, comfyui.executables);
  if (found === comfyui.treeDigest) return;
  throw provisionError('NET_HASH', `The source of ComfyUI ${comfyui.version} in ${folder} is not that of commit ${comfyui.commit.slice(0, 12)}.`, { data: { expected: comfyui.treeDigest, found } });
}
