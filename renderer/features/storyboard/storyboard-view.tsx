/** The advert scene by scene: what is said and shown, takes, the look, the brief, and variants of the whole. */
import { MousePointerClick, Plus, Split } from 'lucide-react';
import { useEffect, useState } from 'react';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments, Tabs } from '../../ui/controls.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useProjectSelector } from '../project/project-store.ts';
import { BriefEditor } from './brief-editor.tsx';
import { LookEditor } from './look-editor.tsx';
import { PendingBar } from './pending-bar.tsx';
import { SceneBoard } from './scene-board.tsx';
import { SceneDetails } from './scene-details.tsx';
import { chooseScene, chooseScenes, useStoryboard } from './storyboard-store.ts';
import { usePending } from './use-pending.ts';
import { useSceneActions } from './use-scene-actions.ts';
import { useSiblings } from './use-siblings.ts';
import { VariantsStrip } from './variants-strip.tsx';
import { VaryDialog } from './vary-dialog.tsx';

/** The Storyboard view of a project. */
export default function StoryboardView({ projectId }: { readonly projectId: string }) {
  const { storyboard: words, common } = useStrings();
  const scenes = useProjectSelector((document) => document.scenes);
  const durationFrames = useProjectSelector((document) => document.durationFrames);
  const used = useProjectSelector((document) => document.renditions.map((rendition) => rendition.ratio).join(' ')).split(' ');
  const { sceneIds, currentId, ratio: wish, panel } = useStoryboard();
  const [isVarying, setVarying] = useState(false);
  const pending = usePending(projectId);
  const actions = useSceneActions(projectId);
  const { data: siblings = [] } = useSiblings(projectId);
  const ratios = RATIOS.filter((ratio) => used.includes(ratio));
  const ratio = wish !== null && ratios.includes(wish) ? wish : (ratios[0] ?? '9:16');
  const index = scenes.findIndex(({ id }) => id === currentId);
  const scene = scenes[index];
  useCommands([{ id: 'storyboard.vary', label: words.makeVariants, group: words.group, keys: ['mod+shift+v'], run: () => setVarying(true) }]);

  // What was chosen in another project, or is gone, is not chosen any more.
  useEffect(() => {
    const there = sceneIds.filter((id) => scenes.some((each) => each.id === id));
    const [first] = scenes;
    if (there.length === 0 && first) chooseScene(first.id);
    else if (there.length < sceneIds.length) chooseScenes(there);
  }, [scenes, sceneIds]);

  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
          <p className="shrink-0 text-muted tabular-nums">{words.summary(scenes.length, common.seconds(durationFrames / 30))}</p>
          {ratios.length > 1 && <Segments<Ratio> label={words.ratio} value={ratio} options={ratios.map((value) => ({ value, label: value }))} onChange={(value) => useStoryboard.setState({ ratio: value })} />}
          <Button kind="quiet" size="small" icon={<Plus aria-hidden className="size-3.5" />} onClick={actions.add}>{words.addScene}</Button>
          <Button kind="quiet" size="small" icon={<Split aria-hidden className="size-3.5" />} onClick={() => setVarying(true)}>{words.makeVariants}</Button>
          <div className="ml-auto flex min-w-0"><PendingBar projectId={projectId} pending={pending} /></div>
        </header>
        {siblings.length > 1 && <VariantsStrip siblings={siblings} projectId={projectId} ratio={ratio} />}
        <div className="min-h-0 flex-1 overflow-auto p-4"><SceneBoard ratio={ratio} ratios={ratios} pending={pending} actions={actions} /></div>
      </div>
      <aside aria-label={words.panel} className="flex w-[348px] shrink-0 flex-col border-l border-line bg-surface pt-1.5">
        <Tabs
          label={words.panel} value={panel} onChange={(value) => useStoryboard.setState({ panel: value })}
          tabs={[
            { value: 'scene', label: words.tabs.scene, content: scene ? <SceneDetails key={scene.id} projectId={projectId} scene={scene} number={index + 1} sceneIds={sceneIds} ratio={ratio} runId={pending.lastId} actions={actions} /> : <EmptyState icon={<MousePointerClick aria-hidden className="size-6" />} title={words.nothingChosen} /> },
            { value: 'look', label: words.tabs.look, content: <LookEditor /> },
            { value: 'brief', label: words.tabs.brief, content: <BriefEditor /> },
          ]}
        />
      </aside>
      <VaryDialog projectId={projectId} isOpen={isVarying} onOpenChange={setVarying} />
    </div>
  );
}
