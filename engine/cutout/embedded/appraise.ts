/** How far the found outline can be trusted, and what to tell the user about it. */
import type { Segmentation } from './segment-smooth.ts';
import type { WorkingPicture } from './working-picture.ts';

const MIN_AREA = 0.002;
const MAX_AREA = 0.9;
const TRUST_TEXTURED = 0.7;

export interface Appraisal {
  /** 0–1: the share of the outline that lies on an edge of the photo, lowered for a textured background or an odd area. */
  readonly confidence: number;
  readonly notes: string[];
}

export function appraise(picture: WorkingPicture, segmentation: Segmentation, isProduct: Uint8Array, isTextured: boolean): Appraisal {
  const { width, height } = picture;
  let area = 0;
  let outline = 0;
  let supported = 0;
  let onFrame = 0;
  for (let at = 0; at < isProduct.length; at++) {
    if (isProduct[at] === 0) continue;
    area++;
    const x = at % width;
    if (x === 0 || x === width - 1 || at < width || at >= width * (height - 1)) {
      onFrame++;
      continue;
    }
    const around = [at - 1, at + 1, at - width, at + width];
    if (around.every((next) => isProduct[next] === 1)) continue;
    outline++;
    if ([at, ...around].some((next) => segmentation.edges.sharp[next]! > segmentation.threshold / 2)) supported++;
  }
  const share = area / isProduct.length;
  const notes: string[] = [];
  if (share < MIN_AREA) notes.push('no product found: nothing stands out from the background');
  if (share > MAX_AREA) notes.push('the product fills nearly the whole photo');
  if (onFrame > 4) notes.push('the product leaves the picture');
  if (isTextured && share >= MIN_AREA) notes.push('textured background: outline found by colour');
  const isOdd = share < MIN_AREA || share > MAX_AREA;
  const confidence = outline === 0 ? 0 : (supported / outline) * (isTextured ? TRUST_TEXTURED : 1) * (isOdd ? 0.2 : 1);
  return { confidence, notes };
}
