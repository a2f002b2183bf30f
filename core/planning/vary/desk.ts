/** What a variant is made with: the brief sorted into lines that may be shown, and a way to put words on a scene's clock. */
import { sceneSpans } from '../../composition/timeline.ts';
import { createRandom, type Random } from '../../lib/random.ts';
import type { AdProject, Caption, Scene } from '../../project/schema.ts';
import { createClaimsGuard, type ClaimsGuard } from '../claims-guard.ts';
import { isInstruction } from '../claims/is-instruction.ts';
import { isNeutral } from '../claims/is-neutral.ts';
import { gatherMaterial, type CopyMaterial } from '../copy/gather-material.ts';
import { shorterForms } from '../copy/shorten-line.ts';
import { splitSentences } from '../copy/split-clauses.ts';
import type { SceneCopy } from '../copy/write-copy.ts';
import { captionWindow, placeCaptions } from '../layout/place-captions.ts';
import { normaliseBrief } from '../normalise-brief.ts';
import { briefLanguage } from '../plan-embedded.ts';
import { resolveTone } from '../tone/resolve-tone.ts';
import { toneProfile, type ToneProfile } from '../tone/tone-profile.ts';
import type { PlanRequest } from '../types.ts';

/** Everything that the three axes share. */
export interface VaryDesk {
  readonly document: AdProject;
  readonly request: PlanRequest;
  readonly material: CopyMaterial;
  readonly language: string;
  readonly profile: ToneProfile;
  readonly claims: ClaimsGuard;
  readonly random: Random;
  /** The scene with other words in place of its headline and support line. Everything else that stands on it stays. */
  sayOn(scene: Scene, copy: SceneCopy): Scene;
}

/** @param seed another one is another variant */
export function createDesk(document: AdProject, seed: number): VaryDesk {
  const brief = normaliseBrief(document.brief).brief;
  const products = document.products.flatMap(({ id, name, analysis }) => (analysis ? [{ id, name, analysis }] : []));
  const fps = document.timebase.num / document.timebase.den;
  const request: PlanRequest = { brief, brand: document.brand, products, durationFrames: document.durationFrames, fps, sceneCount: document.scenes.length, seed };
  const language = briefLanguage(brief);
  const keep = (text: string): string => splitSentences(text).filter((sentence) => !isInstruction(sentence)).join('\n');
  const said = { ...brief, message: keep(brief.message), description: keep(brief.description), audience: keep(brief.audience) };
  const palette = products[0]?.analysis.palette ?? [];
  return {
    document, request, language,
    material: gatherMaterial(said, document.products[0]?.name || document.brand.name, (sentence) => isNeutral(sentence, 'quantities')),
    // The advert's own seed: a variant keeps its tone.
    profile: toneProfile(resolveTone(brief.tone, palette, createRandom(document.seed, `tone/${palette.join()}`))),
    claims: createClaimsGuard({ brief, productNames: document.products.map(({ name }) => name), brandName: document.brand.name }, language),
    random: createRandom(seed, `vary/${document.id}`),
    sayOn: (scene, copy) => ({ ...scene, captions: captionsWith(document, scene, copy, fps) }),
  };
}

/** True for words that the claims guard lets stand, alone and together. */
export function isSayable({ claims }: VaryDesk, { headline, support }: SceneCopy): boolean {
  const lines = [headline, support].filter((line) => line !== '');
  return lines.every((line) => claims.objectionTo(line) === '') && (lines.length < 2 || claims.objectionToPair(headline, support) === '');
}

/** What a scene says. */
export function copyOf(scene: Scene): SceneCopy {
  const textOf = (role: Caption['role']): string => scene.captions.find((caption) => caption.role === role)?.text ?? '';
  return { headline: textOf('headline'), support: textOf('support') };
}

const REPLACED: ReadonlySet<Caption['role']> = new Set(['headline', 'support']);

function captionsWith(document: AdProject, scene: Scene, copy: SceneCopy, fps: number): Caption[] {
  const span = sceneSpans(document).find((candidate) => candidate.scene.id === scene.id);
  const window = captionWindow(scene.durationFrames, span?.overlapIn ?? 0, span?.overlapOut ?? 0, span?.index === 0);
  const kept = scene.captions.filter((caption) => !REPLACED.has(caption.role));
  const before = (role: Caption['role']): Caption | undefined => scene.captions.find((caption) => caption.role === role);
  const wishes = (['headline', 'support'] as const).flatMap((role) => {
    const text = copy[role];
    return text === '' ? [] : [{ role, forms: shorterForms(text, isNeutral), animation: before(role)?.animation ?? (role === 'headline' ? ('rise' as const) : ('fade' as const)) }];
  });
  const placed = placeCaptions(wishes, window, fps, 'v').map((caption) => {
    const old = before(caption.role);
    // Same words, same caption: nothing that the user has set is touched.
    if (old?.text === caption.text) return old;
    return { ...caption, id: old?.id ?? freeId(scene, caption.id), ...(old ? { position: old.position } : {}), ...(old?.look ? { look: old.look } : {}) };
  });
  return [...placed, ...kept].slice(0, 12);
}

function freeId({ captions }: Scene, wish: string): string {
  const used = new Set(captions.map(({ id }) => id));
  let id = wish;
  for (let number = 2; used.has(id); number += 1) id = `${wish}_${number}`;
  return id;
}
