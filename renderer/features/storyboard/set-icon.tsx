import type { ReactNode } from 'react';
import type { SetKind } from '#core/project/schema.ts';

/** A studio set as a little drawing, in the colours of the palette: wall, floor and the thing that the set is known by. */
export function SetIcon({ kind, palette }: { readonly kind: SetKind; readonly palette: readonly string[] }) {
  const [wall = '#888', accent = '#aaa', floor = '#ccc'] = palette;
  return (
    <svg viewBox="0 0 48 32" aria-hidden className="block w-full rounded-[3px]" preserveAspectRatio="xMidYMid slice">
      <rect width="48" height="32" fill={wall} />
      {FLOORLESS.has(kind) ? null : <rect y="22" width="48" height="10" fill={floor} />}
      <g fill={accent}>{SHAPES[kind]}</g>
    </svg>
  );
}

const FLOORLESS: ReadonlySet<SetKind> = new Set(['flat', 'bokeh', 'mesh', 'split', 'cyclorama']);
const SHAPES: Readonly<Record<SetKind, ReactNode>> = {
  cyclorama: <path d="M0 32V24C16 24 14 19 24 19S32 24 48 24V32Z" opacity=".8" />,
  gobo: <g opacity=".7"><path d="M14 0h5L11 22H5Z" /><path d="M24 0h5L21 22H15Z" /><path d="M34 0h5L31 22H25Z" /></g>,
  bokeh: <g opacity=".75"><circle cx="11" cy="11" r="5" /><circle cx="27" cy="19" r="7" /><circle cx="39" cy="9" r="4" /><circle cx="20" cy="5" r="2.5" /></g>,
  podium: <><ellipse cx="24" cy="22" rx="11" ry="3" /><path d="M13 22v5c0 1.700 4.900 3 11 3s11-1.300 11-3v-5c0 1.700-4.900 3-11 3s-11-1.300-11-3Z" opacity=".7" /></>,
  tabletop: <path d="M0 20h48v3H0Z" />,
  paper: <><path d="M0 22 10 10l9 12Z" /><path d="M14 22 27 6l13 16Z" opacity=".7" /></>,
  mesh: <g opacity=".7"><ellipse cx="12" cy="26" rx="20" ry="12" /><ellipse cx="42" cy="4" rx="16" ry="10" opacity=".7" /></g>,
  arch: <path d="M15 22V13a9 9 0 0 1 18 0v9Z" />,
  waves: <path d="M0 20c6-6 10-6 16 0s10 6 16 0 10-6 16 0v4H0Z" />,
  spotlight: <path d="M24 0 10 26c6 4 22 4 28 0Z" opacity=".55" />,
  split: <path d="M24 0h24v32H24Z" />,
  flat: <rect x="14" y="14" width="20" height="4" rx="2" />,
};
