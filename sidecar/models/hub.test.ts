import { expect, test } from 'vitest';
import { addressOf, hubFrom } from './hub.ts';

const url = 'https://huggingface.co/Comfy-Org/x/resolve/main/a.safetensors?download=true';

test.each([
  [url, {}, { url }],
  [url, { HF_TOKEN: 't' }, { url, headers: { authorization: 'Bearer t' } }],
  [url, { HF_ENDPOINT: 'https://mirror.example/hf/' }, { url: 'https://mirror.example/hf/Comfy-Org/x/resolve/main/a.safetensors?download=true' }],
  ['https://elsewhere.example/a', { HF_TOKEN: 't', HF_ENDPOINT: 'https://mirror.example' }, { url: 'https://elsewhere.example/a' }],
  [url, { HF_TOKEN: '', HF_ENDPOINT: '' }, { url }],
])('%s with %j', (asked, env, expected) => {
  expect(addressOf(asked, hubFrom(env))).toEqual(expected);
});
