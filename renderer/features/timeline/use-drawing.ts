/** A canvas as wide as what can be seen of the timeline, drawn again when that changes: ruler and waveforms. */
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useTheme } from '../../app/preferences.ts';
import type { Viewport } from '../../editor/geometry.ts';
import { subscribeViewport, viewportNow } from './viewport.ts';

/** Draws onto a canvas in CSS pixels; `color` is the canvas's own text colour. */
export type Drawing = (context: CanvasRenderingContext2D, view: Viewport, height: number, color: string) => void;

/** For a canvas whose box is kept over the visible part by `translateX`. Draws when the view or `deps` change. */
export function useDrawing(draw: Drawing, height: number, deps: readonly unknown[]): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    let handle = 0;
    const paint = (): void => {
      handle = 0;
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const view = viewportNow();
      const scale = window.devicePixelRatio;
      const [pixels, rows] = [Math.ceil(view.widthPx * scale), Math.ceil(height * scale)];
      if (element.width !== pixels || element.height !== rows) Object.assign(element, { width: pixels, height: rows });
      element.style.width = `${view.widthPx}px`;
      element.style.transform = `translateX(${view.scrollPx}px)`;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, view.widthPx, height);
      latest.current(context, view, height, getComputedStyle(element).color);
    };
    const ask = (): void => void (handle ||= requestAnimationFrame(paint));
    paint();
    const stop = subscribeViewport(ask);
    return () => {
      cancelAnimationFrame(handle);
      stop();
    };
    // `deps` are the caller's: what it draws from.
  }, [height, theme, ...deps]);
  return canvas;
}
