import { Copy, Lock, LockOpen, MoveLeft, MoveRight, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { createElement } from 'react';
import { useCommands } from '../../app/commands.ts';
import type { Command } from '../../app/commands.ts';
import { deleteScenes, duplicateScenes, moveScenes } from '../../editor/scene-edits.ts';
import { useStrings } from '../../strings/index.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.ts';
import { editProject, projectNow, undoProject, useProjectSelector } from '../project/project-store.ts';
import { makeTake } from './render-project.ts';
import type { EngineWish } from './render-project.ts';
import { addSceneAfter, lockScenes } from './scene-changes.ts';
import { chooseScenes, useStoryboard } from './storyboard-store.ts';

/** What can be done with the chosen scenes. */
export interface SceneActions {
  readonly menu: readonly MenuEntry[];
  add(): void;
  newTake(wish: EngineWish): void;
}

/** Registers the commands and answers them for menus and buttons. */
export function useSceneActions(projectId: string): SceneActions {
  const { storyboard: words, common } = useStrings();
  const { sceneIds, currentId } = useStoryboard();
  const order = useProjectSelector((document) => document.scenes.map(({ id }) => id).join(' ')).split(' ');
  const isLocked = useProjectSelector((document) => document.scenes.some((scene) => sceneIds.includes(scene.id) && scene.isLocked === true));
  const isNone = sceneIds.length === 0;
  const at = order.indexOf(currentId ?? '');

  const add = (): void => {
    let made: readonly string[] = [];
    if (editProject('addScene', (project) => {
      const added = addSceneAfter(project, currentId ?? undefined);
      made = added.sceneIds;
      return added.project;
    })) chooseScenes(made);
  };
  const duplicate = (): void => {
    let made: readonly string[] = [];
    if (editProject('duplicateScene', (project) => {
      const copied = duplicateScenes(project, sceneIds);
      made = copied.sceneIds;
      return copied.project;
    })) chooseScenes(made);
  };
  const remove = (): void => {
    const next = order.slice(at + 1).find((id) => !sceneIds.includes(id)) ?? order.findLast((id) => !sceneIds.includes(id));
    if (!editProject('deleteScene', (project) => deleteScenes(project, sceneIds))) return;
    toast.success(words.deleted(sceneIds.length), { label: common.undo, onUndo: undoProject });
    chooseScenes(next === undefined ? [] : [next]);
  };
  const move = (by: -1 | 1): void => {
    const places = sceneIds.map((id) => order.indexOf(id)).sort((a, b) => a - b);
    const index = by < 0 ? (places[0] ?? 0) - 1 : (places.at(-1) ?? 0) + 2;
    if (index >= 0 && index <= order.length) editProject('moveScene', (project) => moveScenes(project, sceneIds, index));
  };
  const lock = (): void => void editProject('lockScene', (project) => lockScenes(project, sceneIds, !isLocked));
  const newTake = (wish: EngineWish): void => {
    const scene = projectNow()?.scenes.find(({ id }) => id === currentId);
    if (!scene) return;
    if (scene.isLocked === true) return toast.info(words.lockedTake);
    void makeTake(projectId, scene.id, wish).catch(toast.error);
  };

  const actions: (Command & { readonly icon: typeof Plus; readonly isDangerous?: boolean })[] = [
    { id: 'storyboard.take', label: words.newTake, group: words.group, keys: ['mod+shift+t'], isDisabled: currentId === null || isLocked, icon: RefreshCw, run: () => newTake('auto') },
    { id: 'storyboard.add', label: words.addScene, group: words.group, keys: ['mod+shift+a'], icon: Plus, run: add },
    { id: 'storyboard.duplicate', label: common.duplicate, group: words.group, keys: ['mod+d'], isDisabled: isNone, icon: Copy, run: duplicate },
    { id: 'storyboard.lock', label: isLocked ? words.unlock : words.lock, group: words.group, keys: ['mod+l'], isDisabled: isNone, icon: isLocked ? LockOpen : Lock, run: lock },
    { id: 'storyboard.earlier', label: words.moveEarlier, group: words.group, keys: ['mod+left', 'mod+up'], isDisabled: isNone, icon: MoveLeft, run: () => move(-1) },
    { id: 'storyboard.later', label: words.moveLater, group: words.group, keys: ['mod+right', 'mod+down'], isDisabled: isNone, icon: MoveRight, run: () => move(1) },
    { id: 'storyboard.delete', label: common.delete, group: words.group, keys: ['delete', 'backspace'], isDisabled: isNone, icon: Trash2, isDangerous: true, run: remove },
  ];
  useCommands([...actions, { id: 'storyboard.all', label: words.chooseAll, group: words.group, keys: ['mod+a'], run: () => chooseScenes(order) }]);
  const menu: MenuEntry[] = actions.map(({ id, label, keys, icon, isDisabled = false, isDangerous = false, run }) => ({ id, label, icon: createElement(icon, { 'aria-hidden': true, className: 'size-3.5' }), shortcut: keys?.[0] ?? '', isDisabled, isDangerous, onSelect: run }));
  return { menu, add, newTake };
}
