import { CircleAlert, CircleCheck, CircleSlash, Unplug } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useConnection } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import { Spinner } from '../../ui/button.tsx';
import { Progress } from '../../ui/controls.tsx';
import { formatClock, formatCost } from './format-time.ts';
import { cx } from '../../ui/cx.ts';
import { sayStatus } from '../sidecar/say-status.ts';
import { useSidecar } from '../sidecar/sidecar-store.ts';
import { RunActions } from './run-actions.tsx';
import type { RunStep } from './run-model.ts';
import type { FollowedRun } from './run-store.ts';
import { tickRun } from './run-store.ts';
import { StageRail } from './stage-rail.tsx';
import { useNow } from './use-now.ts';

interface RunStatusProps {
  readonly run: FollowedRun;
  readonly isInterrupted: boolean;
  /** Known after the end. */
  readonly costUsd: number;
  /** What to do next, when it is done. */
  readonly children?: ReactNode;
}

/** How a run is, in one band: state, stages, time, what can be done. */
export function RunStatus({ run: { model, eta }, isInterrupted, costUsd, children }: RunStatusProps) {
  const { run, common } = useStrings();
  const language = useLanguage();
  const isLost = useConnection((connection) => connection.state === 'lost');
  const isRunning = model.state === 'running' && !isInterrupted;
  const now = useNow(1000, isRunning);
  useEffect(() => (isRunning ? tickRun(model.runId) : undefined), [now, isRunning, model.runId]);
  const elapsed = model.startedMs === null ? null : formatClock((model.endedMs ?? Math.max(now, model.startedMs)) - model.startedMs);
  const steps = [...model.steps.values()];
  const problem = model.error && sayProblem(model.error.code, model.error.message);
  const kept = steps.filter((step) => step.state === 'succeeded').length;
  return (
    <section aria-label={run.status} className="border-b border-line bg-surface px-5 pt-4 pb-3.5">
      <div className="flex items-center gap-3">
        <StateIcon state={isInterrupted ? 'interrupted' : isLost && isRunning ? 'lost' : model.state} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold" aria-live="polite">{isInterrupted ? run.interrupted : run.state[model.state]}</h2>
          <p className="truncate text-muted tabular-nums">
            {isRunning && <>{isLost ? run.engineGone : eta.shownSeconds === null ? run.estimating : run.remaining(eta.shownSeconds)}{' · '}</>}
            {elapsed !== null && (model.state === 'succeeded' ? run.took(elapsed) : isRunning ? run.elapsed(elapsed) : run.stoppedAfter(elapsed))}
            {costUsd > 0 && <>{' · '}{run.cost(formatCost(costUsd, language))}</>}
          </p>
        </div>
        {isRunning && <span className="text-xl font-semibold tabular-nums">{common.percent(Math.min(0.99, model.progress))}</span>}
        <RunActions run={model} isInterrupted={isInterrupted} />
        {children}
      </div>
      {isRunning && <Progress label={run.progress} value={model.progress} className="mt-3" />}
      {isRunning && <SidecarNews steps={steps} />}
      {(model.state === 'failed' || isInterrupted) && (
        <div role="alert" className="mt-3 rounded-md border border-danger/30 bg-danger-soft px-3 py-2">
          <p>{problem?.text ?? run.interruptedText}</p>
          {problem?.detail && <p className="mt-0.5 text-xs text-muted">{problem.detail}</p>}
          {kept > 0 && <p className="mt-0.5 text-muted">{run.keptSteps(kept, steps.length)}</p>}
        </div>
      )}
      {model.state !== 'succeeded' && <div className="mt-3"><StageRail run={model} /></div>}
    </section>
  );
}

const BY_COMFY: ReadonlySet<string> = new Set(['backdrop', 'music', 'cutout']);

/** While work that ComfyUI may do is left: that it is starting, or that it has ended and what happens next. */
function SidecarNews({ steps }: { readonly steps: readonly RunStep[] }) {
  const { run, sidecar } = useStrings();
  const status = useSidecar((news) => news.status);
  const isWanted = steps.some((step) => BY_COMFY.has(step.kind) && (step.state === 'running' || step.state === 'queued'));
  if (!isWanted || status === undefined) return null;
  if (status.state === 'failed' && status.problem !== null) return <Notice isLoss text={run.comfyGone} />;
  if (status.state !== 'starting') return null;
  return status.problem !== null ? <Notice isLoss text={run.comfyAway} /> : <Notice text={`${sidecar.name}: ${sayStatus(status).text}`} />;
}

function Notice({ text, isLoss = false }: { readonly text: string; readonly isLoss?: boolean }) {
  return (
    <p role="status" className={cx('mt-3 flex items-center gap-2 rounded-md px-3 py-2', isLoss ? 'bg-warning-soft text-warning' : 'bg-sunken text-muted')}>
      {isLoss ? <Unplug aria-hidden className="size-4 shrink-0" /> : <Spinner className="size-3.5 shrink-0" />}{text}
    </p>
  );
}

function StateIcon({ state }: { readonly state: FollowedRun['model']['state'] | 'interrupted' | 'lost' }) {
  if (state === 'succeeded') return <CircleCheck aria-hidden className="size-6 shrink-0 text-success" />;
  if (state === 'failed' || state === 'interrupted') return <CircleAlert aria-hidden className="size-6 shrink-0 text-danger" />;
  if (state === 'canceled') return <CircleSlash aria-hidden className="size-6 shrink-0 text-muted" />;
  if (state === 'lost') return <Unplug aria-hidden className="size-6 shrink-0 text-warning" />;
  return <Spinner className="size-5 shrink-0 text-accent" />;
}
