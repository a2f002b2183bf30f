/**
 * Runs a shader over every pixel of a layer and encodes its linear light as 16-bit sRGB, so that no gradient bands: the
 * compositor dithers once, at the end. Smooth content is drawn at reduced density, crisp edges at full density. The
 * shader sees stage coordinates (canvas heights).
 */
import type { DeepRaster } from '#engine/compositing/raster.ts';
import type { FractionRect, Stage } from '../set-types.ts';
import { srgbFromLinear } from '#core/lib/color/srgb.ts';

/** Writes linear red, green, blue and alpha (0..1) of one point into `out`. */
export type Shader = (x: number, y: number, out: Float64Array) => void;

/** Pixels per canvas pixel of blurred content; the compositor interpolates. */
export const SOFT_DENSITY = 1 / 3;

const TABLE_SIZE = 2048;
/** sRGB encoding sampled over the square root of light, where it is almost straight. */
const ENCODE_TABLE = Float64Array.from({ length: TABLE_SIZE + 2 }, (_, index) => srgbFromLinear((index / TABLE_SIZE) ** 2));
/** Light above this rolls off instead of clipping, as on film. */
const SHOULDER = 0.8;

/** 16-bit layer. `isFilter`: the shader writes display values (for multiply and screen layers), not light. */
export function shadeDeep(stage: Stage, rect: FractionRect, shader: Shader, options: { density?: number; hasAlpha?: boolean; isFilter?: boolean } = {}): DeepRaster {
  const { width, height } = pixelSize(stage, rect, options.density ?? SOFT_DENSITY);
  const channels = options.hasAlpha ? 4 : 3;
  const data = new Uint16Array(width * height * channels);
  const encode = options.isFilter ? clampUnit : encodeLight;
  forEachPixel(stage, rect, width, height, shader, (index, out) => {
    const at = index * channels;
    data[at] = encode(out[0]!) * 65535 + 0.5;
    data[at + 1] = encode(out[1]!) * 65535 + 0.5;
    data[at + 2] = encode(out[2]!) * 65535 + 0.5;
    if (channels === 4) data[at + 3] = out[3]! * 65535 + 0.5;
  });
  return { width, height, channels, data };
}

function pixelSize(stage: Stage, rect: FractionRect, density: number): { width: number; height: number } {
  return {
    width: Math.max(2, Math.round(rect.width * stage.size.width * density)),
    height: Math.max(2, Math.round(rect.height * stage.size.height * density)),
  };
}

function forEachPixel(stage: Stage, rect: FractionRect, width: number, height: number, shader: Shader, write: (index: number, out: Float64Array) => void): void {
  const out = new Float64Array(4);
  const stepX = (rect.width * stage.aspect) / width;
  const stepY = rect.height / height;
  for (let row = 0; row < height; row++) {
    const y = rect.y + (row + 0.5) * stepY;
    for (let column = 0; column < width; column++) {
      out[3] = 1;
      shader(rect.x * stage.aspect + (column + 0.5) * stepX, y, out);
      write(row * width + column, out);
    }
  }
}

/** Linear light to an sRGB value 0..1 with a soft shoulder. */
export function encodeLight(light: number): number {
  if (!(light > 0)) return 0;
  const rolled = light <= SHOULDER ? light : SHOULDER + (1 - SHOULDER) * (1 - Math.exp((SHOULDER - light) / (1 - SHOULDER)));
  const position = Math.sqrt(rolled) * TABLE_SIZE;
  const index = position | 0;
  return ENCODE_TABLE[index]! + (ENCODE_TABLE[index + 1]! - ENCODE_TABLE[index]!) * (position - index);
}

const clampUnit = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);
