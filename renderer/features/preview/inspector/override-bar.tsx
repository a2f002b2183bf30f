/** Whether the layout places something in this ratio or a hand does, and the ways between the two. */
import { CopyCheck, RotateCcw } from 'lucide-react';
import type { CompositionFacts } from '#core/composition/facts.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../../strings/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Badge } from '../../../ui/controls.tsx';
import { editProject } from '../../project/project-store.ts';
import { applyToAllRatios, resetToAutomatic } from '../canvas/canvas-edits.ts';
import type { CanvasTarget } from '../canvas/canvas-items.ts';

interface OverrideBarProps {
  readonly target: CanvasTarget;
  readonly ratio: Ratio;
  readonly isByHand: boolean;
  readonly facts: CompositionFacts;
  readonly isDisabled: boolean;
}

/** Stands under the numbers. */
export function OverrideBar({ target, ratio, isByHand, facts, isDisabled }: OverrideBarProps) {
  const { preview } = useStrings();
  if (!isByHand) return <p className="text-xs text-muted">{preview.automaticText(ratio)}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex items-center gap-2 text-xs text-muted"><Badge tone="accent">{preview.byHand}</Badge>{preview.byHandText(ratio)}</p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="small" icon={<RotateCcw aria-hidden className="size-3.5" />} disabled={isDisabled} onClick={() => editProject('automaticLayout', (document) => resetToAutomatic(document, target, ratio))}>{preview.reset}</Button>
        <Button size="small" icon={<CopyCheck aria-hidden className="size-3.5" />} disabled={isDisabled} onClick={() => editProject('toAllRatios', (document) => applyToAllRatios(document, target, ratio, facts))}>{preview.toAll}</Button>
      </div>
    </div>
  );
}
