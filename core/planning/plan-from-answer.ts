/** Turns a model's answer into a plan by the same layout as the embedded planner's: its words are fitted and guarded, never trusted. */
import { guardBackdropPrompt } from './claims/guard-backdrop-prompt.ts';
import { nameLine } from './copy/gather-material.ts';
import { trimLine } from './copy/split-clauses.ts';
import { sentenceCase, splitForScreen, SUPPORT_WIDTH } from './copy/shorten-line.ts';
import { textWidth } from './copy/measure-text.ts';
import { layOutPlan } from './lay-out-plan.ts';
import { briefLanguage } from './plan-embedded.ts';
import { normaliseBrief, cleanText } from './normalise-brief.ts';
import type { PlanAnswer } from './plan-answer.ts';
import type { SceneDraft } from './plan-draft.ts';
import type { StyleWords } from './style/make-style.ts';
import { toneFromWords } from './tone/resolve-tone.ts';
import type { PlanRequest, PlanResult } from './types.ts';

/** Pure and deterministic in request and answer. The brief's own tone, name and call to action win over the model's. */
export function planFromAnswer(request: PlanRequest, answer: PlanAnswer): PlanResult {
  const clean = { ...request, brief: normaliseBrief(request.brief).brief };
  const { brief } = clean;
  const language = briefLanguage(brief);
  return layOutPlan(clean, {
    scenes: answer.scenes.map((scene) => draftScene(scene, language)),
    brandLine: nameLine(brief.productName, request.products[0]?.name || request.brand.name),
    callToAction: sentenceCase(trimLine(brief.callToAction) || trimLine(cleanText(answer.callToAction)), language),
    tone: toneFromWords(brief.tone) ?? answer.tone,
    language,
    styleWords: styleWordsOf(clean, answer),
    musicMood: answer.music,
  });
}

function draftScene(scene: PlanAnswer['scenes'][number], language: string): SceneDraft {
  const split = splitForScreen(trimLine(cleanText(scene.headline)));
  const support = trimLine(cleanText(scene.support));
  const fitting = textWidth(support) <= SUPPORT_WIDTH ? support : '';
  return {
    purpose: scene.purpose,
    headline: sentenceCase(split?.headline ?? '', language),
    support: sentenceCase(split?.support || fitting, split?.support ? '' : language),
    set: scene.set,
    camera: scene.camera,
    prompt: cleanText(scene.prompt),
  };
}

function styleWordsOf(request: PlanRequest, answer: PlanAnswer): StyleWords {
  const words = Object.entries({ lighting: answer.lighting, cameraStyle: answer.cameraStyle, texture: answer.texture, mood: answer.mood });
  return Object.fromEntries(words.map(([key, text]) => [key, guardBackdropPrompt(cleanText(text), request).slice(0, 200)]).filter(([, text]) => text !== ''));
}
