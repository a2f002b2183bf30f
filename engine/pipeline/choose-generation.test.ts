import { describe, expect, test } from 'vitest';
import type { ProviderInfo } from '#engine/providers/types.ts';
import { affordable, chainOf, forbiddenFor, pinned, sellsTo } from './chains.ts';
import { chooseGeneration } from './choose-generation.ts';
import type { RunContext } from './run-context.ts';

const links: ProviderInfo[] = [{ id: 'comfyui', version: '1', needsNetwork: false }, { id: 'replicate', version: '1', needsNetwork: true }, { id: 'embedded', version: '2', needsNetwork: false }];
const idsOf = (chain: readonly ProviderInfo[]): string[] => chain.map(({ id }) => id);

describe('what costs money', () => {
  test.each([
    ['auto', true, false, ['comfyui', 'replicate', 'embedded']], ['auto', false, false, ['replicate', 'embedded']], ['auto', true, true, ['comfyui', 'embedded']],
    ['comfyui', true, false, ['comfyui', 'embedded']], ['embedded', false, false, ['embedded']],
  ] as const)('with the wish %s (a ComfyUI: %s, offline: %s) the chain is %j', (wish, mayAskComfy, isOffline, ids) => {
    const policy = { isOffline, forbidden: forbiddenFor(wish, mayAskComfy) };
    expect(idsOf(chainOf(links, policy))).toEqual(ids);
    expect(sellsTo(policy, links)).toBe((ids as readonly string[]).includes('replicate'));
  });

  test('is left out of a step that may not spend anything', () => {
    expect(idsOf(affordable(links, undefined))).toEqual(['comfyui', 'embedded']);
    expect(idsOf(affordable(links, { usesCloud: true }))).toEqual(['comfyui', 'replicate', 'embedded']);
  });

  const runWith = (change: Partial<RunContext>, providers: readonly ProviderInfo[] = links): RunContext =>
    ({ policy: { isOffline: false }, services: { providers: { backdrop: providers } }, choose: async () => undefined, remember() {}, ...change }) as unknown as RunContext;
  const keyOf = ({ workflow, usesCloud }: { workflow?: unknown; usesCloud?: boolean }): string => `${workflow ? 'comfy' : 'none'} ${usesCloud ? 'bought' : 'free'}`;

  test('is bought by a run, and by a preview only found again', async () => {
    expect(await chooseGeneration('backdrop', keyOf, runWith({}))).toMatchObject({ usesCloud: true });
    expect(await chooseGeneration('backdrop', keyOf, runWith({ isMade: () => false }))).toEqual({ workflow: undefined });
    expect(await chooseGeneration('backdrop', keyOf, runWith({ isMade: (key) => key === 'none bought' }))).toMatchObject({ usesCloud: true });
    expect(await chooseGeneration('backdrop', keyOf, runWith({}, links.filter(({ id }) => id !== 'replicate')))).toEqual({ workflow: undefined });
  });
});

test('a handler asks the links that the step\'s key names, though keys were set or taken away since', () => {
  const policy = pinned({ isOffline: false }, ['comfyui@1', 'embedded@2']);
  expect(idsOf(chainOf(links, policy))).toEqual(['comfyui', 'embedded']);
  expect(idsOf(chainOf([links[2]!], policy))).toEqual(['embedded']);
  expect(idsOf(chainOf([{ ...links[0]!, version: '9' }, links[2]!], policy))).toEqual(['embedded']);
  expect(idsOf(chainOf(links, { isOffline: false }))).toEqual(['comfyui', 'replicate', 'embedded']);
});
