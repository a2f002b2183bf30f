/** Keyframes of the product round the playhead: the way from one to the next, one more or one less, and how the motion goes on. */
import { ChevronLeft, ChevronRight, Diamond } from 'lucide-react';
import type { CompositionFacts } from '#core/composition/facts.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { EASINGS } from '#core/project/schema.ts';
import type { AdProject, Easing, Scene } from '#core/project/schema.ts';
import { useStrings } from '../../../strings/index.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { editProject } from '../../project/project-store.ts';
import { sceneFrame, setEasingAt, toggleKeyframe } from '../canvas/canvas-edits.ts';
import { keyframesOf } from '../canvas/product-keyframes.ts';
import { seek } from '../playback.ts';
import { EasingCurve } from './easing-curve.tsx';
import { PanelSection } from './panel-section.tsx';

interface KeyframeStripProps {
  readonly document: AdProject;
  readonly scene: Scene;
  readonly ratio: Ratio;
  readonly frame: number;
  readonly facts: CompositionFacts;
  readonly isDisabled: boolean;
}

/** The section of the inspector. */
export function KeyframeStrip({ document, scene, ratio, frame, facts, isDisabled }: KeyframeStripProps) {
  const { preview } = useStrings();
  const own = scene.placement?.keyframes[ratio] ? (keyframesOf(scene, ratio, facts) ?? []) : [];
  const start = sceneSpans(document).find((span) => span.scene.id === scene.id)?.startFrame ?? 0;
  const at = sceneFrame(document, scene.id, frame);
  const [previous, next] = [own.findLast((key) => key.frame < at), own.find((key) => key.frame > at)];
  const isHere = own.some((key) => key.frame === at);
  const from = own.findLast((key) => key.frame <= at) ?? own[0];
  const place = { ratio, frame, facts };
  return (
    <PanelSection
      title={preview.keyframes}
      aside={(
        <div className="flex items-center">
          <IconButton size="small" label={preview.keyframePrevious} disabled={!previous} onClick={() => previous && seek(start + previous.frame)}><ChevronLeft aria-hidden className="size-4" /></IconButton>
          <IconButton size="small" label={isHere ? preview.keyframeRemove : preview.keyframeAdd} isPressed={isHere} disabled={isDisabled} onClick={() => editProject(isHere ? 'deleteKeyframe' : 'addKeyframe', (kept) => toggleKeyframe(kept, scene.id, place))}><Diamond aria-hidden className={isHere ? 'size-3.5 fill-current' : 'size-3.5'} /></IconButton>
          <IconButton size="small" label={preview.keyframeNext} disabled={!next} onClick={() => next && seek(start + next.frame)}><ChevronRight aria-hidden className="size-4" /></IconButton>
        </div>
      )}
    >
      {from ? (
        <>
          <p className="text-xs text-muted">{preview.keyframeCount(own.length)} · {isHere ? preview.keyframeHere : preview.keyframeElsewhere}</p>
          <div className="flex items-end gap-2">
            <Select<Easing> label={preview.easing} value={from.ease} isDisabled={isDisabled || own.length < 2} options={EASINGS.map((value) => ({ value, label: preview.easings[value] }))} onChange={(easing) => editProject('easing', (kept) => setEasingAt(kept, scene.id, easing, place))} className="flex-1" />
            <EasingCurve easing={from.ease} />
          </div>
        </>
      ) : <p className="text-xs text-muted">{preview.automaticText(ratio)}</p>}
    </PanelSection>
  );
}
