/**
 * The offline planner: brief in, shot list out, deterministic per seed. It chooses an ad structure by tone and length,
 * fills it with the brief's own words, and leaves times, colours and sets to `layOutPlan`. It never fails and never
 * invents a fact; where the brief has nothing to say, the pictures speak.
 */
import { isNeutral } from './claims/is-neutral.ts';
import { isInstruction } from './claims/is-instruction.ts';
import { gatherMaterial, type CopyMaterial } from './copy/gather-material.ts';
import { splitSentences } from './copy/split-clauses.ts';
import { sentenceCase } from './copy/shorten-line.ts';
import { writeCopy } from './copy/write-copy.ts';
import { clampSceneCount, layOutPlan } from './lay-out-plan.ts';
import { defaultCallToAction } from './language/connectives.ts';
import { resolveLanguage } from './language/detect-language.ts';
import { chooseStructure } from './layout/choose-structure.ts';
import { normaliseBrief } from './normalise-brief.ts';
import type { PlanDraft } from './plan-draft.ts';
import { createRandom } from '../lib/random.ts';
import type { Brief } from '../project/schema.ts';
import { resolveTone } from './tone/resolve-tone.ts';
import type { PlanRequest, PlanResult } from './types.ts';

/** Plans an advert from the brief alone. Same request, same plan; total length is exactly `request.durationFrames`. */
export function planEmbedded(request: PlanRequest): PlanResult {
  const clean = { ...request, brief: normaliseBrief(request.brief).brief };
  return layOutPlan(clean, draftEmbedded(clean));
}

function draftEmbedded(request: PlanRequest): PlanDraft {
  const { brief } = request;
  const palette = request.products[0]?.analysis.palette ?? [];
  const tone = resolveTone(brief.tone, palette, createRandom(request.seed, `tone/${palette.join()}`));
  const language = briefLanguage(brief);
  const material = gatherMaterial(withoutInstructions(brief), request.products[0]?.name || request.brand.name, isSplittable);
  const purposes = chooseStructure(clampSceneCount(request) - 1, tone, material, createRandom(request.seed, `structure/${tone}/${material.name}`));
  const copy = writeCopy(purposes, material, language);
  return {
    scenes: purposes.map((purpose, index) => ({ purpose, headline: copy[index]?.headline ?? '', support: copy[index]?.support ?? '' })),
    brandLine: material.name,
    callToAction: callToActionOf(material, language),
    tone,
    language,
  };
}

/** The language of the copy: the brief's own statement, else what its text looks like, else ''. */
export function briefLanguage(brief: Brief): string {
  return resolveLanguage(brief.language, [brief.message, brief.description, brief.audience, brief.callToAction, brief.productName].join(' \n'));
}

/** The end card's call to action: the brief's, else the neutral one of the language. */
function callToActionOf(material: Pick<CopyMaterial, 'callToAction'>, language: string): string {
  return material.callToAction === '' ? defaultCallToAction(language) : sentenceCase(material.callToAction, language);
}

// A sentence that makes a claim is shown whole or not at all: its second half may be the condition of the first.
function isSplittable(sentence: string): boolean {
  return isNeutral(sentence, 'quantities');
}

function withoutInstructions(brief: Brief): Brief {
  const keep = (text: string): string => splitSentences(text).filter((sentence) => !isInstruction(sentence)).join('\n');
  return { ...brief, message: keep(brief.message), description: keep(brief.description), audience: keep(brief.audience), callToAction: isInstruction(brief.callToAction) ? '' : brief.callToAction };
}
