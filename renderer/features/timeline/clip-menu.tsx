/** The menu under the right mouse button (and the menu key): what can be done to the clip that is pressed. */
import { useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { parseClipKey } from '../../editor/clip-key.ts';
import type { Clip } from '../../editor/clip-key.ts';
import { lockScene } from '../../editor/scene-edits.ts';
import { setTransition } from '../../editor/transition-edits.ts';
import { useStrings } from '../../strings/index.ts';
import type { Strings } from '../../strings/index.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { editProject, projectNow } from '../project/project-store.ts';
import * as act from './timeline-actions.ts';
import { selectClips, timelineNow } from './timeline-store.ts';
import { fit } from './viewport.ts';

/** Gives its children the menu. */
export function ClipMenu({ children }: { readonly children: ReactNode }) {
  const strings = useStrings();
  const [clip, setClip] = useState<Clip>();
  const press = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-clip]') : null;
    const key = target?.dataset['clip'];
    if (key !== undefined && !timelineNow().selection.keys.includes(key)) selectClips([key]);
    setClip(key === undefined ? undefined : parseClipKey(key));
  };
  return <ContextMenu entries={entriesFor(clip, strings)}><div className="flex min-h-0 flex-1 flex-col" onContextMenuCapture={press}>{children}</div></ContextMenu>;
}

function entriesFor(clip: Clip | undefined, { timeline, common }: Strings): MenuEntry[] {
  const copies: MenuEntry[] = [
    { id: 'cut', label: common.cut, shortcut: 'mod+x', onSelect: act.cut },
    { id: 'copy', label: common.copy, shortcut: 'mod+c', onSelect: () => void act.copy() },
    { id: 'duplicate', label: common.duplicate, shortcut: 'mod+d', onSelect: act.duplicate },
  ];
  const paste: MenuEntry = { id: 'paste', label: common.paste, shortcut: 'mod+v', onSelect: act.paste };
  const remove: MenuEntry = { id: 'delete', label: common.delete, shortcut: 'delete', isDangerous: true, onSelect: act.remove };
  const split: MenuEntry = { id: 'split', label: timeline.split, shortcut: 's', onSelect: act.split };
  const rule = (id: string): MenuEntry => ({ kind: 'separator', id });
  switch (clip?.kind) {
    case 'scene':
      return [split, { id: 'addScene', label: timeline.addScene, onSelect: act.addScene }, { id: 'caption', label: timeline.addCaption, shortcut: 't', onSelect: act.writeCaption }, rule('1'), ...copies, paste, rule('2'), { id: 'left', label: timeline.moveLeft, shortcut: 'alt+left', onSelect: () => act.moveInOrder(-1) }, { id: 'right', label: timeline.moveRight, shortcut: 'alt+right', onSelect: () => act.moveInOrder(1) }, lockEntry(clip.sceneId, timeline), rule('3'), remove];
    case 'caption':
      return [split, rule('1'), ...copies, paste, rule('2'), remove];
    case 'transition':
      return Object.entries(timeline.kinds).map(([kind, label]): MenuEntry => ({ id: kind, label, onSelect: () => editProject('transition', (project) => setTransition(project, clip.sceneId, kind as keyof typeof timeline.kinds)) }));
    case 'music':
    case 'voice':
    case 'marker':
    case 'keyframe':
      return [remove];
    case undefined:
      return [paste, { id: 'marker', label: timeline.addMarker, shortcut: 'm', onSelect: act.mark }, { id: 'caption', label: timeline.addCaption, shortcut: 't', onSelect: act.writeCaption }, rule('1'), { id: 'all', label: timeline.selectAll, shortcut: 'mod+a', onSelect: act.selectAll }, { id: 'fit', label: timeline.fit, shortcut: 'shift+z', onSelect: fit }];
  }
}

function lockEntry(sceneId: string, timeline: Strings['timeline']): MenuEntry {
  const isLocked = projectNow()?.scenes.find((scene) => scene.id === sceneId)?.isLocked === true;
  return { id: 'lock', label: `${timeline.lock}${isLocked ? ' ✓' : ''}`, onSelect: () => editProject('lockScene', (project) => lockScene(project, sceneId, !isLocked)) };
}
