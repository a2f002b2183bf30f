/** Numbers as people type them: with a comma or a point, and whatever unit stands behind. Pure. */

/** The number, within limits; undefined when there is none. */
export function readNumber(text: string, min: number, max: number): number | undefined {
  const found = /^\s*([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*(?:px|%|°)?\s*$/.exec(text.replace('−', '-'))?.[1];
  return found === undefined ? undefined : Math.min(max, Math.max(min, Number(found.replace(',', '.'))));
}

/** As short as its digits allow. */
export function formatNumber(value: number, digits: number): string {
  const rounded = Number(value.toFixed(digits));
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
