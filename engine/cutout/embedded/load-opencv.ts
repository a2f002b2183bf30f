/**
 * OpenCV as WebAssembly, loaded on first use (about half a second and 150 MB) and kept for the life of the worker thread.
 * It is required, not imported: the CommonJS package exports a promise of its module, which its types do not say and which
 * a module loader that wraps exports would break.
 */
import { createRequire } from 'node:module';
import type * as OpenCv from '@techstark/opencv-js';

let loading: Promise<typeof OpenCv> | undefined;

export function loadOpenCv(): Promise<typeof OpenCv> {
  loading ??= createRequire(import.meta.url)('@techstark/opencv-js') as Promise<typeof OpenCv>;
  return loading;
}
