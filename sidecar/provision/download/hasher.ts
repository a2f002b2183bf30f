/**
 * SHA-256 of bytes in their order. For large files it is computed in a thread of its own, because hashing on the event loop would keep
 * the network waiting as long again as the disk does; memory travels to the thread and back, nothing is copied.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { HashAnswer, HashQuestion } from './hash-worker.ts';

export interface Hasher {
  /** Takes `bytes` and their whole memory, and gives that back when it has been read. Rejects when the thread is gone. */
  add(bytes: Buffer<ArrayBuffer>): Promise<Buffer<ArrayBuffer>>;
  /** Of everything added since the beginning or the last `restart`; hex. */
  digest(): Promise<string>;
  restart(): void;
  close(): Promise<void>;
}

/** From here on a thread is worth its start. */
const THREAD_BYTES = 64 * 1000 ** 2;

export function createHasher(expectedBytes: number | undefined): Hasher {
  return (expectedBytes ?? 0) >= THREAD_BYTES ? createThreadHasher() : createInlineHasher();
}

export function createInlineHasher(): Hasher {
  let hash = createHash('sha256');
  return {
    async add(bytes) {
      hash.update(bytes);
      return Buffer.from(bytes.buffer);
    },
    digest: async () => hash.copy().digest('hex'),
    restart: () => void (hash = createHash('sha256')),
    close: async () => {},
  };
}

export function createThreadHasher(): Hasher {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url));
  const asked: PromiseWithResolvers<HashAnswer>[] = [];
  let gone: Error | undefined;
  const lose = (error: Error): void => {
    gone = error;
    for (const each of asked.splice(0)) each.reject(error);
  };
  worker.on('message', (answer: HashAnswer) => asked.shift()?.resolve(answer));
  worker.on('error', lose);
  worker.on('exit', () => lose(new Error('The thread that computes the hash has ended.')));
  const ask = async (question: HashQuestion): Promise<HashAnswer> => {
    if (gone) throw gone;
    const answer = Promise.withResolvers<HashAnswer>();
    asked.push(answer); // answered in the order of the questions
    worker.postMessage(question, question.type === 'add' ? [question.memory] : []);
    return await answer.promise;
  };
  return {
    async add(bytes) {
      const { memory } = (await ask({ type: 'add', memory: bytes.buffer, offset: bytes.byteOffset, length: bytes.length })) as Extract<HashAnswer, { type: 'added' }>;
      return Buffer.from(memory);
    },
    digest: async () => ((await ask({ type: 'digest' })) as Extract<HashAnswer, { type: 'digest' }>).hex,
    restart: () => void ask({ type: 'restart' }).catch(() => {}), // the next question is told as well
    close: async () => void (await worker.terminate()),
  };
}
