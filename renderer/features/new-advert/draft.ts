/** A New advert that has not been started: what the user has given so far, and what it becomes when it is. Pure. */
import type { InferContractRouterInputs } from '@orpc/contract';
import { z } from 'zod';
import type { adverts } from '#core/contract/adverts.ts';
import { RATIOS } from '#core/project/ratio.ts';
import { assetRefSchema, brandKitSchema, briefSchema, productSchema } from '#core/project/schema.ts';

/** A photo that has been taken in. `corrected`: the cut-out with the user's own mask, which is used then. */
export const draftPhotoSchema = z.object({
  id: z.string(),
  name: z.string(),
  asset: assetRefSchema.optional(),
  upright: assetRefSchema.optional(),
  product: productSchema.optional(),
  corrected: productSchema.optional(),
  notices: z.array(z.string()).default([]),
});

/** Durations that are offered, seconds, with the scenes that suit them. */
export const DURATIONS = [{ seconds: 6, scenes: 3 }, { seconds: 10, scenes: 3 }, { seconds: 15, scenes: 4 }, { seconds: 20, scenes: 5 }, { seconds: 30, scenes: 6 }] as const;

/** What is kept while one looks elsewhere. */
export const draftSchema = z.object({
  photos: z.array(draftPhotoSchema).max(12).default([]),
  brief: briefSchema.prefault({}),
  /** The user has written the name; a photo's file name no longer changes it. */
  isNameOwn: z.boolean().default(false),
  brandId: z.string().default(''),
  brand: brandKitSchema.prefault({}),
  ratios: z.array(z.enum(RATIOS)).min(1).default([...RATIOS]),
  seconds: z.number().min(4).max(600).default(15),
  sceneCount: z.number().int().min(3).max(8).default(4),
  engine: z.enum(['auto', 'comfyui', 'embedded']).default('auto'),
});

export type Draft = z.infer<typeof draftSchema>;
export type DraftPhoto = z.infer<typeof draftPhotoSchema>;

/** As many photos as an advert takes. */
export const MAX_PHOTOS = 12;

/** Longest text of each field of the brief. */
export const LIMITS = { productName: 120, description: 2000, audience: 500, message: 500, callToAction: 80 } as const;

/** A draft from text that was kept; anything unreadable is an empty one. */
export function readDraft(text: string | null): Draft {
  try {
    const { data } = draftSchema.safeParse(JSON.parse(text ?? '{}'));
    if (data) return { ...data, photos: data.photos.filter(({ asset }) => asset) };
  } catch {
    // not JSON: kept by another version, or cut off; a draft can be written again
  }
  return draftSchema.parse({});
}

/** Names that cameras and chat programs give; they say nothing about the product. */
const MEANINGLESS = /^(img|dsc|dscn|dscf|pxl|photo|picture|image|bild|foto|screenshot|bildschirmfoto|whatsapp image|signal|untitled|unbenannt|scan|download|file|clipboard)?[\s\d.()-]*(at)?[\s\d.()-]*$/i;

/** A product's name from its photo's: `blood-orange_soda (2).jpg` → `Blood orange soda`; empty when the name says nothing. */
export function guessProductName(fileName: string): string {
  const words = fileName.replace(/\.[^.]{1,5}$/, '').replace(/[_\-+.]+/g, ' ').replace(/\(\d+\)|\b(copy|kopie|final|cutout|freigestellt|product|produkt|photo|v\d+|\d{3,}(px)?|\d+x\d+)\b/gi, ' ').replace(/\s+/g, ' ').trim();
  if (MEANINGLESS.test(words) || !/\p{L}{2}/u.test(words)) return '';
  return (words[0]?.toUpperCase() ?? '') + words.slice(1, 60);
}

/** What keeps the draft from being started; undefined = nothing. */
export function whatIsMissing(draft: Pick<Draft, 'ratios'> & { readonly photos: readonly { readonly id: string }[] }): 'photo' | 'ratio' | undefined {
  if (draft.photos.length === 0) return 'photo';
  return draft.ratios.length === 0 ? 'ratio' : undefined;
}

/** How near a text is to its limit: nothing is said before. */
export function roomLeft(text: string, limit: number): number | undefined {
  const left = limit - text.length;
  return left <= Math.max(10, limit * 0.15) ? left : undefined;
}

type MakeInput = InferContractRouterInputs<typeof adverts>['make'];

/** What the engine is asked for. Photos that never came through are left out. */
export function toRequest({ photos, brief, brand, ratios, seconds, sceneCount, engine }: Draft, { isOffline, nonce, seed }: { readonly isOffline: boolean; readonly nonce: string; readonly seed: number }): MakeInput {
  return {
    photos: photos.flatMap(({ asset, corrected }) => (asset ? [{ asset, name: '', ...(corrected?.mask ? { mask: corrected.mask } : {}) }] : [])),
    brief, brand, ratios, sceneCount, engine, isOffline, nonce, seed,
    durationFrames: Math.round(seconds * 30),
  };
}
