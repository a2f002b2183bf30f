/**
 * Gives each scene its words. Only the brief's clauses and the claim-free connectives of its language are used; a scene
 * for which nothing is left stays without words and lets the picture speak.
 */
import type { ScenePurpose } from '../../project/schema.ts';
import { connectivesOf, type Connectives } from '../language/connectives.ts';
import type { CopyMaterial } from './gather-material.ts';
import { textWidth } from './measure-text.ts';
import { HEADLINE_WIDTH, sentenceCase, splitForScreen, SUPPORT_WIDTH } from './shorten-line.ts';

/** Words of one scene; '' = none. */
export interface SceneCopy {
  readonly headline: string;
  readonly support: string;
}

const SILENT: SceneCopy = { headline: '', support: '' };

/** One entry per purpose, in order. `callToAction` gets none here: the end card has its own. */
export function writeCopy(purposes: readonly ScenePurpose[], material: CopyMaterial, language: string): SceneCopy[] {
  const desk = new CopyDesk(material, connectivesOf(language), language);
  // The scenes that need certain words choose first; the others share what is left.
  const order = purposes.map((_, index) => index).sort((left, right) => PRIORITY[purposes[left] ?? 'mood'] - PRIORITY[purposes[right] ?? 'mood'] || left - right);
  const copy: SceneCopy[] = purposes.map(() => SILENT);
  for (const index of order) copy[index] = desk.write(purposes[index] ?? 'mood');
  return desk.enrich(copy, purposes);
}

const PRIORITY: Readonly<Record<ScenePurpose, number>> = { problem: 0, proof: 1, hook: 2, product: 3, benefit: 4, mood: 5, callToAction: 6 };

/** Hands out each piece of material once. */
class CopyDesk {
  readonly #messages: string[];
  readonly #facts: string[];
  readonly #questions: string[];
  readonly #proofs: string[];
  readonly #audience: string;
  readonly #lines: Connectives | undefined;
  readonly #language: string;
  #name: string;
  #canSayCloser = true;
  #canSayAudience: boolean;

  constructor(material: CopyMaterial, lines: Connectives | undefined, language: string) {
    this.#messages = [...material.messages];
    this.#facts = [...material.facts];
    this.#questions = [...material.questions];
    this.#proofs = [...material.proofs];
    this.#audience = material.audience;
    this.#name = material.name;
    this.#lines = lines;
    this.#language = language;
    this.#canSayAudience = material.audience !== '' && lines !== undefined && lines.madeFor !== '';
  }

  write(purpose: ScenePurpose): SceneCopy {
    switch (purpose) {
      case 'problem': return this.#take(this.#questions);
      case 'proof': return this.#take(this.#proofs, this.#facts);
      case 'hook': return this.#orElse(this.#take(this.#questions, this.#messages), () => this.#greet());
      case 'product': return this.#introduce();
      case 'benefit': return this.#orElse(this.#take(this.#facts, this.#messages, this.#proofs, this.#questions), () => this.#connect());
      case 'mood': return this.#take(this.#messages);
      case 'callToAction': return SILENT;
    }
  }

  /** Clauses left over become support lines under headlines that have none. */
  enrich(copy: readonly SceneCopy[], purposes: readonly ScenePurpose[]): SceneCopy[] {
    return copy.map((entry, index) => {
      const isOpen = ['product', 'benefit', 'proof'].includes(purposes[index] ?? '') && entry.headline !== '' && entry.support === '';
      return isOpen && textWidth(entry.headline) <= HEADLINE_WIDTH.preferred ? { ...entry, support: this.#takeSupport() } : entry;
    });
  }

  #introduce(): SceneCopy {
    if (this.#name === '' || textWidth(this.#name) > HEADLINE_WIDTH.max) return this.#take(this.#facts, this.#messages);
    const headline = this.#name;
    this.#name = '';
    // What the product is belongs under its name; a later clause would read as if it were that.
    const isFitting = this.#facts.length > 0 && textWidth(this.#facts[0] ?? '') <= SUPPORT_WIDTH;
    return { headline, support: isFitting ? this.#takeSupport() : '' };
  }

  #greet(): SceneCopy {
    const line = this.#lines?.meet.replace('{name}', () => this.#name) ?? this.#name;
    if (this.#name === '' || textWidth(line) > HEADLINE_WIDTH.max) return this.#take(this.#facts);
    this.#name = '';
    return { headline: line, support: '' };
  }

  #connect(): SceneCopy {
    const audience = this.#sayAudience();
    if (audience !== '') return { headline: audience, support: '' };
    if (!this.#canSayCloser || this.#lines === undefined) return SILENT;
    this.#canSayCloser = false;
    return { headline: this.#lines.closer, support: '' };
  }

  #sayAudience(): string {
    if (!this.#canSayAudience || this.#lines === undefined) return '';
    this.#canSayAudience = false;
    const line = this.#lines.madeFor.replace('{audience}', () => lowerAudience(this.#audience, this.#language));
    return textWidth(line) <= HEADLINE_WIDTH.max ? line : '';
  }

  #take(...queues: string[][]): SceneCopy {
    for (const queue of queues) {
      while (queue.length > 0) {
        const split = splitForScreen(queue.shift() ?? '');
        if (split !== undefined) return { headline: sentenceCase(split.headline, this.#language), support: split.support };
      }
    }
    return SILENT;
  }

  #takeSupport(): string {
    for (const queue of [this.#facts, this.#proofs, this.#messages]) {
      const index = queue.findIndex((clause) => textWidth(clause) <= SUPPORT_WIDTH);
      if (index >= 0) return sentenceCase(queue.splice(index, 1)[0] ?? '', this.#language);
    }
    return '';
  }

  #orElse(copy: SceneCopy, other: () => SceneCopy): SceneCopy {
    return copy.headline === '' ? other() : copy;
  }
}

// Inside "For …" a common noun loses its capital; adjectives of place ("Parisian") and German nouns keep it.
function lowerAudience(audience: string, language: string): string {
  const isCapitalised = /^\p{Lu}\p{Ll}/u.test(audience);
  const keeps = !['en', 'fr', 'es', 'it', 'pt', 'nl'].includes(language) || /^\p{L}+(an|ans|ish|ese)\b/u.test(audience);
  return isCapitalised && !keeps ? (audience[0]?.toLowerCase() ?? '') + audience.slice(1) : audience;
}
