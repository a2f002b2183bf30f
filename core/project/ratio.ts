/** Delivered picture ratios and their sizes in pixels (DESIGN §5). */
export const RATIOS = ['9:16', '1:1', '16:9'] as const;

/** A delivered picture ratio, width to height. */
export type Ratio = (typeof RATIOS)[number];

/** Width and height in whole pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const SIZES: Readonly<Record<Ratio, Size>> = {
  '9:16': { width: 1080, height: 1920 },
  '1:1': { width: 1080, height: 1080 },
  '16:9': { width: 1920, height: 1080 },
};

/** The delivered canvas of a ratio, in pixels; both sides are even. */
export function canvasSize(ratio: Ratio): Size {
  return SIZES[ratio];
}

/** The ratio as it stands in file names: `9:16` → `9x16`. */
export function formatRatioForFile(ratio: Ratio): string {
  return ratio.replace(':', 'x');
}
