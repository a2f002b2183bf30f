/**
 * Which providers a run asks, and in which order (DESIGN §4). The order is the registry's unless the user reorders or forbids
 * links; the embedded link always stays, last. In offline mode no provider that needs the network is in any chain.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { ProviderInfo } from '#engine/providers/types.ts';

/** What the user may say about a chain. */
export interface ChainPolicy {
  readonly isOffline: boolean;
  /** Provider ids in the wished order; missing ones are forbidden, except `embedded`. Empty = default order. */
  readonly order?: readonly string[];
  /** Ids that are not asked. */
  readonly forbidden?: readonly string[];
  /** Links that the step's key was made with (`chainKey`): others, and newer versions of these, are not asked under that key. */
  readonly links?: readonly string[];
}

/** The links to ask, in order; never empty. */
export function chainOf<T extends ProviderInfo>(providers: readonly T[], policy: ChainPolicy): T[] {
  const allowed = providers.filter((provider) => !(policy.isOffline && provider.needsNetwork) && !policy.forbidden?.includes(provider.id) && mayAsk(provider, policy));
  const wished = policy.order?.length ? policy.order.flatMap((id) => allowed.filter((provider) => provider.id === id)) : allowed;
  const embedded = allowed.filter((provider) => provider.id === 'embedded' && !wished.includes(provider));
  const chain = [...wished, ...embedded];
  if (chain.length === 0) throw new AdgenError('PROVIDER_UNAVAILABLE', 'No provider is left in this chain. Allow at least the embedded one.');
  return chain;
}

/** What of a chain enters a step's key: who may be asked, and which version of each. */
export function chainKey(chain: readonly ProviderInfo[]): string[] {
  return chain.map((provider) => `${provider.id}@${provider.version}`);
}

/** Links that a run may not ask: without a ComfyUI that one, and the service unless the user left it to the studio who makes things. */
export function forbiddenFor(wish: 'auto' | 'comfyui' | 'embedded', mayAskComfy: boolean): string[] {
  return [...(mayAskComfy ? [] : ['comfyui']), ...(wish === 'auto' ? [] : ['replicate'])];
}

/** Links that cost money are left out of a step that may not spend any. */
export function affordable<T extends ProviderInfo>(chain: readonly T[], generation: { readonly usesCloud?: boolean | undefined } | undefined): T[] {
  return chain.filter(({ id }) => id !== 'replicate' || generation?.usesCloud === true);
}

/** Whether a run may buy from a service: the user has set a key, has not chosen who makes it, and is not offline. */
export function sellsTo(policy: ChainPolicy, providers: readonly ProviderInfo[]): boolean {
  return chainOf(providers, policy).some(({ id }) => id === 'replicate');
}

/** For the handler of a step: what is asked is what its key says, though keys or the ComfyUI may have changed since. */
export function pinned(policy: ChainPolicy, links: readonly string[]): ChainPolicy {
  return { ...policy, links };
}

function mayAsk(provider: ProviderInfo, { links }: ChainPolicy): boolean {
  return links === undefined || provider.id === 'embedded' || chainKey([provider]).some((link) => links.includes(link));
}
