/** Cuts a rectangle out of a planar 4:2:0 frame, so that only what is looked at is converted. */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';

/** The smallest part with even corners and sides that holds `rect`, inside the frame. At least 2 × 2. */
export function cropFrame(frame: Uint8Array, size: Size, rect: Rect): { readonly frame: Uint8Array; readonly size: Size } {
  const left = even(Math.min(size.width - 2, Math.max(0, Math.floor(rect.x))));
  const top = even(Math.min(size.height - 2, Math.max(0, Math.floor(rect.y))));
  const width = Math.max(2, even(Math.min(size.width, Math.ceil(rect.x + rect.width) + 1) - left));
  const height = Math.max(2, even(Math.min(size.height, Math.ceil(rect.y + rect.height) + 1) - top));
  const out = new Uint8Array((width * height * 3) / 2);
  const luma = size.width * size.height;
  copyPlane(frame, 0, size.width, { left, top, width, height }, out, 0);
  const half = { left: left / 2, top: top / 2, width: width / 2, height: height / 2 };
  copyPlane(frame, luma, size.width / 2, half, out, width * height);
  copyPlane(frame, luma + luma / 4, size.width / 2, half, out, width * height + half.width * half.height);
  return { frame: out, size: { width, height } };
}

interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function copyPlane(from: Uint8Array, start: number, stride: number, { left, top, width, height }: Part, to: Uint8Array, at: number): void {
  for (let row = 0; row < height; row++) {
    const source = start + (top + row) * stride + left;
    to.set(from.subarray(source, source + width), at + row * width);
  }
}

function even(value: number): number {
  return value - (value % 2);
}
