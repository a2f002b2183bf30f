/** Questions to whoever sits at the terminal. Without a terminal nothing is asked and nothing is assumed. */
import { createInterface } from 'node:readline/promises';

export interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

/** Results may go into a pipe: the question stands on stderr. */
const THIS_TERMINAL: Terminal = { input: process.stdin, output: process.stderr };

export const canAsk = ({ input, output }: Terminal = THIS_TERMINAL): boolean => input.isTTY === true && output.isTTY === true;

/** Only "y" and "yes" are a yes; a closed input is a no. Ctrl-C rejects with an AbortError. */
export async function askYesNo(question: string, { input, output }: Terminal = THIS_TERMINAL): Promise<boolean> {
  const lines = createInterface({ input, output });
  const closed = Promise.withResolvers<string>();
  const aborted = Promise.withResolvers<never>();
  lines.once('close', () => closed.resolve(''));
  lines.once('SIGINT', () => aborted.reject(Object.assign(new Error('The question was canceled.'), { name: 'AbortError' })));
  try {
    const answer = await Promise.race([lines.question(`${question} [y/N] `), closed.promise, aborted.promise]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
