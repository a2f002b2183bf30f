import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The matting model that the user put under `<data>/models/cutout`: the first `*.onnx` by name, or none. */
export async function findOnnxModel(dataDirectory: string): Promise<string | undefined> {
  const folder = join(dataDirectory, 'models', 'cutout');
  const names = await readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  });
  const first = names.filter((name) => name.toLowerCase().endsWith('.onnx')).sort()[0];
  return first === undefined ? undefined : join(folder, first);
}
