/** The part of the ideal product for products that are turned: the kernel is laid round every pixel anew. Pure. */
import type { Rect } from '#core/composition/layer.ts';
import type { FineRaster } from './fine-raster.ts';
import { fillWeights } from './lanczos-taps.ts';
import type { ProductPlacement } from './product-placement.ts';

/** Takes the premultiplied RGBA of a pixel of the region. */
export type Keep = (index: number, pixel: ArrayLike<number>) => void;

const TAPS = 6;
/** Alpha below which the nearest pixel cannot become opaque between the pixels. */
const HALF = 125;

export function sampleTurned(source: FineRaster, placement: ProductPlacement, region: Rect, keep: Keep): void {
  const pixel = new Float64Array(4);
  const place = new Float64Array(2);
  const toSource = inverseOf(placement, region, source);
  for (let y = 0, i = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++, i++) {
      toSource(x, y, place);
      sample(source, place[0] as number, place[1] as number, pixel);
      keep(i, pixel);
    }
  }
}

/** Region pixel → position in the source, where whole numbers are pixel middles. */
function inverseOf({ productRect: rect, rotationDeg }: ProductPlacement, region: Rect, sized: FineRaster): (x: number, y: number, place: Float64Array) => void {
  const angle = (-rotationDeg * Math.PI) / 180;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return (x, y, place) => {
    const fromMiddleX = region.x + x + 0.5 - (rect.x + rect.width / 2);
    const fromMiddleY = region.y + y + 0.5 - (rect.y + rect.height / 2);
    const localX = fromMiddleX * cosine - fromMiddleY * sine + rect.width / 2;
    const localY = fromMiddleX * sine + fromMiddleY * cosine + rect.height / 2;
    place[0] = (localX / rect.width) * sized.width - 0.5;
    place[1] = (localY / rect.height) * sized.height - 0.5;
  };
}

const WEIGHTS_U = new Float64Array(TAPS);
const WEIGHTS_V = new Float64Array(TAPS);

function sample({ width, height, data }: FineRaster, u: number, v: number, out: Float64Array): void {
  out.fill(0);
  const nearU = Math.round(u);
  const nearV = Math.round(v);
  if (nearU < 0 || nearV < 0 || nearU >= width || nearV >= height) return;
  if ((data[(nearV * width + nearU) * 4 + 3] as number) < HALF) return;
  const firstU = Math.floor(u) - TAPS / 2 + 1;
  const firstV = Math.floor(v) - TAPS / 2 + 1;
  fillWeights(WEIGHTS_U, u - firstU, 1);
  fillWeights(WEIGHTS_V, v - firstV, 1);
  for (let row = Math.max(0, -firstV); row < Math.min(TAPS, height - firstV); row++) {
    for (let column = Math.max(0, -firstU); column < Math.min(TAPS, width - firstU); column++) {
      const weight = (WEIGHTS_V[row] as number) * (WEIGHTS_U[column] as number);
      const at = ((firstV + row) * width + firstU + column) * 4;
      for (let channel = 0; channel < 4; channel++) out[channel] = (out[channel] as number) + weight * (data[at + channel] as number);
    }
  }
}
