/** Step `backdrop`: one scene in one ratio → the layers or clip behind the product. */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { AssetRef } from '#core/project/schema.ts';
import { runChain } from '#engine/jobs/run-chain.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { GenerationRecord, StepHandler, StepSpec } from '#engine/jobs/types.ts';
import { makeMediaBackdrop } from '#engine/providers/embedded/media-backdrop.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { affordable, chainKey, chainOf, pinned } from '../chains.ts';
import type { ChainPolicy } from '../chains.ts';
import { generatorCall } from '#engine/providers/provider-call.ts';
import { costOf, GENERATED_WEIGHT, generationKey, laneOf } from '../generation-key.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly request: BackdropRequest;
  readonly policy: ChainPolicy;
}

/** A scene with its own picture or clip needs no provider; its chain is empty. */
export function backdropStep(request: BackdropRequest, policy: ChainPolicy, services: Services): StepSpec {
  const isOwnMedia = request.scene.backdrop.media !== undefined;
  const chain = isOwnMedia ? [] : affordable(chainOf(services.providers.backdrop, policy), request.generation);
  const links = request.generation?.links ?? chainKey(chain);
  const lane = laneOf(request.generation);
  const params: Params = { request, policy: pinned(policy, links) };
  return {
    key: stepKey({ kind: 'backdrop', version: 3, params: { request: contentOf(request), chain: links } }),
    kind: 'backdrop', stage: 'GENERATING_SCENES', name: `${request.scene.id} backdrop ${request.ratio}`,
    lane, deps: [], params, weight: lane === 'io' ? 0.5 : GENERATED_WEIGHT.backdrop, isShown: true,
  };
}

/** The parts of a request that decide the picture: not the scene's name or place, so a moved scene keeps its backdrop. */
function contentOf({ scene: { id: _id, ...scene }, sceneIndex: _index, generation, ...request }: BackdropRequest): unknown {
  return { ...request, scene, ...(generation && { generation: generationKey(generation, [generation.prompts, generation.wanted]) }) };
}

/** Artifacts: `layer_N` or `clip`. Data: `BackdropManifest`. */
export function createBackdropHandler(services: Services): StepHandler {
  return async (context) => {
    const { request, policy } = context.step.params as Params;
    const generated: GenerationRecord[] = [];
    const call = generatorCall(services, context, generated);
    if (request.scene.backdrop.media) {
      const manifest = await makeMediaBackdrop(request, call, await services.ffmpegPath());
      return { artifacts: artifactsOf(manifest), data: manifest, provider: 'own media' };
    }
    const { value, provider, fallback } = await runChain(chainOf(services.providers.backdrop, policy), (link) => link.makeBackdrop(request, call), context);
    return { artifacts: artifactsOf(value), data: value, provider: provider.id, fallback, generated, ...costOf(generated) };
  };
}

function artifactsOf(manifest: BackdropManifest): Record<string, AssetRef> {
  const layers = manifest.layers.map((layer, index) => [`layer_${index + 1}`, layer.picture] as const);
  return Object.fromEntries([...layers, ...(manifest.clip ? [['clip', manifest.clip.file] as const] : [])]);
}
