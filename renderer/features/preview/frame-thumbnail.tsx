/** One frame of the film, small: for clips of the timeline and cards of scenes. Drawn by the painter when it comes into sight, kept until the film changes. */
import { useEffect, useRef } from 'react';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { cx } from '../../ui/cx.ts';
import { makeThumbnail } from './painter-client.ts';
import { useFilm } from './preview-session.ts';
import { ThumbnailQueue } from './thumbnail-queue.ts';

interface FrameThumbnailProps {
  readonly ratio: Ratio;
  readonly frame: number;
  /** Screen pixels. */
  readonly width: number;
  readonly className?: string;
}

/** A few at once: they must not stand in the way of the preview itself. */
const queue = new ThumbnailQueue(2);

/** A frame of the open project. Purely to look at; whoever shows it says in words what it is. */
export function FrameThumbnail({ ratio, frame, width, className }: FrameThumbnailProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { film } = useFilm(ratio);
  const full = canvasSize(ratio);
  const height = Math.round((width * full.height) / full.width);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !film) return;
    const pixels = Math.round(width * Math.min(2, window.devicePixelRatio));
    let giveUp: (() => void) | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      giveUp?.();
      giveUp = undefined;
      if (!entry?.isIntersecting) return;
      giveUp = queue.add(async () => {
        const picture = await makeThumbnail(ratio, frame, pixels);
        observer.disconnect();
        if (picture) element.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
      });
    }, { rootMargin: '200px' });
    observer.observe(element);
    return () => {
      giveUp?.();
      observer.disconnect();
    };
  }, [film, ratio, frame, width]);

  return <canvas ref={canvas} aria-hidden width={width} height={height} style={{ width, height }} className={cx('block shrink-0 bg-sunken', className)} />;
}
