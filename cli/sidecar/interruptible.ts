/** Work that Ctrl-C ends: the first one aborts the signal, the second ends the process at once. */
import { AdgenError } from '#core/contract/errors.ts';
import { listenForInterrupts } from '../listen-for-interrupts.ts';

/** @param whenCanceled one sentence: what is kept, and how to go on. Rejects with CANCELED when the work ended because of Ctrl-C. */
export async function interruptible<T>(whenCanceled: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stopListening = listenForInterrupts(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted || error instanceof AdgenError) throw error;
    throw new AdgenError('CANCELED', whenCanceled, { cause: error });
  } finally {
    stopListening();
  }
}
