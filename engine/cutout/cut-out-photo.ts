/** A photo file → mask and cut-out, in this process; for the command line. The pipeline does the same in steps. */
import { cutOutProduct } from './cut-out-product.ts';
import type { CutOutProductRequest, CutOutProductResult } from './cut-out-product.ts';
import { ingestPhoto } from './ingest-photo.ts';

export interface PhotoChoices extends Pick<CutOutProductRequest, 'provider' | 'onnxModelPath' | 'signal'> {
  /** A ComfyUI's mask of the upright photo. */
  askComfy?(uprightPng: Uint8Array): Promise<Uint8Array>;
}

/** Throws BAD_INPUT when the file is no usable photo, and what `cutOutProduct` throws. */
export async function cutOutPhoto(path: string, { askComfy, ...choices }: PhotoChoices): Promise<CutOutProductResult> {
  const photo = await ingestPhoto(path);
  const comfyMaskPng = await askComfy?.(photo.png);
  const result = await cutOutProduct({ uprightPng: photo.png, report: () => {}, ...choices, ...(comfyMaskPng ? { comfyMaskPng } : {}) });
  return { ...result, notes: [...photo.notes, ...result.notes] };
}
