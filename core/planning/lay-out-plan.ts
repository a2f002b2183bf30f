/**
 * From a draft to a full plan, the same way for every planner: claims guard, style, sets, placements, times, captions,
 * soundtrack, ids and seeds. Pure and deterministic in the request and the draft; a planner (or a model) never decides
 * a frame number, a colour or an id.
 */
import { createRandom, type Random } from '../lib/random.ts';
import type { Caption, Placement, Scene, SetKind, Soundtrack, StyleSpec, Transition } from '../project/schema.ts';
import { guardBackdropPrompt } from './claims/guard-backdrop-prompt.ts';
import { isNeutral } from './claims/is-neutral.ts';
import { shorterForms } from './copy/shorten-line.ts';
import { guardDraft } from './guard-draft.ts';
import { backdropPrompt } from './layout/backdrop-prompt.ts';
import { choosePlacements, endCardPlacement } from './layout/choose-placements.ts';
import { chooseSets } from './layout/choose-sets.ts';
import { structureName } from './layout/choose-structure.ts';
import { layOutTimes, type SceneTime, type SceneTimeRequest } from './layout/lay-out-times.ts';
import { captionFrames, captionWindow, placeCaptions, type CaptionWish } from './layout/place-captions.ts';
import type { PlanDraft, SceneDraft } from './plan-draft.ts';
import { makeStyle } from './style/make-style.ts';
import { toneProfile, type ToneProfile } from './tone/tone-profile.ts';
import type { PlanRequest, PlanResult } from './types.ts';

/** An end card is not stretched much beyond this, however long the advert is. */
const END_CARD_SECONDS = 4;

/** Lays a draft out over exactly `request.durationFrames`. What the claims guard takes out is in `droppedClaims`. */
export function layOutPlan(request: PlanRequest, unguarded: PlanDraft): PlanResult {
  const { draft, droppedClaims } = guardDraft(request, unguarded);
  const random = planRandom(request, draft);
  const profile = toneProfile(draft.tone);
  const style = makeStyle(request, profile, random.fork('style'), draft.styleWords);
  const wishes = captionWishes(draft, profile, isMontage(request, draft));
  const transitions = chooseTransitions(draft.scenes.length, profile, request.fps, random.fork('transitions'));
  const times = layOutTimes(request.durationFrames, request.fps, timeRequests(wishes, profile, request, random.fork('rhythm')), transitions.map((transition) => transition.durationFrames));
  const scenes = makeScenes({ request, draft, profile, style, random, wishes, transitions, times });
  return { scenes, style, soundtrack: makeSoundtrack(draft, profile, random.fork('music')), structure: structureName(draft.scenes.map((scene) => scene.purpose)), droppedClaims };
}

/** How many scenes the advert can carry, end card included: the wish within 3..8, fewer when there are too few frames. */
export function clampSceneCount(request: PlanRequest): number {
  const wish = Math.min(8, Math.max(3, Math.round(request.sceneCount) || 3));
  // A scene of the document lasts 3600 frames at most, and scenes are not equally long.
  const least = Math.min(8, Math.ceil(request.durationFrames / 1900));
  return Math.max(2, least, Math.min(wish, Math.floor(request.durationFrames / 12)));
}

/** The stream of choices: another seed, tone, product or product colour is another advert. */
function planRandom(request: PlanRequest, draft: Pick<PlanDraft, 'tone'>): Random {
  const products = request.products.map((product) => `${product.name}|${product.analysis.palette.join()}`).join('/');
  return createRandom(request.seed, `plan/${draft.tone}/${request.brief.productName}/${products}`);
}

interface SceneInputs {
  readonly request: PlanRequest;
  readonly draft: PlanDraft;
  readonly profile: ToneProfile;
  readonly style: StyleSpec;
  readonly random: Random;
  readonly wishes: readonly CaptionWish[][];
  readonly transitions: readonly Transition[];
  readonly times: readonly SceneTime[];
}

function makeScenes(inputs: SceneInputs): Scene[] {
  const { request, draft, profile, random } = inputs;
  const purposes = draft.scenes.map((scene) => scene.purpose);
  const ids = request.products.map((product) => product.id);
  const sets = chooseSets(purposes, profile, request.products[0]?.analysis.cameraElevationDeg ?? 0, random.fork('sets'), draft.scenes.map((scene) => scene.set));
  const placements = choosePlacements(purposes, ids, profile, random.fork('placements'));
  const body = draft.scenes.map((scene, index) => bodyScene(inputs, scene, index, sets[index] ?? 'cyclorama', placements[index]));
  return [...body, endCard(inputs, draft.scenes.length, ids[0])];
}

function bodyScene(inputs: SceneInputs, draft: SceneDraft, index: number, set: SetKind, placement: Placement | undefined): Scene {
  const { profile, style } = inputs;
  const random = inputs.random.fork(`scene/${index}`);
  const prompt = guardBackdropPrompt(draft.prompt ?? '', inputs.request);
  return {
    id: `scene_${index + 1}`,
    purpose: draft.purpose,
    durationFrames: inputs.times[index]?.durationFrames ?? 6,
    seed: random.below(2 ** 32),
    backdrop: { set, prompt: prompt === '' ? guardBackdropPrompt(backdropPrompt(set, style), inputs.request) : prompt, focus: { x: 0.5, y: 0.5 } },
    camera: { move: draft.camera ?? random.pick(profile.cameras), amount: round(random.between(...profile.cameraAmount)) },
    placement: placement === undefined || draft.intent === undefined ? placement : { ...placement, intent: draft.intent },
    captions: captionsOf(inputs, index),
    transition: transitionOf(inputs, index),
    isEndCard: false,
  };
}

function endCard(inputs: SceneInputs, index: number, productId: string | undefined): Scene {
  return {
    id: `scene_${index + 1}`,
    purpose: 'callToAction',
    durationFrames: inputs.times[index]?.durationFrames ?? 6,
    seed: inputs.random.fork(`scene/${index}`).below(2 ** 32),
    backdrop: { set: 'flat', prompt: '', focus: { x: 0.5, y: 0.5 } },
    camera: { move: 'static', amount: 0 },
    placement: productId === undefined ? undefined : endCardPlacement(productId, inputs.profile),
    captions: captionsOf(inputs, index),
    transition: { kind: 'cut', durationFrames: 0 },
    isEndCard: true,
  };
}

function captionsOf({ wishes, times, request }: SceneInputs, index: number): Caption[] {
  const window = captionWindow(times[index]?.durationFrames ?? 0, times[index - 1]?.transitionFrames ?? 0, times[index]?.transitionFrames ?? 0, index === 0);
  return placeCaptions(wishes[index] ?? [], window, request.fps, `caption_${index + 1}`);
}

// Scenes of a second or less are a montage: words in one of them would stretch it and make the others stutter.
function isMontage(request: PlanRequest, draft: PlanDraft): boolean {
  return (request.durationFrames / request.fps - 2.2) / draft.scenes.length < 1.1;
}

function captionWishes(draft: PlanDraft, profile: ToneProfile, isSilent: boolean): CaptionWish[][] {
  const body = draft.scenes.map((scene): CaptionWish[] => isSilent ? [] : [
    { role: 'headline', forms: shorterForms(scene.headline, isNeutral), animation: profile.captionAnimation },
    { role: 'support', forms: shorterForms(scene.support, isNeutral), animation: 'fade' },
  ]);
  const card: CaptionWish[] = [
    { role: 'brand', forms: [draft.brandLine], animation: profile.endCardAnimation },
    { role: 'callToAction', forms: [draft.callToAction], animation: profile.endCardAnimation, isEssential: true },
  ];
  return [...body, card].map((wishes) => wishes.filter((wish) => (wish.forms[0] ?? '') !== ''));
}

function timeRequests(wishes: readonly CaptionWish[][], profile: ToneProfile, request: PlanRequest, random: Random): SceneTimeRequest[] {
  const meanFrames = request.durationFrames / wishes.length;
  return wishes.map((scene, index) => {
    // Uneven scenes alternate long and short, which reads as rhythm; pure noise would not.
    const beat = index % 2 === 0 ? -1 : 1;
    const swing = 1 + profile.rhythm * (0.32 * beat + random.between(-0.3, 0.3));
    const isLast = index === wishes.length - 1;
    return { weight: isLast ? Math.min(1.05, Math.max(0.4, (END_CARD_SECONDS * request.fps) / meanFrames)) : swing * (index === 0 ? profile.opening : 1), readingFrames: readingNeeds(scene, request.fps) };
  });
}

/** Frames for all captions of a scene, for its first alone, and for that one's shortest form. */
function readingNeeds(wishes: readonly CaptionWish[], fps: number): number[] {
  const lead = wishes[0]?.forms ?? [];
  if (lead.length === 0) return [];
  const variants = [wishes.map((wish) => wish.forms[0] ?? ''), lead.slice(0, 1), lead.slice(-1)];
  return variants.map((texts) => captionFrames(texts, fps) + 8 + (texts.length - 1) * Math.round(fps * 0.3));
}

function chooseTransitions(count: number, profile: ToneProfile, fps: number, random: Random): Transition[] {
  let previous: Transition['kind'] | undefined;
  return Array.from({ length: count }, (_, index) => {
    const isOntoEndCard = index === count - 1;
    const options = profile.transitions.filter((option) => !(isOntoEndCard && option.kind === 'cut') && (option.kind !== previous || option.kind === 'dissolve'));
    const { kind, seconds } = random.pick(options.length > 0 ? options : profile.transitions);
    previous = kind;
    return { kind, durationFrames: Math.round(seconds * fps) };
  });
}

function transitionOf({ transitions, times }: SceneInputs, index: number): Transition {
  const durationFrames = times[index]?.transitionFrames ?? 0;
  return durationFrames === 0 ? { kind: 'cut', durationFrames } : { kind: transitions[index]?.kind ?? 'dissolve', durationFrames };
}

function makeSoundtrack(draft: PlanDraft, profile: ToneProfile, random: Random): Soundtrack {
  const mood = draft.musicMood ?? random.pick(profile.moods);
  const [slowest, fastest] = profile.tempoBpm;
  return { mood, tempoBpm: Math.round(random.between(slowest, fastest)), seed: random.below(2 ** 32), musicGainDb: 0, duckingDb: 9, loudnessLufs: -14, truePeakDbtp: -1 };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
