/** The room that a caption may fill with type. Pure. */
import { CAPTION_GAP } from '#core/composition/captions.ts';
import type { TextArea } from '#core/composition/layout.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Caption } from '#core/project/schema.ts';

/** A caption of the scene that has its type size already. */
export interface SetCaption {
  readonly caption: Caption;
  readonly inkHeight: number;
  readonly fontPx: number;
}

/**
 * The first caption of a group leaves room, the next gets what is left. A caption that is placed by hand has the room that it would have in
 * its group, in the width that it was given: so moving it changes neither its type size nor that of the others.
 * @param captions all of the scene
 * @param before those that were set, in order
 */
export function captionArea(caption: Caption, ratio: Ratio, areas: readonly TextArea[], captions: readonly Caption[], before: readonly SetCaption[]): TextArea {
  const area = areas.find((candidate) => candidate.roles.includes(caption.role)) ?? areas[0];
  if (!area) throw new RangeError(`no text area for ${caption.role}`);
  const height = roomIn(area, caption, ratio, captions, before);
  const byHand = caption.position[ratio];
  if (!byHand) return { ...area, rect: { ...area.rect, height } };
  const canvas = canvasSize(ratio);
  const width = Math.round(byHand.width * canvas.width);
  return { ...area, rect: { x: byHand.x * canvas.width - width / 2, y: byHand.y * canvas.height - height / 2, width, height }, align: 'center' };
}

function roomIn(area: TextArea, caption: Caption, ratio: Ratio, captions: readonly Caption[], before: readonly SetCaption[]): number {
  const others = captions.filter((other) => area.roles.includes(other.role) && other.role !== caption.role);
  if (others.length === 0) return area.rect.height;
  const set = before.filter((done) => others.includes(done.caption));
  const isLast = set.length === others.length;
  const taken = set.reduce((sum, done) => sum + (done.inkHeight + CAPTION_GAP * done.fontPx) / ownScale(done.caption, ratio), 0);
  const share = caption.role === 'headline' || caption.role === 'brand' ? 0.62 : 0.32;
  return Math.round(isLast ? Math.max(0.2 * area.rect.height, area.rect.height - taken) : area.rect.height * share);
}

// Who stands elsewhere takes no more room here when it is made larger.
function ownScale({ position, look }: Caption, ratio: Ratio): number {
  return position[ratio] ? (look?.scale ?? 1) : 1;
}
