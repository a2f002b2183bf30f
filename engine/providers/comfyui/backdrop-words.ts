/** What a backdrop workflow is told, by the names of the manifests, and how much that asks for. Pure. */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Manifest } from '#workflows/manifest.ts';
import { framesFor, sizeFor } from '#workflows/plan-clip.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { takeInputs } from './take-inputs.ts';
import type { Values } from './take-inputs.ts';

/** Frames per second of the project clock. */
export const PROJECT_FPS = 30;

/** @param share of the workflow's usual number of pixels, 0..1 */
export function backdropValues(manifest: Manifest, { scene, style, ratio, generation }: BackdropRequest, share: number): Values {
  const isClip = manifest.capability === 'backdrop-clip';
  const prompts = generation?.prompts[isClip ? 'clip' : 'still'];
  return takeInputs(manifest, {
    prompt: prompts?.positive ?? '', negativePrompt: prompts?.negative ?? '', seed: scene.seed, ...sizeFor(manifest, ratio, share),
    ...(isClip ? { frames: framesFor(manifest, scene.durationFrames / PROJECT_FPS)?.frames, fps: manifest.clip?.fps } : {}),
    color: colorNumber(style.palette[0]), tint: colorNumber(style.palette[1]),
  });
}

/** Megapixels × frames: the unit of forecasts for pictures and clips. A workflow that chooses its size itself is taken to fill the canvas. */
export function pictureSize({ width, height, frames }: Values, ratio: Ratio): number {
  const canvas = canvasSize(ratio);
  const pixels = typeof width === 'number' && typeof height === 'number' ? width * height : canvas.width * canvas.height;
  return (pixels / 1e6) * (typeof frames === 'number' ? frames : 1);
}

/** `#c0ffee` → 0xc0ffee. */
function colorNumber(hex: string | undefined): number | undefined {
  return hex === undefined ? undefined : Number.parseInt(hex.slice(1, 7), 16);
}
