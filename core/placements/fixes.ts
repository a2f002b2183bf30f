/**
 * What the studio can do about a finding at once: pure changes of the document, or of the order. Renderer and tests use the same functions;
 * a fix whose data is not what it should be changes nothing and says so.
 */
import { AdgenError } from '../contract/errors.ts';
import { totalFrames } from '../composition/timeline.ts';
import { RATIOS } from '../project/ratio.ts';
import type { Ratio } from '../project/ratio.ts';
import type { AdProject, Caption, Scene } from '../project/schema.ts';
import { fitLength } from './fit-length.ts';
import type { ExportOrder, Finding } from './preflight/finding.ts';
import { EXPORT_RATE_NAMES } from './schema.ts';

/** A finding's fix. */
export type Fix = NonNullable<Finding['fix']>;

type ProjectFix = (project: AdProject, data: Fix['data']) => AdProject;
type OrderFix = (order: ExportOrder, data: Fix['data']) => ExportOrder;

const PROJECT_FIXES: Readonly<Record<string, ProjectFix>> = {
  trimTo: (project, data) => fitLength(project, numberIn(data, 'frames')),
  extendTo: (project, data) => fitLength(project, numberIn(data, 'frames')),
  moveCaption: (project, data) => changeCaption(project, data, (caption) => ({ ...caption, position: { ...caption.position, [ratioIn(data)]: { x: fraction(data, 'x'), y: fraction(data, 'y'), width: Math.max(0.05, fraction(data, 'width')) } } })),
  enlargeCaption: (project, data) => changeCaption(project, data, (caption) => enlarged(caption, ratioIn(data), numberIn(data, 'factor'))),
  autoColour: (project, data) => changeCaption(project, data, ({ look: { color: _color, ...look } = {}, ...caption }) => ({ ...caption, ...(Object.keys(look).length > 0 ? { look } : {}) })),
  lengthenCaption: (project, data) => lengthenWords(project, textIn(data, 'sceneId'), numberIn(data, 'frames')),
};

const ORDER_FIXES: Readonly<Record<string, OrderFix>> = {
  useRate: (order, data) => ({ ...order, rate: oneOf(data, 'rate', EXPORT_RATE_NAMES) }),
  useRatio: (order, data) => ({ ...order, ratio: ratioIn(data) }),
  useLoudness: (order, data) => ({ ...order, loudnessLufs: numberIn(data, 'lufs') }),
};

/** Whether a fix changes the document; else it changes the order. */
export function isProjectFix({ kind }: Pick<Fix, 'kind'>): boolean {
  return kind in PROJECT_FIXES;
}

/** The document after a fix. Throws BAD_INPUT for a fix that is none of a document's. */
export function applyProjectFix(project: AdProject, { kind, data }: Pick<Fix, 'kind' | 'data'>): AdProject {
  const apply = PROJECT_FIXES[kind];
  if (!apply) throw new AdgenError('BAD_INPUT', `The document has no fix "${kind}".`);
  return apply(project, data);
}

/** The order after a fix. Throws BAD_INPUT for a fix that is none of an order's. */
export function applyOrderFix(order: ExportOrder, { kind, data }: Pick<Fix, 'kind' | 'data'>): ExportOrder {
  const apply = ORDER_FIXES[kind];
  if (!apply) throw new AdgenError('BAD_INPUT', `An export has no fix "${kind}".`);
  return apply(order, data);
}

/** A block set by hand may be larger only where it has the room. */
function enlarged(caption: Caption, ratio: Ratio, factor: number): Caption {
  const scale = Math.min(1.6, (caption.look?.scale ?? 1) * factor * 1.01);
  const byHand = caption.position[ratio];
  return { ...caption, look: { ...caption.look, scale }, ...(byHand ? { position: { ...caption.position, [ratio]: { ...byHand, width: Math.min(1, byHand.width * factor) } } } : {}) };
}

/** All words of a scene from its beginning on, for as long as they need; the scene grows when it is too short for that. */
function lengthenWords(project: AdProject, sceneId: string, frames: number): AdProject {
  const scenes = project.scenes.map((scene) => {
    if (scene.id !== sceneId || scene.captions.length === 0) return scene;
    const first = Math.min(...scene.captions.map(({ startFrame }) => startFrame));
    const start = Math.max(0, Math.min(first, scene.durationFrames - frames));
    const durationFrames = Math.max(scene.durationFrames, start + frames);
    return { ...scene, durationFrames, captions: scene.captions.map((caption) => ({ ...caption, startFrame: Math.max(0, caption.startFrame - (first - start)), endFrame: durationFrames })) };
  });
  return { ...project, scenes, durationFrames: totalFrames({ scenes }) };
}

function changeCaption(project: AdProject, data: Fix['data'], change: (caption: Caption) => Caption): AdProject {
  const [sceneId, captionId] = [textIn(data, 'sceneId'), textIn(data, 'captionId')];
  const inScene = (scene: Scene): Scene => ({ ...scene, captions: scene.captions.map((caption) => (caption.id === captionId ? change(caption) : caption)) });
  return { ...project, scenes: project.scenes.map((scene) => (scene.id === sceneId ? inScene(scene) : scene)) };
}

function numberIn(data: Fix['data'], name: string): number {
  const value = data[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unusable(name);
  return value;
}

function fraction(data: Fix['data'], name: string): number {
  return Math.min(1, Math.max(0, numberIn(data, name)));
}

function textIn(data: Fix['data'], name: string): string {
  const value = data[name];
  if (typeof value !== 'string') throw unusable(name);
  return value;
}

function oneOf<T extends string>(data: Fix['data'], name: string, values: readonly T[]): T {
  const found = values.find((value) => value === data[name]);
  if (found === undefined) throw unusable(name);
  return found;
}

function ratioIn(data: Fix['data']): Ratio {
  return oneOf(data, 'ratio', RATIOS);
}

function unusable(name: string): AdgenError {
  return new AdgenError('BAD_INPUT', `This fix lacks its ${name}; check the film again.`);
}
