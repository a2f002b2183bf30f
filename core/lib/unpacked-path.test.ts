import { expect, test } from 'vitest';
import { unpackedPath } from './unpacked-path.ts';

test('a path in the archive becomes the one beside it; others stay', () => {
  expect(unpackedPath('/opt/AdGen/resources/app.asar/sidecar/python/boot.py')).toBe('/opt/AdGen/resources/app.asar.unpacked/sidecar/python/boot.py');
  expect(unpackedPath(String.raw`C:\AdGen\resources\app.asar\engine\fonts.conf`)).toBe(String.raw`C:\AdGen\resources\app.asar.unpacked\engine\fonts.conf`);
  for (const path of ['/work/sidecar/boot.py', '/x/app.asar.unpacked/a', '/x/my-app.asar/a', '/x/app.asarium/a']) expect(unpackedPath(path)).toBe(path);
});
