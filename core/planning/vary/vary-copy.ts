/** Other words: the brief's lines dealt out anew over the same scenes. Pictures, times and the end card stay. */
import type { Random } from '../../lib/random.ts';
import type { Scene } from '../../project/schema.ts';
import type { CopyMaterial } from '../copy/gather-material.ts';
import { writeCopy, type SceneCopy } from '../copy/write-copy.ts';
import { copyOf, isSayable, type VaryDesk } from './desk.ts';

/** All scenes; undefined when this deal says what the advert says already. */
export function varyCopy(desk: VaryDesk): Scene[] | undefined {
  const { document, material, language } = desk;
  const isOpen = (scene: Scene): boolean => !scene.isEndCard && scene.isLocked !== true;
  const open = document.scenes.filter(isOpen);
  // What stands on scenes that stay is not said twice.
  const spoken = document.scenes.filter((scene) => !isOpen(scene)).flatMap((scene) => scene.captions.map(({ text }) => text));
  const copies = writeCopy(open.map(({ purpose }) => purpose), without(shuffled(material, desk.random), spoken), language);
  const words = new Map(open.map((scene, index) => [scene.id, allowed(desk, copies[index])]));
  const scenes = document.scenes.map((scene) => {
    const copy = words.get(scene.id);
    // A scene that speaks is not silenced for want of another line.
    return copy && copy.headline !== '' ? desk.sayOn(scene, copy) : scene;
  });
  const isSame = scenes.every((scene, index) => JSON.stringify(copyOf(scene)) === JSON.stringify(copyOf(document.scenes[index] ?? scene)));
  return isSame || hasRepeats(scenes) ? undefined : scenes;
}

function allowed(desk: VaryDesk, copy: SceneCopy | undefined): SceneCopy {
  if (!copy || isSayable(desk, copy)) return copy ?? { headline: '', support: '' };
  const alone = { headline: copy.headline, support: '' };
  return isSayable(desk, alone) ? alone : { headline: '', support: '' };
}

function shuffled(material: CopyMaterial, random: Random): CopyMaterial {
  const deal = (lines: readonly string[], name: string): string[] => {
    const stream = random.fork(name);
    return lines.map((line) => ({ line, at: stream.next() })).sort((left, right) => left.at - right.at).map(({ line }) => line);
  };
  // A fact may open as well as a message; which is which is another deal.
  const isSwapped = random.fork('swap').next() < 0.5;
  const [messages, facts] = isSwapped ? [material.facts, material.messages] : [material.messages, material.facts];
  return { ...material, messages: deal(messages, 'messages'), facts: deal(facts, 'facts'), questions: deal(material.questions, 'questions'), proofs: deal(material.proofs, 'proofs') };
}

function without(material: CopyMaterial, spoken: readonly string[]): CopyMaterial {
  const said = new Set(spoken.map((text) => text.toLowerCase()));
  const fresh = (lines: readonly string[]): string[] => lines.filter((line) => !said.has(line.toLowerCase()));
  return { ...material, messages: fresh(material.messages), facts: fresh(material.facts), questions: fresh(material.questions), proofs: fresh(material.proofs) };
}

function hasRepeats(scenes: readonly Scene[]): boolean {
  const lines = scenes.map((scene) => copyOf(scene).headline).filter((line) => line !== '');
  return new Set(lines).size < lines.length;
}
