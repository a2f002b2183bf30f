/** The thread of `hasher.ts`: answers every question in turn. */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

export type HashQuestion =
  | { readonly type: 'add'; readonly memory: ArrayBuffer; readonly offset: number; readonly length: number }
  | { readonly type: 'digest' | 'restart' };

export type HashAnswer =
  | { readonly type: 'added'; readonly memory: ArrayBuffer }
  | { readonly type: 'digest'; readonly hex: string }
  | { readonly type: 'restarted' };

let hash = createHash('sha256');

parentPort?.on('message', (question: HashQuestion) => {
  if (question.type === 'add') {
    hash.update(new Uint8Array(question.memory, question.offset, question.length));
    return answer({ type: 'added', memory: question.memory }, [question.memory]);
  }
  if (question.type === 'digest') return answer({ type: 'digest', hex: hash.copy().digest('hex') });
  hash = createHash('sha256');
  answer({ type: 'restarted' });
});

function answer(message: HashAnswer, memory: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, memory);
}
