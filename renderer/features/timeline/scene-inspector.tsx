import { SCENE_PURPOSES } from '#core/project/schema.ts';
import { withScene } from '../../editor/rules.ts';
import { lockScene, renameScene, slipScene, trimSceneEnd } from '../../editor/scene-edits.ts';
import { useStrings } from '../../strings/index.ts';
import { Switch } from '../../ui/controls.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { FramesField, InspectorPage } from './inspector-parts.tsx';
import { useFps } from './use-fps.ts';

/** Name, purpose, length, slip and lock of a scene. */
export function SceneInspector({ sceneId }: { readonly sceneId: string }) {
  const { timeline } = useStrings();
  const fps = useFps();
  const scene = useProjectSelector((document) => document.scenes.find((candidate) => candidate.id === sceneId));
  const number = useProjectSelector((document) => document.scenes.findIndex((candidate) => candidate.id === sceneId) + 1);
  if (!scene) return null;
  const isLocked = scene.isLocked === true;
  const rename = (name: string): void => {
    editProject('renameScene', (project) => renameScene(project, sceneId, name), { mergeKey: `name ${sceneId}` });
  };
  return (
    <InspectorPage title={`${timeline.scene(number)}: ${scene.name ?? timeline.purposes[scene.purpose]}`}>
      <Switch label={timeline.lock} hint={timeline.lockHint} isOn={isLocked} onChange={(isOn) => void editProject('lockScene', (project) => lockScene(project, sceneId, isOn))} />
      <TextField label={timeline.name} value={scene.name ?? ''} maxLength={80} placeholder={timeline.purposes[scene.purpose]} disabled={isLocked} onChange={(event) => rename(event.currentTarget.value)} />
      <Select label={timeline.purpose} value={scene.purpose} isDisabled={isLocked} options={SCENE_PURPOSES.map((purpose) => ({ value: purpose, label: timeline.purposes[purpose] }))} onChange={(purpose) => void editProject('renameScene', (project) => withScene(project, sceneId, (old) => ({ ...old, purpose })))} />
      <div className="grid grid-cols-2 gap-3">
        <FramesField label={timeline.length} frames={scene.durationFrames} fps={fps} isDisabled={isLocked} onChange={(frames) => void editProject('trimScene', (project) => trimSceneEnd(project, sceneId, frames - scene.durationFrames), { mergeKey: `length ${sceneId}` })} />
        <FramesField label={timeline.slip} frames={scene.backdrop.startFrame ?? 0} fps={fps} isDisabled={isLocked} onChange={(frames) => void editProject('slipScene', (project) => slipScene(project, sceneId, frames - (scene.backdrop.startFrame ?? 0)), { mergeKey: `slip ${sceneId}` })} />
      </div>
    </InspectorPage>
  );
}
