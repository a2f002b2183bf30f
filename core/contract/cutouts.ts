import { z } from 'zod';
import { assetRefSchema, productSchema } from '../project/schema.ts';
import { base } from './base.ts';

/** What a cut-out came to: a product without a project, and sentences for the user. `upright` is the photo as it is shown: sRGB, orientation applied. */
const cutoutSchema = z.object({ product: productSchema, upright: assetRefSchema, notices: z.array(z.string()) });

/** Cutting products out before and after an advert exists. */
export const cutouts = {
  /** Cached by photo; the run that follows finds the same result. */
  make: base
    .route({ method: 'POST', path: '/cutouts' })
    .input(z.object({ photo: assetRefSchema, name: z.string().max(120).default(''), provider: z.enum(['auto', 'alpha', 'embedded', 'onnx', 'comfyui']).default('auto') }))
    .output(cutoutSchema),
  /** The cut-out with a mask that the user has painted: 8-bit grey PNG of the upright photo's size. `featherPx` softens its edge, photo pixels. */
  correct: base
    .route({ method: 'POST', path: '/cutouts/correct' })
    .input(z.object({ photo: assetRefSchema, mask: assetRefSchema, featherPx: z.number().min(0).max(20).default(0) }))
    .output(cutoutSchema),
};
