/** Another look: other sets and, unless a scene is locked, another style spec. Words, times, placements and the user's own backdrops stay. */
import type { AdProject, Scene, ScenePurpose, SetKind, StyleSpec } from '../../project/schema.ts';
import { guardBackdropPrompt } from '../claims/guard-backdrop-prompt.ts';
import { backdropPrompt } from '../layout/backdrop-prompt.ts';
import { chooseSets } from '../layout/choose-sets.ts';
import { makeStyle } from '../style/make-style.ts';
import type { VaryDesk } from './desk.ts';

/** Style and scenes; undefined when nothing can look different. */
export function varyLook(desk: VaryDesk): Pick<AdProject, 'style' | 'scenes'> | undefined {
  const { document, random } = desk;
  // The style belongs to all scenes; a locked one would change with it.
  const isStyleFree = !document.scenes.some((scene) => scene.isLocked === true);
  const style = isStyleFree ? otherStyle(desk) : document.style;
  const isOpen = (scene: Scene): boolean => !scene.isEndCard && scene.isLocked !== true && scene.backdrop.media === undefined;
  const sets = otherSets(desk, document.scenes.map((scene) => scene.purpose), document.scenes.map((scene) => (isOpen(scene) ? undefined : scene.backdrop.set)));
  const scenes = document.scenes.map((scene, index) => (isOpen(scene) ? dress(desk, scene, sets[index] ?? scene.backdrop.set, style, random.fork(`seed/${index}`).below(2 ** 32)) : scene));
  const isSame = JSON.stringify([style, scenes.map(({ backdrop }) => backdrop.set)]) === JSON.stringify([document.style, document.scenes.map(({ backdrop }) => backdrop.set)]);
  return isSame ? undefined : { style, scenes };
}

/** One scene in a set that no scene of the advert has. */
export function withOtherSet(desk: VaryDesk, scene: Scene, purpose: ScenePurpose): Scene {
  if (scene.backdrop.media !== undefined) return scene;
  const others = desk.document.scenes.map(({ backdrop }) => backdrop.set);
  const purposes: ScenePurpose[] = [...others.map(() => 'mood' as const), purpose];
  const set = chooseSets(purposes, desk.profile, elevationOf(desk), desk.random.fork('set'), others).at(-1) ?? scene.backdrop.set;
  return dress(desk, scene, set, desk.document.style, desk.random.fork('seed').below(2 ** 32));
}

function dress(desk: VaryDesk, scene: Scene, set: SetKind, style: StyleSpec, seed: number): Scene {
  const { takes: _takes, ...rest } = scene;
  const { startFrame: _slip, ...backdrop } = scene.backdrop;
  return { ...rest, seed, backdrop: { ...backdrop, set, prompt: guardBackdropPrompt(backdropPrompt(set, style), desk.request) } };
}

/** Sets for all scenes; those of scenes that stay are given and taken by nobody else. */
function otherSets(desk: VaryDesk, purposes: readonly ScenePurpose[], kept: readonly (SetKind | undefined)[]): SetKind[] {
  const before = desk.document.scenes.map(({ backdrop }) => backdrop.set);
  const held = kept.filter((set) => set !== undefined);
  // What is held comes first in the row, so that it is taken when the others choose.
  const chosen = chooseSets([...held.map(() => 'mood' as const), ...purposes], desk.profile, elevationOf(desk), desk.random.fork('sets'), held).slice(held.length);
  const sets = purposes.map((_, index) => kept[index] ?? chosen[index] ?? 'cyclorama');
  // The same sets in another order would be the same look: the first open scene must differ.
  const first = kept.findIndex((set) => set === undefined);
  if (first < 0 || sets[first] !== before[first]) return sets;
  const spare = chooseSets([...sets.map(() => 'mood' as const), purposes[first] ?? 'hook'], desk.profile, elevationOf(desk), desk.random.fork('spare'), sets).at(-1);
  return sets.map((set, index) => (index === first && spare ? spare : set));
}

function otherStyle({ request, profile, random, document }: VaryDesk): StyleSpec {
  const { style } = document;
  const made = makeStyle(request, profile, random.fork('style'));
  // The light is the photo's, and stays.
  return { ...made, light: style.light };
}

function elevationOf({ request }: VaryDesk): number {
  return request.products[0]?.analysis.cameraElevationDeg ?? 0;
}
