import type { DroppedClaim } from '../project/schema.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PlanRequest } from './types.ts';

/** The draft without untraceable claims, and what was taken out. */
export function guardDraft(_request: PlanRequest, draft: PlanDraft): { draft: PlanDraft; droppedClaims: DroppedClaim[] } {
  return { draft, droppedClaims: [] };
}
