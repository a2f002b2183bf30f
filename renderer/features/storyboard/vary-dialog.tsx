import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.ts';
import { flushProject } from '../project/project-store.ts';

type Axis = 'hook' | 'copy' | 'look';
const AXES: readonly Axis[] = ['hook', 'copy', 'look'];
const COUNTS = ['1', '2', '3', '4'] as const;

interface VaryDialogProps {
  readonly projectId: string;
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}

/** Makes sibling projects that differ in one thing. */
export function VaryDialog({ projectId, isOpen, onOpenChange }: VaryDialogProps) {
  const { storyboard, common } = useStrings();
  const queries = useQueryClient();
  const [axis, setAxis] = useState<Axis>('hook');
  const [count, setCount] = useState<(typeof COUNTS)[number]>('2');
  const [isBusy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    try {
      await flushProject();
      const { projectIds } = await engine.projects.vary({ projectId, axis, count: Number(count) });
      await queries.invalidateQueries({ queryKey: ['projects'] });
      toast.success(storyboard.variantsMade(projectIds.length));
      onOpenChange(false);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={storyboard.makeVariants} description={storyboard.varyHint} isOpen={isOpen} onOpenChange={onOpenChange} actions={<><Button onClick={() => onOpenChange(false)}>{common.cancel}</Button><Button kind="primary" isBusy={isBusy} onClick={() => void make()}>{storyboard.makeVariants}</Button></>}>
      <div className="flex flex-col gap-4 py-2">
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-xs font-medium text-muted">{storyboard.varyWhat}</legend>
          {AXES.map((value) => (
            <label key={value} className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft">
              <input type="radio" name="axis" checked={axis === value} onChange={() => setAxis(value)} className="mt-0.5 accent-(--accent)" />
              <span><span className="block font-medium">{storyboard.axes[value]}</span><span className="text-xs text-muted">{storyboard.axisHints[value]}</span></span>
            </label>
          ))}
        </fieldset>
        <div className="flex items-center justify-between"><span>{storyboard.howMany}</span><Segments<(typeof COUNTS)[number]> label={storyboard.howMany} value={count} options={COUNTS.map((value) => ({ value, label: value }))} onChange={setCount} /></div>
      </div>
    </Dialog>
  );
}
