/** Another beginning: other first words, another way in, another set and entrance. The rest of the advert stays as it is. */
import type { Scene, ScenePurpose } from '../../project/schema.ts';
import { connectivesOf } from '../language/connectives.ts';
import { HEADLINE_WIDTH, sentenceCase, splitForScreen } from '../copy/shorten-line.ts';
import { textWidth } from '../copy/measure-text.ts';
import type { SceneCopy } from '../copy/write-copy.ts';
import { choosePlacements } from '../layout/choose-placements.ts';
import { copyOf, isSayable, type VaryDesk } from './desk.ts';
import { withOtherSet } from './vary-look.ts';

interface Opening {
  readonly purpose: ScenePurpose;
  readonly copy: SceneCopy;
}

/** All scenes, the first one changed; undefined when the brief has no further opening line. @param turn which of the openings */
export function varyHook(desk: VaryDesk, turn: number): Scene[] | undefined {
  const [first, ...rest] = desk.document.scenes;
  const openings = openingsOf(desk, first);
  const opening = openings[turn];
  if (!first || !opening) return undefined;
  const [placement] = choosePlacements([opening.purpose], [first.placement?.productId ?? desk.document.products[0]?.id ?? ''], desk.profile, desk.random.fork('placement'));
  const staged = withOtherSet(desk, first, opening.purpose);
  const placed = first.placement && placement ? { ...first.placement, intent: placement.intent, entrance: placement.entrance, keyframes: {} } : first.placement;
  const scene = desk.sayOn({ ...staged, purpose: opening.purpose, ...(placed ? { placement: placed } : {}) }, opening.copy);
  // A line that cannot be read in the time there is would leave the scene without words.
  return scene.captions.some((caption) => caption.role === 'headline') ? [scene, ...rest] : undefined;
}

/** Lines that may open the advert: none that it opens with or says elsewhere. */
function openingsOf(desk: VaryDesk, first: Scene | undefined): Opening[] {
  if (!first) return [];
  const { material, language, document } = desk;
  const lines = connectivesOf(language);
  const said = new Set(document.scenes.flatMap((scene) => scene.captions.map(({ text }) => text)).concat(copyOf(first).headline));
  const wishes: [ScenePurpose, string][] = [
    ...material.questions.map((line): [ScenePurpose, string] => ['problem', line]),
    ...material.messages.map((line): [ScenePurpose, string] => ['hook', line]),
    ...(lines && material.name ? [['hook', lines.meet.replace('{name}', () => material.name)] as [ScenePurpose, string]] : []),
    ...(lines?.madeFor && material.audience ? [['hook', lines.madeFor.replace('{audience}', () => material.audience)] as [ScenePurpose, string]] : []),
    ...material.proofs.map((line): [ScenePurpose, string] => ['proof', line]),
    ...material.facts.map((line): [ScenePurpose, string] => ['product', line]),
    ...(lines ? [['mood', lines.closer] as [ScenePurpose, string]] : []),
  ];
  return wishes.flatMap(([purpose, line]) => {
    const split = splitForScreen(line);
    if (!split || textWidth(split.headline) > HEADLINE_WIDTH.max) return [];
    const copy = { headline: sentenceCase(split.headline, language), support: split.support };
    return said.has(copy.headline) || !isSayable(desk, copy) ? [] : [{ purpose, copy }];
  });
}
