/** Worker task: reads an upright photo and cuts its product out. */
import { readFile } from 'node:fs/promises';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { cutOutProduct, type CutOutProductPayload, type CutOutProductResult } from '../cut-out-product.ts';

export async function run({ uprightPath, ...payload }: CutOutProductPayload, { signal, report }: TaskContext): Promise<CutOutProductResult> {
  return cutOutProduct({ ...payload, uprightPng: await readFile(uprightPath), signal, report });
}
