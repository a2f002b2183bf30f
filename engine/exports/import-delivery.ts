/**
 * Reads a delivery ZIP back. Everything in it is foreign: names are only looked up, never used as paths; sizes are bounded before
 * and while unpacking; a file counts only when its bytes have the hash that the document says.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { importProject } from '#engine/projects/project-store.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { adoptAssets } from './adopt-assets.ts';
import { openZip } from './open-zip.ts';

const MAX_DOCUMENT_BYTES = 20_000_000;
const MAX_ASSET_BYTES = 500_000_000;

/** Saves the project and its sources. Throws BAD_INPUT when the file is no delivery, DISK_FULL. */
export async function importDelivery(path: string, { db, services }: { db: StudioDb; services: { store: ArtifactStore } }): Promise<{ project: AdProject; assets: number }> {
  const zip = await openZip(path);
  const scratch = await mkdtemp(join(tmpdir(), 'adgen-import-'));
  try {
    const document = zip.entries.find((entry) => entry.name === 'adproject.json');
    if (!document) throw new AdgenError('BAD_INPUT', `"${basename(path)}" holds no adproject.json, so it is not an AdGen delivery.`);
    const project = migrateAdProject(parseJson(await zip.readBytes(document, MAX_DOCUMENT_BYTES), path));
    const wanted = zip.entries.filter((entry) => /^assets\/[0-9a-f]{64}(\.[a-z0-9]{1,8})?$/.test(entry.name));
    for (const [index, entry] of wanted.entries()) await zip.extract(entry, join(scratch, `asset-${index}`), MAX_ASSET_BYTES);
    const complete = await adoptAssets(project, scratch, services.store);
    importProject(db, complete);
    return { project: complete, assets: wanted.length };
  } finally {
    await zip.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AdgenError('BAD_INPUT', `The document in "${basename(path)}" is damaged: ${(cause as Error).message}. Ask for the delivery again.`, { cause });
  }
}
