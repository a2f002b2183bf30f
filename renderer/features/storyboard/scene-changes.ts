/** Edits of the storyboard that the timeline's editor core does not have. Pure: document in, document out; a locked scene refuses. */
import { chooseTake, removeTake } from '#core/project/takes.ts';
import type { AdProject, Backdrop, Camera, CaptionRole, Scene, StyleSpec } from '#core/project/schema.ts';
import { freshId, openScene, withScene, LIMITS } from '../../editor/rules.ts';
import { EditRefusal } from '../../editor/edit-refusal.ts';
import { insertScenes, newScene, trimSceneEnd } from '../../editor/scene-edits.ts';

/** Puts something else into every one of these scenes that is not locked; refuses when all are. */
export function changeScenes(project: AdProject, sceneIds: readonly string[], change: (scene: Scene) => Scene): AdProject {
  const open = project.scenes.filter((scene) => sceneIds.includes(scene.id) && scene.isLocked !== true);
  if (open.length === 0) throw new EditRefusal('locked');
  return { ...project, scenes: project.scenes.map((scene) => (open.includes(scene) ? change(scene) : scene)) };
}

/** What the user calls a scene; nothing = its purpose again. Names may change while the scene is locked. */
export function renameScene(project: AdProject, sceneId: string, name: string): AdProject {
  return withScene(project, sceneId, ({ name: _before, ...scene }) => (name.trim() === '' ? scene : { ...scene, name: name.slice(0, 80) }));
}

/** Locks or unlocks scenes. */
export function lockScenes(project: AdProject, sceneIds: readonly string[], isLocked: boolean): AdProject {
  return { ...project, scenes: project.scenes.map(({ isLocked: was, ...scene }) => (sceneIds.includes(scene.id) ? { ...scene, ...(isLocked ? { isLocked } : {}) } : { ...scene, ...(was === undefined ? {} : { isLocked: was }) })) };
}

/** Another set, prompt or focus. A set takes the place of the user's own picture. */
export function changeBackdrop(scene: Scene, change: Partial<Backdrop>): Scene {
  const { media, ...backdrop } = scene.backdrop;
  return { ...scene, backdrop: { ...backdrop, ...(media && change.set === undefined ? { media } : {}), ...change } };
}

/** Another camera. */
export function changeCamera(scene: Scene, change: Partial<Camera>): Scene {
  return { ...scene, camera: { ...scene.camera, ...change } };
}

/** Other words of a caption. */
export function changeWords(project: AdProject, sceneId: string, captionId: string, text: string): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => ({ ...scene, captions: scene.captions.map((caption) => (caption.id === captionId ? { ...caption, text: text.slice(0, 300) } : caption)) }));
}

/** Words of a role that the scene lacks, shown for as long as the scene allows. */
export function addWords(project: AdProject, sceneId: string, role: CaptionRole, text: string): AdProject {
  const scene = openScene(project, sceneId);
  if (scene.captions.length >= LIMITS.maxCaptions) throw new EditRefusal('tooManyCaptions');
  const startFrame = Math.min(12, Math.floor(scene.durationFrames / 6));
  const caption = { id: freshId('caption', scene.captions.map(({ id }) => id)), role, text, startFrame, endFrame: scene.durationFrames, animation: 'rise' as const, position: {} };
  return withScene(project, sceneId, () => ({ ...scene, captions: [...scene.captions, caption] }));
}

/** Takes words away. */
export function removeWords(project: AdProject, sceneId: string, captionId: string): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => ({ ...scene, captions: scene.captions.filter((caption) => caption.id !== captionId) }));
}

/** The scene with this length, as near to it as can be. */
export function setLength(project: AdProject, sceneId: string, frames: number): AdProject {
  return trimSceneEnd(project, sceneId, frames - openScene(project, sceneId).durationFrames);
}

/** A scene after another one, like it, without words; before the end card if that is the last. */
export function addSceneAfter(project: AdProject, sceneId: string | undefined): { readonly project: AdProject; readonly sceneIds: readonly string[] } {
  const found = project.scenes.findIndex((scene) => scene.id === sceneId);
  const index = found === -1 ? project.scenes.length - 1 : found;
  const like = project.scenes[index];
  if (!like) throw new EditRefusal('nothingThere');
  const dressed = like.placement ? like : { ...like, ...placementOf(project) };
  return insertScenes(project, [newScene(dressed)], like.isEndCard ? index : index + 1);
}

/** An end card shows no product; the scene beside it does. */
function placementOf({ products: [product] }: AdProject): Pick<Scene, 'placement'> {
  return product ? { placement: { productId: product.id, keyframes: {}, intent: 'hero', entrance: 'settle', shadow: 1, reflection: 0 } } : {};
}

/** Puts a take in use. */
export function putTake(project: AdProject, sceneId: string, takeId: string): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => chooseTake(scene, takeId));
}

/** Drops a take. */
export function dropTake(project: AdProject, sceneId: string, takeId: string): AdProject {
  const scene = openScene(project, sceneId);
  return withScene(project, sceneId, () => removeTake(scene, takeId));
}

/** Another look. */
export function changeStyle(project: AdProject, change: Partial<StyleSpec>): AdProject {
  return { ...project, style: { ...project.style, ...change } };
}

/** A colour of the palette at another place. */
export function movePaletteColor(project: AdProject, from: number, to: number): AdProject {
  const palette = [...project.style.palette];
  const [color] = palette.splice(from, 1);
  if (color === undefined || to < 0 || to > palette.length) return project;
  palette.splice(to, 0, color);
  return changeStyle(project, { palette });
}
