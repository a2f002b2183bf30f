import { expect, test } from 'vitest';
import { acceleratorOf } from './accelerator.ts';

test.each([
  ['mod+shift+z', 'CommandOrControl+Shift+Z'],
  ['mod+,', 'CommandOrControl+,'],
  ['space', 'Space'],
  ['?', '?'],
  ['+', 'Plus'],
  ['mod++', 'CommandOrControl+Plus'],
  ['alt+n', 'Alt+N'],
  ['f5', 'F5'],
  ['mod+arrow-in-the-knee', undefined],
  ['', undefined],
])('%s is shown as %s', (keys, accelerator) => expect(acceleratorOf(keys)).toBe(accelerator));
