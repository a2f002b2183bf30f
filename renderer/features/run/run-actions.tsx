import { useQueryClient } from '@tanstack/react-query';
import { RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.ts';
import type { RunModel } from './run-model.ts';
import { resumeRun } from './run-store.ts';

/** Less work than this is canceled without a question. */
const WORTH_ASKING_MS = 30_000;

interface RunActionsProps {
  readonly run: RunModel;
  /** It has begun and nobody works on it. */
  readonly isInterrupted: boolean;
}

/** Cancel while it runs; taking it up again when it has stopped. */
export function RunActions({ run, isInterrupted }: RunActionsProps) {
  const { run: words } = useStrings();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isOpen = (run.state === 'running' || run.state === 'queued') && !isInterrupted;
  const canRetry = run.state === 'failed' || run.state === 'canceled' || isInterrupted;
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    await work().catch(toast.error);
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ['runs'] });
  };
  const cancel = (): void => void act(() => engine.runs.cancel({ runId: run.runId }));
  const retry = (): void => void act(() => resumeRun(run.runId));
  const askOrCancel = (): void => (run.startedMs !== null && Date.now() - run.startedMs > WORTH_ASKING_MS ? setAsking(true) : cancel());
  const retryLabel = run.state === 'failed' ? words.retry : words.resume;
  useCommands([
    { id: 'run.cancel', label: words.cancelRun, group: words.group, keys: ['mod+.'], isDisabled: !isOpen || isBusy, run: askOrCancel },
    { id: 'run.retry', label: retryLabel, group: words.group, keys: ['mod+r'], isDisabled: !canRetry || isBusy, run: retry },
  ]);
  return (
    <>
      {isOpen && <Button icon={<Square aria-hidden className="size-3 fill-current" />} isBusy={isBusy} onClick={askOrCancel}>{words.cancelRun}</Button>}
      {canRetry && <Button kind="primary" icon={<RotateCw aria-hidden className="size-3.5" />} isBusy={isBusy} onClick={retry}>{retryLabel}</Button>}
      <Confirm title={words.cancelTitle} description={words.cancelText} action={words.cancelRun} isDangerous isOpen={isAsking} onOpenChange={setAsking} onConfirm={cancel} />
    </>
  );
}
