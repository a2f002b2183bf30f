/** The scenes in order. Arrow keys choose, with mod they move; a drag moves, too. */
import { DragDropProvider } from '@dnd-kit/react';
import { isSortable } from '@dnd-kit/react/sortable';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Ratio } from '#core/project/ratio.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import { useStrings } from '../../strings/index.ts';
import { moveScenes } from '../../editor/scene-edits.ts';
import { messageOf } from '../../strings/say.ts';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { useFilm } from '../preview/preview-session.ts';
import { sceneStanding } from '../run/scene-standing.ts';
import { DRAG_SETUP } from './drag-setup.ts';
import { SceneTile } from './scene-tile.tsx';
import { tileWidth } from './tile-width.ts';
import { useWidth } from './use-width.ts';
import { chooseScene, useStoryboard } from './storyboard-store.ts';
import type { SceneActions } from './use-scene-actions.ts';
import type { Pending } from './use-pending.ts';


interface SceneBoardProps {
  readonly ratio: Ratio;
  readonly ratios: readonly Ratio[];
  readonly pending: Pending;
  readonly actions: SceneActions;
}

/** All scenes as tiles. */
export function SceneBoard({ ratio, ratios, pending, actions }: SceneBoardProps) {
  const { storyboard } = useStrings();
  const scenes = useProjectSelector((document) => document.scenes);
  const { sceneIds, currentId } = useStoryboard();
  const list = useRef<HTMLUListElement>(null);
  const order = scenes.map(({ id }) => id);
  const run = pending.active?.model.state === 'running' ? pending.active.model : undefined;
  const room = useWidth(list);
  const { width, columns } = tileWidth(ratio, room, scenes.length);
  const { state, error } = useFilm(ratio);

  useEffect(() => {
    if (list.current?.contains(document.activeElement)) list.current.querySelector<HTMLElement>(`[data-scene="${currentId}"]`)?.focus();
  }, [currentId]);

  const choose = (id: string) => (event: MouseEvent | null): void => chooseScene(id, event?.shiftKey ? 'range' : event?.ctrlKey || event?.metaKey ? 'toggle' : 'only', order);
  const walk = (event: KeyboardEvent): void => {
    const by = STEPS[event.key]?.(columns);
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = order[Math.max(0, Math.min(order.length - 1, order.indexOf(currentId ?? '') + by))];
    if (next === undefined) return;
    event.preventDefault();
    chooseScene(next, event.shiftKey ? 'range' : 'only', order);
    list.current?.querySelector<HTMLElement>(`[data-scene="${next}"]`)?.focus();
  };

  return (
    <DragDropProvider
      {...DRAG_SETUP}
      onDragEnd={({ operation: { source }, canceled }) => {
        if (canceled || !isSortable(source) || source.index === source.initialIndex) return;
        const to = source.index > source.initialIndex ? source.index + 1 : source.index;
        editProject('moveScene', (project) => moveScenes(project, [String(source.id)], to));
      }}
    >
      {state === 'failed' && <p role="alert" className="mb-4 rounded-md bg-warning-soft px-3 py-2 text-warning">{storyboard.noPictures(messageOf(error))}</p>}
      <ul ref={list} aria-label={storyboard.scenes} onKeyDown={walk} className="flex flex-wrap content-start gap-4">
        {sceneSpans({ scenes }).map((span) => (
          <SceneTile
            key={span.scene.id} span={span} ratio={ratio} width={width} isChosen={sceneIds.includes(span.scene.id)} isCurrent={currentId === null ? span.index === 0 : span.scene.id === currentId}
            isLoading={state === 'loading'} isPending={!pending.isFirst && pending.changes?.sceneIds.includes(span.scene.id) === true} progress={run ? sceneStanding(run, span.scene.id, ratio, ratios).progress : null}
            menu={actions.menu} onChoose={choose(span.scene.id)}
          />
        ))}
      </ul>
    </DragDropProvider>
  );
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = { ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns, Home: () => -1000, End: () => 1000 };
