/**
 * What was done to a box on the canvas, written into the document. Pure: document in, document out; a scene that is locked refuses (`editor/rules.ts`).
 * A gesture edits the document as it was when the gesture began, so its steps do not add up.
 */
import { cameraAt } from '#core/composition/camera.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import type { CompositionFacts } from '#core/composition/facts.ts';
import { sceneSpans } from '#core/composition/timeline.ts';
import { canvasSize, RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, Caption, CaptionLook, Easing, Placement, PlacementKeyframe, Scene } from '#core/project/schema.ts';
import { openScene, withScene } from '../../../editor/rules.ts';
import type { Box } from './box.ts';
import { isSameBox, middleOf } from './box.ts';
import type { CanvasTarget } from './canvas-items.ts';
import { wrapDegrees } from './gestures.ts';
import { addKeyframe, carryKeyframes, changeKeyframes, keyframesOf, removeKeyframe, setEasing, setOnKeyframes } from './product-keyframes.ts';
import type { Pose } from './product-keyframes.ts';

type Facts = Pick<CompositionFacts, 'products' | 'logoAspect'>;

/** Where on the canvas, and when, something is edited. */
export interface EditPlace {
  readonly ratio: Ratio;
  /** On the project's clock. */
  readonly frame: number;
  readonly facts: Facts;
}

/** A frame counted from the start of its scene. */
export function sceneFrame(project: AdProject, sceneId: string, frame: number): number {
  const span = sceneSpans(project).find(({ scene }) => scene.id === sceneId);
  return span ? Math.min(Math.max(0, frame - span.startFrame), span.scene.durationFrames - 1) : 0;
}

/** Writes down that a box has become another one. Back where it was, it has not: what is laid out automatically stays so. */
export function applyBox(project: AdProject, target: CanvasTarget, from: Box, to: Box, place: EditPlace): AdProject {
  if (isSameBox(from, to)) return project;
  return target.kind === 'product' ? applyProductBox(project, target.sceneId, from, to, place) : applyCaptionBox(project, target, from, to, place);
}

function applyProductBox(project: AdProject, sceneId: string, from: Box, to: Box, { ratio, frame, facts }: EditPlace): AdProject {
  const scene = openScene(project, sceneId);
  const canvas = canvasSize(ratio);
  const at = sceneFrame(project, sceneId, frame);
  const { zoom } = cameraAt(scene, at);
  const change = {
    dx: (to.x + to.width / 2 - from.x - from.width / 2) / (canvas.width * zoom),
    dy: (to.y + to.height - from.y - from.height) / (canvas.height * zoom),
    scaleBy: to.height / from.height,
    rotateBy: wrapDegrees(to.rotationDeg - from.rotationDeg),
  };
  return editKeyframes(project, sceneId, ratio, facts, (keys, isAutomatic) => changeKeyframes(keys, at, isAutomatic, change));
}

/** Changes the keyframes of a ratio, starting from the automatic layout where there are none; `undefined` = automatic again. */
function editKeyframes(project: AdProject, sceneId: string, ratio: Ratio, facts: Facts, edit: (keys: PlacementKeyframe[], isAutomatic: boolean) => PlacementKeyframe[] | undefined): AdProject {
  const scene = openScene(project, sceneId);
  const keys = keyframesOf(scene, ratio, facts);
  return keys ? withKeyframes(project, scene, ratio, edit(keys, !scene.placement?.keyframes[ratio])) : project;
}

function withKeyframes(project: AdProject, scene: Scene, ratio: Ratio, keys: PlacementKeyframe[] | undefined): AdProject {
  const { placement } = scene;
  if (!placement) return project;
  const { [ratio]: _own, ...others } = placement.keyframes;
  return withScene(project, scene.id, () => ({ ...scene, placement: { ...placement, keyframes: keys ? { ...others, [ratio]: keys } : others } }));
}

/** Sets fields of the product's pose at the playhead; on a keyframe of that one, else of all. */
export function setPose(project: AdProject, sceneId: string, fields: Partial<Pose>, { ratio, frame, facts }: EditPlace): AdProject {
  const at = sceneFrame(project, sceneId, frame);
  return editKeyframes(project, sceneId, ratio, facts, (keys, isAutomatic) => setOnKeyframes(keys, at, isAutomatic, fields));
}

/** Moves, scales and turns by so much; as `setPose`. */
export function shiftPose(project: AdProject, sceneId: string, change: Parameters<typeof changeKeyframes>[3], { ratio, frame, facts }: EditPlace): AdProject {
  const at = sceneFrame(project, sceneId, frame);
  return editKeyframes(project, sceneId, ratio, facts, (keys, isAutomatic) => changeKeyframes(keys, at, isAutomatic, change));
}

/** Puts a keyframe at the playhead, or takes the one away that is there. */
export function toggleKeyframe(project: AdProject, sceneId: string, { ratio, frame, facts }: EditPlace): AdProject {
  const at = sceneFrame(project, sceneId, frame);
  return editKeyframes(project, sceneId, ratio, facts, (keys, isAutomatic) => (!isAutomatic && keys.some((key) => key.frame === at) ? removeKeyframe(keys, at) : addKeyframe(keys, at)));
}

/** How the product goes on from the keyframe before the playhead. */
export function setEasingAt(project: AdProject, sceneId: string, easing: Easing, { ratio, frame, facts }: EditPlace): AdProject {
  const at = sceneFrame(project, sceneId, frame);
  return editKeyframes(project, sceneId, ratio, facts, (keys) => setEasing(keys, at, easing));
}

/** Shadow and reflection of all keyframes of all ratios, and of the automatic layout. */
export function setGround(project: AdProject, sceneId: string, fields: Partial<Pick<Placement, 'shadow' | 'reflection'>>): AdProject {
  return editPlacement(project, sceneId, (placement) => ({
    ...placement,
    ...fields,
    keyframes: Object.fromEntries(Object.entries(placement.keyframes).map(([ratio, keys]) => [ratio, keys.map((key) => ({ ...key, ...fields }))])),
  }));
}

/** Changes what the automatic layout aims for, and how the product comes. */
export function editPlacement(project: AdProject, sceneId: string, edit: (placement: Placement) => Placement): AdProject {
  const scene = openScene(project, sceneId);
  const { placement } = scene;
  return placement ? withScene(project, sceneId, () => ({ ...scene, placement: edit(placement) })) : project;
}

/** What a ratio's overrides are, gone: the automatic layout places the product or the words again. */
export function resetToAutomatic(project: AdProject, target: CanvasTarget, ratio: Ratio): AdProject {
  if (target.kind === 'product') return withKeyframes(project, openScene(project, target.sceneId), ratio, undefined);
  return editCaption(project, target, (caption) => {
    const { [ratio]: _own, ...position } = caption.position;
    return { ...caption, position };
  });
}

/** Takes the overrides of one ratio to the others. */
export function applyToAllRatios(project: AdProject, target: CanvasTarget, from: Ratio, facts: Facts): AdProject {
  return RATIOS.filter((ratio) => ratio !== from).reduce((edited, ratio) => {
    const scene = openScene(edited, target.sceneId);
    if (target.kind === 'product') return withKeyframes(edited, scene, ratio, carryKeyframes(scene, from, ratio, facts));
    return editCaption(edited, target, (caption) => {
      const position = caption.position[from];
      return position ? { ...caption, position: { ...caption.position, [ratio]: position } } : caption;
    });
  }, project);
}

/** Whether a ratio departs from the automatic layout. */
export function isOverridden(scene: Scene, target: CanvasTarget, ratio: Ratio): boolean {
  if (target.kind === 'product') return scene.placement?.keyframes[ratio] !== undefined;
  return scene.captions.find(({ id }) => id === target.captionId)?.position[ratio] !== undefined;
}

type CaptionTarget = Extract<CanvasTarget, { kind: 'caption' }>;

/** Changes one caption. */
export function editCaption(project: AdProject, { sceneId, captionId }: Pick<CaptionTarget, 'sceneId' | 'captionId'>, edit: (caption: Caption) => Caption): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => ({ ...scene, captions: scene.captions.map((caption) => (caption.id === captionId ? edit(caption) : caption)) }));
}

/** Changes how a caption departs from the style; what is undefined does so no more. */
export function setLook(caption: Caption, change: { readonly [K in keyof CaptionLook]: CaptionLook[K] | undefined }): Caption {
  const look = Object.fromEntries(Object.entries({ ...caption.look, ...change }).filter(([, value]) => value !== undefined));
  const { look: _look, ...rest } = caption;
  return Object.keys(look).length > 0 ? { ...rest, look: look as CaptionLook } : rest;
}

const SCALES = { least: 0.4, most: 1.6 };

function applyCaptionBox(project: AdProject, target: CaptionTarget, from: Box, to: Box, { ratio, facts }: EditPlace): AdProject {
  const scene = openScene(project, target.sceneId);
  const canvas = canvasSize(ratio);
  return editCaption(project, target, (caption) => {
    const area = layoutOf({ scene }, ratio, facts).areas.find(({ roles }) => roles.includes(caption.role));
    const before = caption.position[ratio];
    const isScaled = to.height !== from.height;
    const width = before?.width ?? (area ? area.rect.width / canvas.width : from.width / canvas.width);
    const { x, y } = middleOf(to);
    const position = { x: fraction(x / canvas.width), y: fraction(y / canvas.height), width: bounded(!isScaled && to.width !== from.width ? to.width / canvas.width : width, 0.05, 1) };
    // Words that stand at the left keep to it when they are taken by hand.
    const align = before || caption.look?.align || area?.align !== 'left' ? {} : { align: 'left' as const };
    const scale = isScaled ? { scale: bounded((caption.look?.scale ?? 1) * (to.height / from.height), SCALES.least, SCALES.most) } : {};
    const moved = { ...caption, position: { ...caption.position, [ratio]: position } };
    return Object.keys({ ...align, ...scale }).length > 0 ? setLook(moved, { ...align, ...scale }) : moved;
  });
}

function fraction(value: number): number {
  return bounded(value, 0, 1);
}

function bounded(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)) * 1e5) / 1e5;
}
