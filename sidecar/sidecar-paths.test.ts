import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sidecarPaths } from './sidecar-paths.ts';

const data = resolve('data of "Zoë"');

describe('the folders of the sidecar', () => {
  it('stand in the data folder', () => {
    expect(sidecarPaths(data, {})).toEqual({
      engineDir: join(data, 'engine'), modelsDir: join(data, 'models'), modelPartsDir: join(data, 'models', '.parts'), workflowsDir: join(data, 'workflows'),
    });
  });

  it('move one by one when the environment says so, and not when it says nothing', () => {
    expect(sidecarPaths(data, { ADGEN_ENGINE_DIR: '', ADGEN_MODELS_DIR: 'big disk' })).toEqual({
      engineDir: join(data, 'engine'), modelsDir: resolve('big disk'), modelPartsDir: resolve('big disk', '.parts'), workflowsDir: join(data, 'workflows'),
    });
    expect(sidecarPaths(data, { ADGEN_ENGINE_DIR: join(data, 'elsewhere') }).engineDir).toBe(join(data, 'elsewhere'));
  });
});
