/** Lays cut paper over what is there: first the sheet's soft shadow away from the light, then the sheet itself. */
import type { Stage } from '../set-types.ts';
import type { Linear } from './color.ts';
import { mix, smoothstep } from './math.ts';

export interface PaperSheet {
  readonly color: Linear;
  /** Distance to the cut edge, positive on the sheet, canvas heights. */
  readonly inside: (x: number, y: number) => number;
  /** How far it floats before the sheet behind; 0 throws no shadow. */
  readonly lift: number;
}

export interface LaySheet {
  (sheet: PaperSheet, edge: number, x: number, y: number, out: Float64Array): void;
  shadow(sheet: PaperSheet, x: number, y: number, out: Float64Array): void;
}

export function paperSheet(stage: Stage): LaySheet {
  const { light } = stage;
  const spread = mix(0.6, 1.6, light.softness);
  const shadow = (sheet: PaperSheet, x: number, y: number, out: Float64Array): void => {
    if (sheet.lift === 0) return;
    const near = sheet.inside(x, y);
    if (near < -6 * sheet.lift) return;
    const cast = sheet.inside(x + light.right * sheet.lift, y - light.up * sheet.lift * 0.9);
    const dark = 1 - 0.5 * smoothstep(-sheet.lift * spread, sheet.lift * spread, cast) - 0.16 * Math.exp(Math.min(0, near) / (sheet.lift * 0.35));
    for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! * dark;
  };
  const lay = (sheet: PaperSheet, edge: number, x: number, y: number, out: Float64Array): void => {
    const inside = sheet.inside(x, y);
    if (inside < edge) shadow(sheet, x, y, out);
    const share = smoothstep(-edge, edge, inside);
    if (share <= 0) return;
    const lip = 1 + 0.07 * Math.exp(-Math.max(0, inside) / 0.003);
    for (let channel = 0; channel < 3; channel++) out[channel] = mix(out[channel]!, sheet.color[channel]! * lip, share);
  };
  return Object.assign(lay, { shadow });
}
