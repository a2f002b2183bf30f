/** Step `plan`: brief, brand and products → scenes, style and soundtrack. */
import type { PlanRequest, PlanResult } from '#core/planning/types.ts';
import { runChain } from '#engine/jobs/run-chain.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { chainKey, chainOf, pinned } from '../chains.ts';
import type { ChainPolicy } from '../chains.ts';
import { providerCall } from '#engine/providers/provider-call.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly request: PlanRequest;
  readonly policy: ChainPolicy;
}

export function planStep(request: PlanRequest, policy: ChainPolicy, services: Services): StepSpec {
  const chain = chainOf(services.providers.plan, policy);
  const params: Params = { request, policy: pinned(policy, chainKey(chain)) };
  return {
    key: stepKey({ kind: 'plan', version: 5, params: { request, chain: chainKey(chain) } }),
    kind: 'plan', stage: 'PLANNING', name: 'plan', lane: chain.length > 1 ? 'net' : 'io', deps: [], params, weight: 0.5,
  };
}

/** Data: `PlanResult`. */
export function createPlanHandler(services: Services): StepHandler {
  return async (context) => {
    const { request, policy } = context.step.params as Params;
    const chain = chainOf(services.providers.plan, policy);
    const { value, provider, fallback } = await runChain(chain, (link) => link.plan(request, providerCall(services, context)), context);
    const { costUsd, ...plan } = value;
    return { artifacts: {}, data: plan satisfies PlanResult, provider: provider.id, fallback, costUsd };
  };
}
