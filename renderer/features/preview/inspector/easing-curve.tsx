import { ease } from '#core/composition/easing.ts';
import type { Easing } from '#core/project/schema.ts';

const SIDE = 30;
const MARGIN = 5;
const POINTS = 24;

/** The curve of an easing, small, to recognise it by. */
export function EasingCurve({ easing }: { readonly easing: Easing }) {
  const inner = SIDE - 2 * MARGIN;
  const points = Array.from({ length: POINTS + 1 }, (_, index) => {
    const t = index / POINTS;
    return `${(MARGIN + t * inner).toFixed(1)},${(SIDE - MARGIN - ease(easing, t) * inner).toFixed(1)}`;
  });
  return (
    <svg aria-hidden width={32} height={32} viewBox={`0 0 ${SIDE} ${SIDE}`} className="shrink-0 rounded-md border border-line bg-sunken">
      <polyline points={points.join(' ')} fill="none" strokeWidth={1.6} strokeLinecap="round" strokeLinejoin="round" className="stroke-track-product" />
    </svg>
  );
}
