/** Where a scene's captions stand at rest, and how they come and go. */
import { canvasSize } from '../project/ratio.ts';
import type { Ratio } from '../project/ratio.ts';
import type { Caption, Scene } from '../project/schema.ts';
import { ease } from './easing.ts';
import { captionKey } from './facts.ts';
import type { CaptionBlock } from './facts.ts';
import type { SceneLayout, TextArea } from './layout.ts';
import type { Rect } from './layer.ts';

/** Frames in which a caption comes and goes. */
export const CAPTION_IN_FRAMES = 11;
export const CAPTION_OUT_FRAMES = 7;
/** A caption that comes this soon after the film begins was meant to open it: a third of a second at 30 fps. */
const OPENING_FRAMES = 10;
/** Air between the words of one group, as a part of the larger type size. */
export const CAPTION_GAP = 0.32;

/** Opacity (0..1), offset (canvas pixels) of a caption that is on screen. */
export interface CaptionState {
  readonly opacity: number;
  readonly dx: number;
  readonly dy: number;
}

/** What a caption's place in the film does to its coming and going. */
interface CaptionPart {
  readonly opens?: boolean;
  readonly stays?: boolean;
}

/**
 * The state of a caption at a frame of its scene, or undefined while it is off screen.
 * @param part `opens`: it is there in full from the first frame of its scene, see `opensFilm`. `stays`: the film ends with this
 * scene, and its words stay to the last frame, which is the one that players leave standing
 */
export function captionStateAt(caption: Caption, frame: number, { opens = false, stays = false }: CaptionPart = {}): CaptionState | undefined {
  if ((frame < caption.startFrame && !opens) || frame >= caption.endFrame) return undefined;
  if (caption.animation === 'none') return { opacity: 1, dx: 0, dy: 0 };
  const coming = opens ? 1 : ease('easeOut', (frame - caption.startFrame + 1) / CAPTION_IN_FRAMES);
  const going = stays ? 1 : Math.min(1, (caption.endFrame - frame) / CAPTION_OUT_FRAMES);
  const away = 1 - coming;
  const moves = { fade: [0, 0], rise: [0, 34], slide: [-48, 0], pop: [0, 12] } as const;
  const [x, y] = moves[caption.animation];
  return { opacity: Math.min(coming, going), dx: x * away, dy: y * away };
}

/**
 * Whether a caption of the film's first scene opens the film. Platforms take the first frame for a cover, so the words that come
 * first stand there in full; those that follow, and those that come later on purpose, make their entrance.
 */
export function opensFilm(caption: Caption, captions: readonly Caption[]): boolean {
  return caption.startFrame <= OPENING_FRAMES && captions.every((other) => other.startFrame >= caption.startFrame);
}

/** Rest positions (top-left of each caption's picture, whole canvas pixels) of all captions of a scene, by `captionKey`. */
export function placeCaptions(scene: Pick<Scene, 'id' | 'captions'>, ratio: Ratio, layout: SceneLayout, blocks: Readonly<Record<string, CaptionBlock>>): Map<string, Rect> {
  const placed = new Map<string, Rect>();
  const isPresent = (caption: Caption): boolean => blocks[captionKey(scene.id, caption.id)] !== undefined;
  for (const area of layout.areas) {
    const group = scene.captions.filter((caption) => area.roles.includes(caption.role) && !caption.position[ratio] && isPresent(caption));
    placeGroup(scene.id, group, area, blocks, placed);
  }
  for (const caption of scene.captions) placeByHand(scene.id, caption, ratio, blocks, placed);
  return placed;
}

/** Stacks a group in its area. Captions whose times do not meet share the place of the first of their role. */
function placeGroup(sceneId: string, group: readonly Caption[], area: TextArea, blocks: Readonly<Record<string, CaptionBlock>>, placed: Map<string, Rect>): void {
  const rows: { captions: Caption[]; height: number; fontPx: number }[] = [];
  for (const caption of group) {
    const block = blocks[captionKey(sceneId, caption.id)];
    if (!block) continue;
    const row = rows.find((candidate) => candidate.captions.every((other) => other.role === caption.role && !overlapsInTime(other, caption)));
    if (row) {
      row.captions.push(caption);
      row.height = Math.max(row.height, block.ink.height);
    } else rows.push({ captions: [caption], height: block.ink.height, fontPx: block.fontPx });
  }
  const gaps = rows.slice(1).map((row, i) => Math.round(CAPTION_GAP * Math.max(row.fontPx, rows[i]?.fontPx ?? 0)));
  const total = rows.reduce((sum, row) => sum + row.height, 0) + gaps.reduce((sum, gap) => sum + gap, 0);
  const slack = area.rect.height - total;
  let y = area.rect.y + (area.anchor === 'top' ? 0 : area.anchor === 'bottom' ? slack : slack / 2);
  rows.forEach((row, i) => {
    for (const caption of row.captions) placeInRow(sceneId, caption, area, y, blocks, placed);
    y += row.height + (gaps[i] ?? 0);
  });
}

function placeInRow(sceneId: string, caption: Caption, area: TextArea, y: number, blocks: Readonly<Record<string, CaptionBlock>>, placed: Map<string, Rect>): void {
  const key = captionKey(sceneId, caption.id);
  const block = blocks[key];
  if (!block) return;
  const inkX = (caption.look?.align ?? area.align) === 'left' ? area.rect.x : area.rect.x + (area.rect.width - block.ink.width) / 2;
  placed.set(key, { x: Math.round(inkX - block.ink.x), y: Math.round(y - block.ink.y), width: block.width, height: block.height });
}

function placeByHand(sceneId: string, caption: Caption, ratio: Ratio, blocks: Readonly<Record<string, CaptionBlock>>, placed: Map<string, Rect>): void {
  const position = caption.position[ratio];
  const key = captionKey(sceneId, caption.id);
  const block = blocks[key];
  if (!position || !block) return;
  const canvas = canvasSize(ratio);
  const x = position.x * canvas.width - block.ink.width / 2 - block.ink.x;
  const y = position.y * canvas.height - block.ink.height / 2 - block.ink.y;
  placed.set(key, { x: Math.round(x), y: Math.round(y), width: block.width, height: block.height });
}

function overlapsInTime(a: Caption, b: Caption): boolean {
  return a.startFrame < b.endFrame && b.startFrame < a.endFrame;
}
