import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { MODEL_FOLDERS } from '#sidecar/models/catalogue.ts';
import { adoptedModelPaths, ownModelPaths, yamlString } from './model-paths.ts';

/** What a YAML reader makes of our few shapes: sections, then `key: "…"` with JSON's escapes. */
function read(text: string): Record<string, string[]> {
  return Object.fromEntries([...text.matchAll(/^ {2}(\w+): (".*")$/gm)].map(([, key = '', value = '']) => [key, (JSON.parse(value) as string).split('\n')]));
}

test.each(['/data/my models', 'C:\\Users\\Ünï\\models', '/a: b # c/"quoted"/\'x\'', '/广告/🎬', '/with $HOME and %PATH% in it'])('every folder of models in %s is named once, whole', (modelsDir) => {
  const folders = read(ownModelPaths(modelsDir));
  expect(Object.keys(folders)).toEqual([...MODEL_FOLDERS]);
  expect(folders['loras']).toEqual([join(modelsDir, 'loras')]);
  expect(ownModelPaths(modelsDir)).toMatch(/^adgen:\n {2}is_default: true\n/m);
  expect(ownModelPaths(modelsDir)).not.toContain('base_path');
});

test('somebody else\'s folder is read under its older names too, and nothing is written there', () => {
  const folders = read(adoptedModelPaths('/comfy/models'));
  expect(folders['text_encoders']).toEqual([`/comfy/models/text_encoders`, `/comfy/models/clip`].map((path) => path.replaceAll('/', sep)));
  expect(adoptedModelPaths('/comfy/models')).not.toContain('is_default');
});

test('what YAML calls unprintable is escaped', () => {
  expect(yamlString('a\u0085b\u007f\ufeff"\\')).toBe('"a\\u0085b\\u007f\\ufeff\\"\\\\"');
});
