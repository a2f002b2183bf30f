import { describe, expect, test } from 'vitest';
import json from '../models.json' with { type: 'json' };
import { loadCatalogue, modelsOfWorkflows, needsConsent, parseCatalogue } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

const base = json.models[0]!;

function withModel(change: Record<string, unknown>): unknown {
  return { version: 1, models: [{ ...base, ...change }] };
}

describe('the catalogue that comes with the program', () => {
  test('is valid', () => {
    expect(loadCatalogue().length).toBeGreaterThan(20);
  });

  test('offers nothing by default that is limited, and can download every default', () => {
    const defaults = loadCatalogue().filter((model) => model.isDefault);
    expect(defaults.filter((model) => needsConsent(model) || model.url === null || model.bytes === null)).toEqual([]);
    expect(defaults.filter((model) => model.workflows.length === 0)).toEqual([]);
  });

  test('names the limited ones', () => {
    const limited = loadCatalogue().filter(needsConsent).map(({ id }) => id);
    expect(limited).toEqual(expect.arrayContaining(['ltx23-22b', 'stable-audio-3', 'hunyuan3d-21', 'flux2-klein-9b']));
  });

  test('a url ends in the file that it is stored as', () => {
    const odd = loadCatalogue().filter((model) => model.url !== null && !model.url.endsWith(`/${model.file}`));
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  test('gives the models of a workflow, each once', () => {
    expect(modelsOfWorkflows(['wan22-5b-text', 'wan22-5b-image']).map(({ id }) => id)).toEqual(['wan22-ti2v-5b', 'umt5-xxl-fp8', 'wan22-vae']);
  });
});

describe('a catalogue is refused', () => {
  test.each<[string, Partial<Record<keyof CatalogueModel, unknown>>, string]>([
    ['a non-commercial default', { adverts: 'no', conditions: 'No.' }, 'a model with a limited licence is never a default'],
    ['a default under conditions', { adverts: 'ask', conditions: 'Ask.' }, 'a model with a limited licence is never a default'],
    ['a default limited to regions', { excludedRegions: ['EU'] }, 'a model with a limited licence is never a default'],
    ['a limited licence without its limits', { adverts: 'no', isDefault: false }, 'a limited licence says what its limits are'],
    ['a hash without a source', { sha256Source: null }, 'a hash comes with its source'],
    ['a hash in capitals', { sha256: 'A'.repeat(64) }, 'models.0.sha256'],
    ['a path instead of a file', { file: '../x.safetensors' }, 'models.0.file'],
    ['a pickle', { file: 'model.ckpt' }, 'models.0.file'],
    ['an unencrypted url', { url: 'http://example.org/x.safetensors' }, 'models.0.url'],
    ['a size of nothing', { bytes: 0 }, 'models.0.bytes'],
    ['an unknown folder', { folder: 'custom_nodes' }, 'models.0.folder'],
    ['an unknown field', { sha1: 'x' } as never, 'models.0'],
  ])('%s', (_, change, message) => {
    expect(() => parseCatalogue(withModel(change), 'models.json')).toThrow(message);
  });

  test('that names a model twice', () => {
    expect(() => parseCatalogue({ version: 1, models: [base, base] }, 'models.json')).toThrow(`${base.id} stands in the catalogue twice`);
  });

  test('that is something else', () => {
    expect(() => parseCatalogue(null, 'models.json')).toThrow('models.json is not a model catalogue');
  });
});
