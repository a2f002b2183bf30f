/** Step `music`: mood, tempo and cuts → a music bed of the film's length. */
import { runChain } from '#engine/jobs/run-chain.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { GenerationRecord, StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { MusicRequest } from '#engine/providers/types.ts';
import { affordable, chainKey, chainOf, pinned } from '../chains.ts';
import type { ChainPolicy } from '../chains.ts';
import { generatorCall } from '#engine/providers/provider-call.ts';
import { costOf, GENERATED_WEIGHT, generationKey, laneOf } from '../generation-key.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly request: MusicRequest;
  readonly policy: ChainPolicy;
}

export function musicStep(request: MusicRequest, policy: ChainPolicy, services: Services): StepSpec {
  const chain = affordable(chainOf(services.providers.music, policy), request.generation);
  const links = request.generation?.links ?? chainKey(chain);
  const lane = laneOf(request.generation);
  const params: Params = { request, policy: pinned(policy, links) };
  const { generation, ...asked } = request;
  return {
    key: stepKey({ kind: 'music', version: 1, params: { request: { ...asked, ...(generation && { generation: generationKey(generation, generation.prompt) }) }, chain: links } }),
    kind: 'music', stage: 'GENERATING_AUDIO', name: 'music', lane, deps: [], params, weight: lane === 'io' ? 1.5 : GENERATED_WEIGHT.music,
  };
}

/** Artifacts: `music`. */
export function createMusicHandler(services: Services): StepHandler {
  return async (context) => {
    const { request, policy } = context.step.params as Params;
    const generated: GenerationRecord[] = [];
    const call = generatorCall(services, context, generated);
    const { value, provider, fallback } = await runChain(chainOf(services.providers.music, policy), (link) => link.makeMusic(request, call), context);
    return { artifacts: { music: value }, data: {}, provider: provider.id, fallback, generated, ...costOf(generated) };
  };
}
