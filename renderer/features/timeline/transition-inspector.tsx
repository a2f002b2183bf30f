import { transitionSchema } from '#core/project/schema.ts';
import { setTransition, USUAL_TRANSITION_FRAMES } from '../../editor/transition-edits.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { FramesField, InspectorPage } from './inspector-parts.tsx';
import { TransitionPicture } from './transition-picture.tsx';
import { useFps } from './use-fps.ts';

/** Kind and length of a transition. */
export function TransitionInspector({ sceneId }: { readonly sceneId: string }) {
  const { timeline } = useStrings();
  const fps = useFps();
  const transition = useProjectSelector((document) => document.scenes.find((scene) => scene.id === sceneId)?.transition);
  const isLocked = useProjectSelector((document) => document.scenes.find((scene) => scene.id === sceneId)?.isLocked === true);
  if (!transition) return null;
  const { kind, durationFrames } = transition;
  return (
    <InspectorPage title={timeline.kinds[kind]}>
      <div role="radiogroup" aria-label={timeline.kind} className="grid grid-cols-4 gap-1.5">
        {transitionSchema.shape.kind.options.map((option) => (
          <button key={option} type="button" role="radio" aria-checked={option === kind} disabled={isLocked} onClick={() => editProject('transition', (project) => setTransition(project, sceneId, option, durationFrames || USUAL_TRANSITION_FRAMES))} className={cx('flex flex-col items-center gap-1 rounded-md border p-1.5 text-[11px] leading-tight disabled:opacity-50', option === kind ? 'border-accent bg-accent-soft' : 'border-line hover:border-line-strong')}>
            <TransitionPicture kind={option} />{timeline.kinds[option]}
          </button>
        ))}
      </div>
      {kind !== 'cut' && <FramesField label={timeline.length} frames={durationFrames} fps={fps} isDisabled={isLocked} onChange={(frames) => void editProject('transition', (project) => setTransition(project, sceneId, kind, frames), { mergeKey: `transition ${sceneId}` })} />}
    </InspectorPage>
  );
}
