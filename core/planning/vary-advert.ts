/**
 * A/B variants of an advert: the same advert but for one thing, and that one thing is named. Locked scenes stay, words come from the brief
 * and pass the claims guard, the length does not change. Pure and deterministic in document, axis and turn.
 */
import { AdgenError } from '../contract/errors.ts';
import { createRandom } from '../lib/random.ts';
import type { AdProject, Variant } from '../project/schema.ts';
import { copyOf, createDesk } from './vary/desk.ts';
import { varyCopy } from './vary/vary-copy.ts';
import { varyHook } from './vary/vary-hook.ts';
import { varyLook } from './vary/vary-look.ts';

/** What a variant differs in. */
export type VaryAxis = Variant['axis'];

/** Many deals of the same few lines say the same. */
const ATTEMPTS = 60;

/**
 * The content of up to `count` variants that differ from the document, from each other and from `siblings` (variants made before); at least one.
 * Ids, names and times of the documents are the caller's. Throws CONFLICT when what would vary is locked, BAD_INPUT when the brief has nothing else to say.
 */
export function varyAdvert(document: AdProject, axis: VaryAxis, count: number, siblings: readonly AdProject[] = []): AdProject[] {
  assertUnlocked(document, axis);
  const known = new Set([document, ...siblings].map((one) => signatureOf(one, axis)));
  const found: AdProject[] = [];
  for (let turn = 0; turn < ATTEMPTS && found.length < count; turn += 1) {
    const variant = makeVariant(document, axis, turn);
    if (!variant || known.has(signatureOf(variant, axis))) continue;
    known.add(signatureOf(variant, axis));
    found.push({ ...variant, variant: { of: document.id, axis, label: labelOf(variant, axis, document) } });
  }
  if (found.length === 0) throw new AdgenError('BAD_INPUT', `There is no other ${axis} to make from this brief. ${HINTS[axis]}`);
  return found;
}

const HINTS: Readonly<Record<VaryAxis, string>> = {
  hook: 'Add a question or a second message to the brief, and vary again.',
  copy: 'Add sentences about the product to the brief, and vary again.',
  look: 'Unlock a scene or take out a backdrop of your own, and vary again.',
};

function makeVariant(document: AdProject, axis: VaryAxis, turn: number): AdProject | undefined {
  const desk = createDesk(document, createRandom(document.seed, `vary/${axis}/${turn}`).below(2 ** 32));
  if (axis === 'look') {
    const look = varyLook(desk);
    return look && { ...document, ...look };
  }
  const scenes = axis === 'hook' ? varyHook(desk, turn) : varyCopy(desk);
  return scenes && { ...document, scenes };
}

function assertUnlocked({ scenes }: AdProject, axis: VaryAxis): void {
  const [first] = scenes;
  if (axis === 'hook' && first?.isLocked === true) throw new AdgenError('CONFLICT', 'The first scene is locked, and it is the hook. Unlock it, and vary again.');
  if (scenes.every((scene) => scene.isLocked === true || scene.isEndCard)) throw new AdgenError('CONFLICT', 'All scenes are locked. Unlock those that may change, and vary again.');
}

/** What must differ between variants of an axis. */
function signatureOf(document: AdProject, axis: VaryAxis): string {
  if (axis === 'look') return JSON.stringify([document.style.palette, document.style.fonts, document.scenes.map(({ backdrop }) => backdrop.set)]);
  return JSON.stringify((axis === 'hook' ? document.scenes.slice(0, 1) : document.scenes).map(copyOf));
}

/** Data, not a sentence: the words that are new, or the sets. */
function labelOf(variant: AdProject, axis: VaryAxis, document: AdProject): string {
  if (axis === 'look') return variant.scenes.filter((scene) => !scene.isEndCard).map(({ backdrop }) => backdrop.set).join(', ').slice(0, 80);
  const changed = variant.scenes.find((scene, index) => JSON.stringify(copyOf(scene)) !== JSON.stringify(copyOf(document.scenes[index] ?? scene)));
  const { headline = '', support = '' } = changed ? copyOf(changed) : {};
  return [...(headline || support)].slice(0, 70).join('').slice(0, 80);
}
