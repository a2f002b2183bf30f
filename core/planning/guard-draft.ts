/** The claims guard over a whole draft: every word that would reach the screen, whoever drafted it. */
import type { DroppedClaim } from '../project/schema.ts';
import { createClaimsGuard } from './claims-guard.ts';
import { defaultCallToAction } from './language/connectives.ts';
import { cleanText } from './normalise-brief.ts';
import type { PlanDraft, SceneDraft } from './plan-draft.ts';
import type { PlanRequest } from './types.ts';

/** The draft without untraceable claims, and what was taken out with the scene it came from. */
export function guardDraft(request: PlanRequest, draft: PlanDraft): { draft: PlanDraft; droppedClaims: DroppedClaim[] } {
  const claims = createClaimsGuard({ brief: request.brief, productNames: request.products.map((product) => product.name), brandName: request.brand.name }, draft.language);
  const droppedClaims: DroppedClaim[] = [];
  const guard = (text: string, sceneId: string): string => {
    const guarded = claims.guard(cleanText(text));
    droppedClaims.push(...guarded.dropped.map((claim) => ({ ...claim, sceneId })));
    return guarded.text ?? '';
  };
  const scenes = draft.scenes.map((scene, index) => guardScene(scene, `scene_${index + 1}`, guard, claims.objectionToPair, droppedClaims));
  const endCardId = `scene_${draft.scenes.length + 1}`;
  const brandLine = guard(draft.brandLine, endCardId);
  const callToAction = guard(draft.callToAction, endCardId) || defaultCallToAction(draft.language);
  return { draft: { ...draft, scenes, brandLine, callToAction }, droppedClaims: droppedClaims.slice(0, 200) };
}

function guardScene(scene: SceneDraft, sceneId: string, guard: (text: string, sceneId: string) => string, objectionToPair: (first: string, second: string) => string, dropped: DroppedClaim[]): SceneDraft {
  const headline = guard(scene.headline, sceneId);
  const support = guard(scene.support, sceneId);
  if (headline === '') return { ...scene, headline: support, support: '' };
  // "Number" over "One": two lines on one screen are read as one.
  const objection = support === '' ? '' : objectionToPair(headline, support);
  if (objection === '') return { ...scene, headline, support };
  dropped.push({ text: `${headline} ${support}`.slice(0, 300), claim: support.slice(0, 200), reason: objection, sceneId });
  return { ...scene, headline, support: '' };
}
