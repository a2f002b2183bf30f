/** One canvas that shows a ratio at the playhead. The worker draws it; this follows the playhead and the size. */
import { useEffect, useRef } from 'react';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { canvasScale, Pace } from './canvas-scale.ts';
import { openSurface } from './painter-client.ts';
import type { Painted, Surface } from './painter-client.ts';
import { shownFrame, subscribeShownFrame } from './draft-view.ts';
import { playbackNow, subscribeFrame, usePlaybackSelector } from './playback.ts';
import type { Resolution } from './stage-settings.ts';

interface FilmCanvasProps {
  readonly ratio: Ratio;
  readonly label: string;
  /** Screen pixels per pixel of the film. */
  readonly zoom: number;
  readonly resolution: Resolution;
  onPainted?(painted: Painted, rate: number): void;
}

/** The picture of a ratio; fills its parent. */
export function FilmCanvas({ ratio, label, zoom, resolution, onPainted }: FilmCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const surface = useRef<Surface>(undefined);
  const pace = useRef(new Pace());
  const resize = useRef(() => {});
  const report = useRef(onPainted);
  report.current = onPainted;
  const isPlaying = usePlaybackSelector((playback) => playback.isPlaying);

  resize.current = () => {
    const full = canvasSize(ratio);
    const scale = canvasScale(resolution, zoom * window.devicePixelRatio, pace.current.stepsDown);
    surface.current?.resize(Math.round(full.width * scale), Math.round(full.height * scale));
  };

  useEffect(() => {
    const canvas = document.createElement('canvas');
    canvas.className = 'absolute inset-0 size-full';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
    host.current?.append(canvas);
    const opened = openSurface(canvas, ratio, (painted) => {
      canvas.dataset['frame'] = String(painted.frame);
      canvas.dataset['whole'] = String(painted.isWhole);
      const { isPlaying: isRunning, rate, fps } = playbackNow();
      if (isRunning && pace.current.note(painted.milliseconds, fps)) resize.current();
      report.current?.(painted, isRunning ? rate : 0);
    });
    surface.current = opened;
    resize.current();
    return () => {
      opened.close();
      canvas.remove();
    };
  }, [ratio, label]);

  useEffect(() => resize.current(), [ratio, zoom, resolution, label]);

  useEffect(() => {
    const draw = (): void => {
      const { isPlaying: isRunning, rate } = playbackNow();
      surface.current?.draw(shownFrame(), isRunning ? rate : 0);
    };
    if (!isPlaying) {
      pace.current.reset();
      resize.current();
    }
    draw();
    const stops = [subscribeFrame(draw), subscribeShownFrame(draw)];
    return () => stops.forEach((stop) => stop());
  }, [isPlaying, ratio, label]);

  return <div ref={host} className="absolute inset-0 bg-black" />;
}
