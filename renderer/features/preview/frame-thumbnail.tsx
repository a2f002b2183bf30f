import type { Ratio } from '#core/project/ratio.ts';

/** One frame of the film, small. */
export function FrameThumbnail(_props: { readonly ratio: Ratio; readonly frame: number; readonly width: number }) {
  return <div />;
}
