import { ChevronDown, Lock, LockOpen, RefreshCw, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Ratio } from '#core/project/ratio.ts';
import { SCENE_PURPOSES } from '#core/project/schema.ts';
import type { Scene } from '#core/project/schema.ts';
import { upload } from '../../api/upload.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Slider } from '../../ui/controls.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.ts';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { LengthField } from './length-field.tsx';
import { changeBackdrop, changeCamera, changeScenes, lockScenes, renameScene } from './scene-changes.ts';
import { SetPicker } from './set-picker.tsx';
import { TakesStrip } from './takes-strip.tsx';
import type { SceneActions } from './use-scene-actions.ts';
import { WordsEditor } from './words-editor.tsx';

const MOVES = ['static', 'drift', 'pushIn', 'pullOut', 'panLeft', 'panRight', 'rise'] as const;

interface SceneDetailsProps {
  readonly projectId: string;
  readonly scene: Scene;
  readonly number: number;
  /** All that are chosen; set, camera and purpose go to every one of them. */
  readonly sceneIds: readonly string[];
  readonly ratio: Ratio;
  readonly runId: string | null;
  readonly actions: SceneActions;
}

/** Everything about the chosen scene. */
export function SceneDetails({ projectId, scene, number, sceneIds, ratio, runId, actions }: SceneDetailsProps) {
  const { storyboard: words, common } = useStrings();
  const palette = useProjectSelector((document) => document.style.palette);
  const isLocked = scene.isLocked === true;
  const { media } = scene.backdrop;
  const change = (label: 'scenePurpose' | 'sceneSet' | 'camera' | 'prompt' | 'ownBackdrop', edit: (scene: Scene) => Scene, mergeKey?: string): void => void editProject(label, (project) => changeScenes(project, sceneIds, edit), mergeKey ? { mergeKey } : {});
  return (
    <div className="flex flex-col gap-5 p-4">
      <header className="flex items-end gap-2">
        <TextField label={words.sceneName(number)} value={scene.name ?? ''} placeholder={words.purpose[scene.purpose]} maxLength={80} className="flex-1" onChange={({ target }) => editProject('renameScene', (project) => renameScene(project, scene.id, target.value), { mergeKey: `name ${scene.id}` })} />
        <IconButton label={isLocked ? words.unlock : words.lock} shortcut="mod+l" isPressed={isLocked} onClick={() => editProject('lockScene', (project) => lockScenes(project, sceneIds, !isLocked))}>{isLocked ? <Lock aria-hidden className="size-4" /> : <LockOpen aria-hidden className="size-4" />}</IconButton>
      </header>
      {isLocked && <p className="-mt-2 text-xs text-muted">{words.lockedHint}</p>}
      {sceneIds.length > 1 && <p className="-mt-2 rounded-md bg-accent-soft px-2.5 py-1.5 text-xs">{words.several(sceneIds.length)}</p>}
      <div className="grid grid-cols-2 gap-2">
        <Select label={words.purposeLabel} value={scene.purpose} isDisabled={isLocked} options={SCENE_PURPOSES.map((value) => ({ value, label: words.purpose[value] }))} onChange={(purpose) => change('scenePurpose', (each) => ({ ...each, purpose }))} />
        <LengthField scene={scene} isLocked={isLocked} />
      </div>
      <Part title={words.words}><WordsEditor scene={scene} isLocked={isLocked} /></Part>
      <Part title={words.takes} side={<TakeButton isLocked={isLocked} actions={actions} />}>
        <TakesStrip projectId={projectId} scene={scene} ratio={ratio} runId={runId} isLocked={isLocked} />
      </Part>
      <Part title={words.set}>
        {media && (
          <p className="mb-2 flex items-center gap-2 rounded-md bg-raised px-2.5 py-1"><span className="min-w-0 flex-1 truncate">{media.name}</span>
            <IconButton label={common.remove} size="small" disabled={isLocked} onClick={() => change('ownBackdrop', (each) => changeBackdrop(each, { set: each.backdrop.set }))}><X aria-hidden className="size-3.5" /></IconButton></p>
        )}
        <SetPicker value={media ? undefined : scene.backdrop.set} palette={palette} isDisabled={isLocked} onChange={(set) => change('sceneSet', (each) => changeBackdrop(each, { set }))} />
        <OwnBackdrop isLocked={isLocked} onTaken={(asset) => change('ownBackdrop', (each) => changeBackdrop(each, { media: asset }))} />
        <TextArea label={words.prompt} hint={words.promptHint} rows={3} value={scene.backdrop.prompt} maxLength={1000} disabled={isLocked} className="mt-3" onChange={({ target }) => change('prompt', (each) => changeBackdrop(each, { prompt: target.value }), `prompt ${scene.id}`)} />
      </Part>
      <Part title={words.camera}>
        <Select label={words.move} isLabelHidden value={scene.camera.move} isDisabled={isLocked} options={MOVES.map((value) => ({ value, label: words.moves[value] }))} onChange={(move) => change('camera', (each) => changeCamera(each, { move }))} />
        <div className="mt-2.5"><Slider label={words.amount} value={scene.camera.amount} min={0} max={1} step={0.05} isDisabled={isLocked || scene.camera.move === 'static'} format={common.percent} onChange={(amount) => change('camera', (each) => changeCamera(each, { amount }), `camera ${scene.id}`)} /></div>
      </Part>
    </div>
  );
}

function TakeButton({ isLocked, actions }: { readonly isLocked: boolean; readonly actions: SceneActions }) {
  const { storyboard: words } = useStrings();
  return (
    <span className="flex">
      <Button size="small" icon={<RefreshCw aria-hidden className="size-3" />} disabled={isLocked} className="rounded-r-none" onClick={() => actions.newTake('auto')}>{words.newTake}</Button>
      <Menu entries={(['auto', 'comfyui', 'embedded'] as const).map((wish) => ({ id: wish, label: words.engines[wish], onSelect: () => actions.newTake(wish) }))}>
        <Button size="small" disabled={isLocked} aria-label={words.newTakeWith} className="rounded-l-none border-l-0 px-1.5"><ChevronDown aria-hidden className="size-3.5" /></Button>
      </Menu>
    </span>
  );
}

function OwnBackdrop({ isLocked, onTaken }: { readonly isLocked: boolean; onTaken(asset: Awaited<ReturnType<typeof upload>>['asset']): void }) {
  const { storyboard: words } = useStrings();
  const [isBusy, setBusy] = useState(false);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      const { asset, notices } = await upload(file, 'backdrop');
      notices.forEach(toast.info);
      onTaken(asset);
    } catch (error) {
      toast.error(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <label className="mt-2 flex h-8 items-center justify-center rounded-md border border-dashed border-line-strong text-xs text-muted focus-within:outline-2 focus-within:outline-focus hover:text-text">
      {isBusy ? words.takingIn : words.ownBackdrop}
      <input type="file" accept="image/*,video/*" disabled={isLocked || isBusy} className="sr-only" onChange={({ target }) => {
        const [file] = target.files ?? [];
        target.value = '';
        if (file) void take(file);
      }} />
    </label>
  );
}

function Part({ title, side, children }: { readonly title: string; readonly side?: ReactNode; readonly children: ReactNode }) {
  return (
    <section>
      <div className="mb-2 flex min-h-7 items-center justify-between gap-2"><h2 className="text-xs font-semibold">{title}</h2>{side}</div>
      {children}
    </section>
  );
}
