import { expect, test } from 'vitest';
import { isKnownAddress } from './known-addresses.ts';

test('only https addresses of the list are opened', () => {
  expect(isKnownAddress('https://huggingface.co/settings/tokens')).toBe(true);
  const refused = [
    'http://huggingface.co/', 'https://huggingface.co.evil.example/', 'https://evil.example/huggingface.co', 'https://huggingface.co@evil.example/', 'https://user@huggingface.co/',
    'https://huggingface.co:8443/', 'file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:', '', 'huggingface.co', 'smb://huggingface.co/x',
  ];
  for (const url of refused) expect(isKnownAddress(url)).toBe(false);
});
