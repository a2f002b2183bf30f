/** From what a scene needs (ratio, seconds, frame rate) to what a clip workflow can be asked for. Pure. */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio, Size } from '#core/project/ratio.ts';
import type { Manifest, WorkflowInput } from './manifest.ts';
import { nearestAllowed } from './patch-workflow.ts';

/** A picture of the ratio with about as many pixels as the workflow's default; `share` < 1 asks for fewer, when memory is short. */
export function sizeFor(manifest: Manifest, ratio: Ratio, share = 1): Size | undefined {
  const [width, height] = [numberInput(manifest, 'width'), numberInput(manifest, 'height')];
  if (width?.default === undefined || height?.default === undefined) return undefined;
  const canvas = canvasSize(ratio);
  const scale = Math.sqrt((width.default * height.default * share) / (canvas.width * canvas.height));
  return { width: nearestAllowed(width, canvas.width * scale), height: nearestAllowed(height, canvas.height * scale) };
}

/** The fewest frames that fill the time; `isWhole` is false when the workflow's longest clip is shorter. */
export function framesFor(manifest: Manifest, seconds: number): { readonly frames: number; readonly isWhole: boolean } | undefined {
  const input = numberInput(manifest, 'frames');
  if (!input || !manifest.clip) return undefined;
  const wanted = Math.ceil(seconds * manifest.clip.fps - 1e-6);
  const step = input.step ?? 1;
  const frames = nearestAllowed(input, input.min + Math.ceil((wanted - input.min) / step) * step);
  return { frames, isWhole: frames >= wanted };
}

/**
 * How often in-between frames are needed so that no delivered frame shows twice, and the frame rate that keeps the clip's speed.
 * Undefined when the clip is fast enough as it is. 16 → ×2 = 32, 24 → ×2 = 48; the film's own rate is sampled from that.
 */
export function interpolationFor(clipFps: number, deliveryFps: number): { readonly multiplier: number; readonly fps: number } | undefined {
  if (clipFps >= deliveryFps) return undefined;
  const multiplier = Math.min(8, Math.ceil(deliveryFps / clipFps));
  return { multiplier, fps: clipFps * multiplier };
}

function numberInput(manifest: Manifest, name: string): Extract<WorkflowInput, { type: 'int' | 'float' }> | undefined {
  const input = Object.hasOwn(manifest.inputs, name) ? manifest.inputs[name] : undefined;
  return input?.type === 'int' || input?.type === 'float' ? input : undefined;
}
