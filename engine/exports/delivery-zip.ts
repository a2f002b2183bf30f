/**
 * The delivery ZIP: everything of an advert in one file that can be sent on and imported back. Deterministic: entries in
 * order, one fixed date, no compression of what is compressed already.
 */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { withDiskErrors } from '#engine/storage/disk-errors.ts';

/** A file of a delivery: bytes, or a path to read them from. */
export type DeliveryEntry = { readonly name: string } & ({ readonly path: string } | { readonly bytes: Uint8Array });

/** ZIP cannot say "no date"; this is its earliest, for the same bytes every time. */
const FIXED_DATE = new Date(1980, 0, 1);
const COMPRESSIBLE = /\.(json|srt|txt)$/;

/** Writes a ZIP. Throws DISK_FULL or READ_ONLY; nothing is left behind then. */
export async function writeDeliveryZip(entries: readonly DeliveryEntry[], outputPath: string): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const entry of entries) {
    const options = { mtime: FIXED_DATE, mode: 0o100644, compress: COMPRESSIBLE.test(entry.name), forceDosTimestamp: true };
    if ('path' in entry) zip.addFile(entry.path, entry.name, options);
    else zip.addBuffer(Buffer.from(entry.bytes), entry.name, options);
  }
  zip.end();
  try {
    await withDiskErrors(outputPath, () => pipeline(zip.outputStream, createWriteStream(outputPath)));
  } catch (error) {
    await rm(outputPath, { force: true });
    throw error;
  }
}
