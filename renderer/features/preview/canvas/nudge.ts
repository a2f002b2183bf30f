/** Arrow keys on something that is selected on the canvas. */
import type { KeyboardEvent } from 'react';
import type { Film } from '#core/composition/film.ts';
import { editProject } from '../../project/project-store.ts';
import { playbackNow } from '../playback.ts';
import { applyBox } from './canvas-edits.ts';
import { targetKey } from './canvas-items.ts';
import type { CanvasItem } from './canvas-items.ts';
import { nudgedBox } from './nudged-box.ts';

/** Edits the document as the key says; false when it says nothing. Held keys become one step of undo. */
export function nudge({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent<HTMLElement>, item: CanvasItem, film: Film): boolean {
  if (ctrlKey || metaKey) return false;
  const isProduct = item.target.kind === 'product';
  const box = nudgedBox(item.box, key, { isAlt: altKey, isShift: shiftKey, canTurn: isProduct });
  if (!box) return false;
  const place = { ratio: film.ratio, frame: playbackNow().frame, facts: film.facts };
  editProject(isProduct ? 'moveProduct' : 'placeCaption', (document) => applyBox(document, item.target, item.box, box, place), { mergeKey: `nudge ${targetKey(item.target)}` });
  return true;
}
