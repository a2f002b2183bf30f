/** One ratio on the stage: its canvas, what lies over it, and what is said while there is no picture. */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CanvasOverlay } from './canvas/canvas-overlay.tsx';
import { FilmCanvas } from './film-canvas.tsx';
import type { Painted } from './painter-client.ts';
import { retryFilm, useFilm } from './preview-session.ts';
import { setStage, useStageSettings } from './stage-settings.ts';

interface FilmViewProps {
  readonly ratio: Ratio;
  readonly zoom: number;
  /** Said under the picture when there are several. */
  readonly isNamed: boolean;
  onPainted(painted: Painted, rate: number): void;
}

/** A ratio at the playhead. */
export function FilmView({ ratio, zoom, isNamed, onPainted }: FilmViewProps) {
  const { preview } = useStrings();
  const resolution = useStageSettings((settings) => settings.resolution);
  const isActive = useStageSettings((settings) => settings.ratio === ratio);
  const { live, state, error } = useFilm(ratio);
  const { width, height } = canvasSize(ratio);
  return (
    <figure className="flex flex-col items-center">
      <div className={cx('relative overflow-clip shadow-pop', isNamed && isActive && 'outline-2 outline-offset-4 outline-accent/70')} style={{ width: Math.round(width * zoom), height: Math.round(height * zoom), overflowClipMargin: 40 }}>
        <FilmCanvas ratio={ratio} label={preview.canvas(ratio)} zoom={zoom} resolution={resolution} {...(isActive ? { onPainted } : {})} />
        {live && <CanvasOverlay film={live} zoom={zoom} />}
        {!live && state !== 'failed' && <div className="absolute inset-0 overflow-hidden bg-sunken"><LoadingState text={preview.making} /></div>}
        {!live && state === 'failed' && <div className="absolute inset-0 overflow-auto bg-sunken"><ErrorState error={error} onRetry={() => retryFilm(ratio)} /></div>}
      </div>
      {isNamed && (
        <figcaption className="flex h-6 items-end">
          <button type="button" onClick={() => setStage({ ratio })} aria-pressed={isActive} className={cx('rounded px-2 text-xs tabular-nums', isActive ? 'font-medium text-text' : 'text-muted hover:text-text')}>{ratio}</button>
        </figcaption>
      )}
    </figure>
  );
}
