/** How textured the background is: the median local contrast (levels) in the outer tenth of the picture. */
import { gaussianBlur, percentile } from './filters.ts';
import type { WorkingPicture } from './working-picture.ts';

const MARGIN = 0.1;

export function frameTexture(picture: WorkingPicture): number {
  const { width, height, planes } = picture;
  const fine = gaussianBlur(planes[1], width, height, 1);
  const coarse = gaussianBlur(planes[1], width, height, 8);
  const depth = Math.round(Math.min(width, height) * MARGIN);
  const contrast: number[] = [];
  for (let at = 0; at < fine.length; at++) {
    const x = at % width;
    const y = (at - x) / width;
    if (x < depth || y < depth || x >= width - depth || y >= height - depth) contrast.push(Math.abs(fine[at]! - coarse[at]!));
  }
  return percentile(Float32Array.from(contrast), 0.5);
}
