import { readFile } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { logoColors } from '#engine/cutout/ingest-logo.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';

/** Colours of a logo that was taken in, strongest first. Throws NOT_FOUND, or BAD_INPUT for what is no picture. */
export async function colorsOfLogo(store: ArtifactStore, logo: AssetRef): Promise<string[]> {
  if (!store.has(logo.hash)) throw new AdgenError('NOT_FOUND', 'This logo is not in the store any more. Add the logo again.');
  const bytes = await readFile(store.pathOf(logo));
  try {
    return await logoColors(bytes);
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', `No colours can be read from "${logo.name}": it is not a picture that can be opened. Use a PNG, SVG, WebP or JPEG logo.`, { cause });
  }
}
