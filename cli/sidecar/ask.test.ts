import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askYesNo, canAsk } from './ask.ts';
import type { Terminal } from './ask.ts';

function terminal(answer: string | undefined, isTTY = true): Terminal & { written: () => string } {
  const input = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream;
  const output = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  let text = '';
  output.on('data', (chunk: Buffer) => (text += String(chunk)));
  if (answer === undefined) input.push(null);
  else input.push(`${answer}\n`);
  return { input, output, written: () => text };
}

describe('a question', () => {
  it.each<[string | undefined, boolean]>([['y', true], ['Yes', true], [' y ', true], ['', false], ['n', false], ['yep', false], ['true', false], [undefined, false]])('answered %j is a yes: %s', async (answer, isYes) => {
    const asked = terminal(answer);
    expect(await askYesNo('Install it?', asked)).toBe(isYes);
    expect(asked.written()).toContain('Install it? [y/N] ');
  });

  it('is asked only where somebody can answer', () => {
    expect(canAsk(terminal('y'))).toBe(true);
    expect(canAsk(terminal('y', false))).toBe(false);
  });
});
