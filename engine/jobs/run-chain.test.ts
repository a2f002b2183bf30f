import { describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { runChain, type ChainLink } from './run-chain.ts';

const transient = (): AdgenError => new AdgenError('PROVIDER_UNAVAILABLE', 'busy', { isTransient: true });
const rejected = (): AdgenError => new AdgenError('PROVIDER_REJECTED', 'no such model');
const links = (...ids: string[]): ChainLink[] => ids.map((id) => ({ id }));
const context = () => ({ signal: new AbortController().signal });

describe('runChain', () => {
  test('the first link that works does it, without a fallback', async () => {
    const result = await runChain(links('comfyui', 'embedded'), async (link) => link.id.length, context());
    expect(result).toEqual({ value: 7, provider: { id: 'comfyui' } });
  });

  test('a permanent failure goes on at once, a transient one after its attempts; both are recorded', async () => {
    const asked: string[] = [];
    const failures: Record<string, () => AdgenError> = { comfyui: rejected, replicate: transient };
    const call = async ({ id }: ChainLink): Promise<string> => {
      asked.push(id);
      const failure = failures[id];
      if (failure !== undefined) throw failure();
      return 'made';
    };
    const result = await runChain(links('comfyui', 'replicate', 'embedded'), call, context(), { retryFirstMs: 1 });
    expect(asked).toEqual(['comfyui', 'replicate', 'replicate', 'replicate', 'embedded']);
    expect(result.provider.id).toBe('embedded');
    expect(result.fallback).toEqual([
      { from: 'comfyui', to: 'replicate', reason: 'no such model', name: 'PROVIDER_REJECTED' },
      { from: 'replicate', to: 'embedded', reason: 'busy', name: 'PROVIDER_UNAVAILABLE', isPassing: true },
    ]);
  });

  test('a transient failure that passes is no fallback', async () => {
    let calls = 0;
    const result = await runChain(links('a', 'b'), async () => (++calls < 3 ? Promise.reject(transient()) : calls), context(), { retryFirstMs: 1 });
    expect(result).toEqual({ value: 3, provider: { id: 'a' } });
  });

  test('a provider that says how long to wait is not asked sooner', async () => {
    const timesMs: number[] = [];
    const busy = new AdgenError('PROVIDER_UNAVAILABLE', 'busy', { isTransient: true, data: { retryAfterMs: 120 } });
    await runChain(links('a'), async () => (timesMs.push(performance.now()) < 2 ? Promise.reject(busy) : 'made'), context(), { retryFirstMs: 1 });
    expect((timesMs[1] ?? 0) - (timesMs[0] ?? 0)).toBeGreaterThanOrEqual(118);
  });

  test('a link that is not ready is not called', async () => {
    const chain = [{ id: 'replicate', isReady: async () => false }, { id: 'embedded', isReady: async () => true }];
    const { value, fallback } = await runChain(chain, async ({ id }) => id, context());
    expect([value, fallback?.[0]?.reason]).toEqual(['embedded', 'replicate is not set up or does not answer']);
  });

  test('when all fail the last error is thrown', async () => {
    await expect(runChain(links('a', 'b'), async ({ id }) => Promise.reject(new AdgenError('TOOL_FAILED', id)), context())).rejects.toMatchObject({ message: 'b' });
    await expect(runChain([], async () => 1, context())).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  test('a full disk stops the chain', async () => {
    const asked: string[] = [];
    const call = async ({ id }: ChainLink) => (asked.push(id), Promise.reject(new AdgenError('DISK_FULL', 'full')));
    await expect(runChain(links('a', 'b'), call, context())).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(asked).toEqual(['a']);
  });

  test('a cancel is thrown as such, in a call and in the wait between two attempts', async () => {
    for (const failure of [new Error('socket closed'), transient()]) {
      const controller = new AbortController();
      const asked: string[] = [];
      const call = async ({ id }: ChainLink): Promise<never> => {
        asked.push(id);
        setTimeout(() => controller.abort(), failure instanceof AdgenError ? 5 : 0);
        if (!(failure instanceof AdgenError)) await new Promise((resolve) => controller.signal.addEventListener('abort', resolve));
        throw failure;
      };
      await expect(runChain(links('a', 'b'), call, { signal: controller.signal }, { retryFirstMs: 60_000 })).rejects.toMatchObject({ name: 'AbortError' });
      expect(asked).toEqual(['a']);
    }
  });
});
