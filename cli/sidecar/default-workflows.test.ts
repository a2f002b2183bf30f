import { describe, expect, it } from 'vitest';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import { defaultWorkflows, vramOf } from './default-workflows.ts';

const { workflows } = await loadWorkflows();
const manifests = workflows.map(({ manifest }) => manifest);
const GIB = 2 ** 30;

describe('what a machine would use by itself', () => {
  it.each([0, 8, 12, 16, 24])('fits %i GB, one workflow per kind of work, none of them a test', (gigabytes) => {
    const chosen = defaultWorkflows(manifests, gigabytes * GIB);
    expect(new Set(chosen.map(({ capability }) => capability)).size).toBe(chosen.length);
    for (const { id, vram, quality } of chosen) {
      expect(vram.offloadTierGb, id).toBeLessThanOrEqual(gigabytes);
      expect(quality, id).toBeGreaterThan(0);
    }
  });

  it('grows with the GPU', () => {
    const modelsAt = (gigabytes: number): number => new Set(defaultWorkflows(manifests, gigabytes * GIB).flatMap(({ models }) => models)).size;
    expect(modelsAt(24)).toBeGreaterThan(modelsAt(0));
    expect(defaultWorkflows(manifests, 24 * GIB).map(({ capability }) => capability)).toEqual(expect.arrayContaining(['backdrop-clip', 'backdrop-still', 'music', 'cutout', 'upscale']));
  });

  it('goes by the largest GPU', () => {
    const gpu = (memoryBytes?: number) => ({ vendor: 'nvidia' as const, name: 'card', ...(memoryBytes === undefined ? {} : { memoryBytes }) });
    expect([vramOf({ gpus: [] }), vramOf({ gpus: [gpu()] }), vramOf({ gpus: [gpu(8), gpu(24), gpu()] })]).toEqual([0, 0, 24]);
  });
});
