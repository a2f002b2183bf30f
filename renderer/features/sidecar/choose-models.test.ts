import { expect, test } from 'vitest';
import { filterModels, groupModels, mayFetch, sumUp } from './choose-models.ts';
import type { Model } from './sidecar-store.ts';

const model = (id: string, change: Partial<Model> = {}): Model => ({
  id, name: id.toUpperCase(), use: 'vae', sizeBytes: 100, license: 'MIT', licenseUrl: null, allowsCommercialUse: true, conditions: '', needsConsent: false,
  isPresent: false, state: 'missing', doneBytes: 0, problem: null, vramTierGb: 8, canPull: true, needsToken: false, ...change,
});

test('groups follow the first of each, and uses of one title stand together', () => {
  const groups = groupModels([model('a', { use: 'upscale_models' }), model('b'), model('c', { use: 'latent_upscale_models' })], (use) => (use.includes('upscale') ? 'Enlarging' : 'Decoders'));
  expect(groups.map(({ title, models }) => [title, models.map(({ id }) => id)])).toEqual([['Enlarging', ['a', 'c']], ['Decoders', ['b']]]);
});

test('every word has to be found, in any order and case', () => {
  const models = [model('wan22-vae'), model('flux2', { license: 'Apache-2.0' }), model('here', { isPresent: true })];
  expect(filterModels(models, ' VAE wan', false).map(({ id }) => id)).toEqual(['wan22-vae']);
  expect(filterModels(models, 'apache', false).map(({ id }) => id)).toEqual(['flux2']);
  expect(filterModels(models, '', true).map(({ id }) => id)).toEqual(['wan22-vae', 'flux2']);
});

test('a choice comes to what is left to fetch, and names licences that ask first', () => {
  const models = [model('part', { state: 'partial', doneBytes: 30 }), model('here', { isPresent: true }), model('hand', { canPull: false }), model('asks', { needsConsent: true, sizeBytes: 5 })];
  expect(sumUp(models, new Set(['part', 'here', 'hand', 'asks', 'unknown']))).toMatchObject({ ids: ['part', 'asks'], bytes: 75, limited: [{ id: 'asks' }] });
  expect(models.map(mayFetch)).toEqual([true, false, false, true]);
});
