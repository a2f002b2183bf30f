/**
 * Can this colour be the background in shade? A shadow scales the background's linear light by one factor; light bounced
 * from coloured surroundings shifts its tint a little, the more so the deeper the shadow.
 */
import { decodeSrgb, encodeSrgb } from './srgb.ts';

export interface ShadowFit {
  /** How much of the background's light is left; 1 = unshaded, above 1 = brighter than the background. */
  readonly shade: number;
  /** Distance in levels between the colour and the shaded background. */
  readonly residual: number;
}

const MAX_SHADE = 1.25;

/** Fits `colour ≈ shade × background`; both sRGB-coded 0–255. */
export function fitShadow(red: number, green: number, blue: number, backRed: number, backGreen: number, backBlue: number): ShadowFit {
  const back0 = decodeSrgb(backRed) + 1e-4;
  const back1 = decodeSrgb(backGreen) + 1e-4;
  const back2 = decodeSrgb(backBlue) + 1e-4;
  const own = 0.3 * decodeSrgb(red) + 0.5 * decodeSrgb(green) + 0.2 * decodeSrgb(blue) + 1e-4;
  const shade = own / (0.3 * back0 + 0.5 * back1 + 0.2 * back2);
  const used = Math.min(MAX_SHADE, shade);
  const off0 = red - encodeSrgb(used * back0);
  const off1 = green - encodeSrgb(used * back1);
  const off2 = blue - encodeSrgb(used * back2);
  return { shade, residual: Math.sqrt(off0 * off0 + off1 * off1 + off2 * off2) };
}
