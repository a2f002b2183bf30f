/** What lies on the disk because of this program, by kind. */
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageUse } from '#core/contract/settings.ts';
import { sidecarPaths } from '#sidecar/sidecar-paths.ts';

export async function readStorageUse(dataDir: string): Promise<StorageUse> {
  const { engineDir, modelsDir } = sidecarPaths(dataDir);
  const [artifactsBytes, modelsBytes, engineBytes, databaseBytes, ...temps] = await Promise.all([
    sizeOf(join(dataDir, 'artifacts')), sizeOf(modelsDir), sizeOf(engineDir), databaseSize(dataDir), sizeOf(join(dataDir, 'tmp')), sizeOf(join(dataDir, 'comfyui')),
  ]);
  const freeBytes = await statfs(dataDir).then(({ bavail, bsize }) => bavail * bsize, () => null); // a network disk may not say
  return { artifactsBytes, modelsBytes, engineBytes, databaseBytes, tempBytes: temps.reduce((sum, bytes) => sum + bytes, 0), freeBytes, dataDir };
}

async function databaseSize(dataDir: string): Promise<number> {
  const names = await readdir(dataDir).catch(() => []);
  const sizes = await Promise.all(names.filter((name) => name.startsWith('studio.db')).map((name) => fileSize(join(dataDir, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Files come and go meanwhile: what is gone counts nothing. Links are not followed, so nothing outside is counted. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const folderEntry of entries.filter((entry) => entry.isDirectory())) bytes += await sizeOf(join(folder, folderEntry.name));
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map(({ name }) => fileSize(join(folder, name))));
  return sizes.reduce((sum, size) => sum + size, bytes);
}

const fileSize = async (path: string): Promise<number> => await stat(path).then(({ size }) => size, () => 0);
