/** Worker task: a painted mask → its final form. */
import { readFile } from 'node:fs/promises';
import { featherMask } from '../correct-cut-out.ts';

export async function run({ maskPath, featherPx }: { readonly maskPath: string; readonly featherPx: number }): Promise<Uint8Array> {
  return await featherMask(await readFile(maskPath), featherPx);
}
