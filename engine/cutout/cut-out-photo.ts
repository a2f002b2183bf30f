/** A photo file → mask and cut-out, in this process; for the command line. The pipeline does the same in steps. */
import { cutOutProduct } from './cut-out-product.ts';
import type { CutOutProductRequest, CutOutProductResult } from './cut-out-product.ts';
import { ingestPhoto } from './ingest-photo.ts';

/** Throws BAD_INPUT when the file is no usable photo, and what `cutOutProduct` throws. */
export async function cutOutPhoto(path: string, choices: Pick<CutOutProductRequest, 'provider' | 'onnxModelPath' | 'signal'>): Promise<CutOutProductResult> {
  const photo = await ingestPhoto(path);
  const result = await cutOutProduct({ uprightPng: photo.png, report: () => {}, ...choices });
  return { ...result, notes: [...photo.notes, ...result.notes] };
}
