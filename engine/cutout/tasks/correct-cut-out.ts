/** Worker task: an upright photo and a painted mask → the corrected cut-out. */
import { readFile } from 'node:fs/promises';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { correctCutout } from '../correct-cut-out.ts';
import type { CutOutProductResult } from '../cut-out-product.ts';

/** Where both lie. */
export interface CorrectCutoutPayload {
  readonly uprightPath: string;
  readonly maskPath: string;
}

export async function run({ uprightPath, maskPath }: CorrectCutoutPayload, { signal, report }: TaskContext): Promise<Omit<CutOutProductResult, 'fallback'>> {
  return await correctCutout(await readFile(uprightPath), await readFile(maskPath), { signal, report });
}
