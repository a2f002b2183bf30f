/** Values that every backdrop workflow may take, by the names of the manifests; a workflow gets those that it names. Pure. */
import type { Ratio } from '#core/project/ratio.ts';
import type { Manifest } from '#workflows/manifest.ts';
import { framesFor, sizeFor } from '#workflows/plan-clip.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import type { Values } from './generate.ts';

/** Frames per second of the project clock. */
const PROJECT_FPS = 30;

/** @param share of the workflow's usual number of pixels, 0..1 */
export function backdropValues(manifest: Manifest, request: BackdropRequest, share: number): Values {
  const { scene, style, ratio, generation } = request;
  const isClip = manifest.capability === 'backdrop-clip';
  const prompts = generation?.prompts[isClip ? 'clip' : 'still'];
  const seconds = scene.durationFrames / PROJECT_FPS;
  const all = {
    prompt: cut(prompts?.positive ?? '', manifest, 'prompt'), negativePrompt: cut(prompts?.negative ?? '', manifest, 'negativePrompt'),
    seed: scene.seed, ...sizeFor(manifest, ratio, share),
    ...(isClip ? { frames: framesFor(manifest, seconds)?.frames, fps: manifest.clip?.fps } : {}),
    color: colorNumber(style.palette[0]), tint: colorNumber(style.palette[1]),
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value !== undefined && Object.hasOwn(manifest.inputs, name) ? [[name, value]] : [])));
}

/** Megapixels × frames: the unit of forecasts for pictures and clips. */
export function pictureSize(values: Values, fallback: { readonly ratio: Ratio }): number {
  const { width, height, frames } = values;
  const pixels = typeof width === 'number' && typeof height === 'number' ? width * height : fallback.ratio === '1:1' ? 1024 * 1024 : 1280 * 704;
  return (pixels / 1e6) * (typeof frames === 'number' ? frames : 1);
}

function cut(text: string, manifest: Manifest, name: string): string {
  const input = Object.hasOwn(manifest.inputs, name) ? manifest.inputs[name] : undefined;
  return input?.type === 'text' ? text.slice(0, input.maxLength) : text;
}

/** `#c0ffee` → 0xc0ffee. */
function colorNumber(hex: string | undefined): number | undefined {
  return hex === undefined ? undefined : Number.parseInt(hex.slice(1, 7), 16);
}
