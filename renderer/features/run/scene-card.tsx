import { CircleAlert, CircleCheck, RotateCw } from 'lucide-react';
import type { Ratio } from '#core/project/ratio.ts';
import type { Scene } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import { Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Progress } from '../../ui/controls.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { BackdropPicture } from './backdrop-picture.tsx';
import { FilmPicture } from './film-picture.tsx';
import type { ScenePicture, SceneStanding } from './scene-standing.ts';

interface SceneCardProps {
  readonly scene: Scene;
  readonly number: number;
  readonly ratio: Ratio;
  readonly standing: SceneStanding;
}

/** One scene while it is made: what it looks like so far, who makes it, how far it is. */
export function SceneCard({ scene, number, ratio, standing }: SceneCardProps) {
  const { run, storyboard } = useStrings();
  const name = scene.name ?? storyboard.purpose[scene.purpose];
  return (
    <li className={cx('flex flex-col overflow-hidden rounded-lg border bg-surface', standing.state === 'running' ? 'border-line-strong' : 'border-line')}>
      <div className="relative overflow-hidden bg-sunken" style={{ aspectRatio: ratio.replace(':', '/') }}>
        <Picture picture={standing.picture} label={run.playScene(number, name)} isWorking={standing.state === 'running'} />
        <span className="absolute top-1.5 left-1.5 rounded bg-black/60 px-1.5 text-[11px] leading-5 font-medium text-white tabular-nums">{number}</span>
      </div>
      <Progress label={run.sceneProgress(number)} value={standing.progress} className="h-[3px] rounded-none" />
      <div className="flex min-w-0 flex-col gap-0.5 px-2.5 py-2">
        <div className="flex items-center gap-1.5">
          <StateIcon standing={standing} />
          <h3 className="min-w-0 flex-1 truncate font-medium" title={name}>{name}</h3>
        </div>
        <SceneState standing={standing} />
      </div>
    </li>
  );
}

function SceneState({ standing }: { readonly standing: SceneStanding }) {
  const { run } = useStrings();
  const { state, work, provider, fallbacks, retry } = standing;
  const words = state === 'running' ? (work ? (run.work[work.kind as keyof typeof run.work] ?? run.working) : run.waitsForTurn) : run.sceneState[state];
  const [fallback] = fallbacks;
  const why = fallback && sayProblem(fallback.name, fallback.reason);
  const wrong = retry && sayProblem(retry.code, retry.message);
  return (
    <>
      <p className="truncate text-xs text-muted" title={words}>{words}</p>
      {state === 'running' && work?.note && <p className="truncate text-xs text-muted" title={work.note}>{work.note}</p>}
      {provider && <p className="truncate text-xs text-muted">{run.madeBy(run.provider[provider as keyof typeof run.provider] ?? provider)}</p>}
      {fallback && why && (
        <Tooltip label={why.detail ?? why.text}>
          <p tabIndex={0} className="line-clamp-2 text-xs text-warning">{run.fallback(run.provider[fallback.from as keyof typeof run.provider] ?? fallback.from, why.text)}</p>
        </Tooltip>
      )}
      {wrong && <p className="line-clamp-2 text-xs text-warning" title={wrong.detail ?? wrong.text}>{run.triedAgain(wrong.text)}</p>}
    </>
  );
}

function StateIcon({ standing: { state, retry } }: { readonly standing: SceneStanding }) {
  if (state === 'failed') return <CircleAlert aria-hidden className="size-3.5 text-danger" />;
  if (state === 'done') return <CircleCheck aria-hidden className="size-3.5 text-success" />;
  if (retry) return <RotateCw aria-hidden className="size-3.5 text-warning" />;
  return state === 'running' ? <Spinner className="size-3 text-accent" /> : <span aria-hidden className="mx-0.5 size-2.5 rounded-full border border-line-strong" />;
}

function Picture({ picture, label, isWorking }: { readonly picture: ScenePicture; readonly label: string; readonly isWorking: boolean }) {
  if (picture.kind === 'film') return <FilmPicture hash={picture.hash} label={label} />;
  if (picture.kind === 'preview') return <img src={picture.src} alt="" className="size-full object-cover" />;
  if (picture.kind === 'backdrop') return <BackdropPicture manifest={picture.manifest} />;
  return <div className={cx('size-full bg-gradient-to-b from-sunken to-raised', isWorking && 'animate-pulse')} />;
}
