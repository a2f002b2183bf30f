/**
 * The music provider that needs nothing: the last link of the music chain before silence. It plays in a thread of its own,
 * since ten minutes of music take twenty seconds in which the queue must stay responsive.
 */
import { Worker } from 'node:worker_threads';
import { AdgenError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { MusicRequest, ProviderCall, ProviderInfo } from '#engine/providers/types.ts';

const MIN_SECONDS = 1;
const MAX_SECONDS = 600;

/** Makes a 48 kHz stereo 16-bit WAV of 1 to 600 seconds; throws BAD_INPUT outside that range, AbortError when canceled. */
export function createSynthMusicProvider(): ProviderInfo & { isReady(): Promise<boolean>; makeMusic(request: MusicRequest, call: ProviderCall): Promise<AssetRef> } {
  return {
    id: 'synth',
    version: '1',
    needsNetwork: false,
    isReady: async () => true,
    makeMusic: async (request, call) => {
      const { durationSeconds } = request;
      if (!(durationSeconds >= MIN_SECONDS && durationSeconds <= MAX_SECONDS)) {
        throw new AdgenError('BAD_INPUT', `Music can be ${MIN_SECONDS} to ${MAX_SECONDS} seconds long, not ${durationSeconds}. Change the duration of the project.`);
      }
      call.signal.throwIfAborted();
      call.report(0.05, 'Composing');
      const wav = await playInWorker(request, call.signal);
      return call.putBytes(wav, 'music.wav', 'audio/wav');
    },
  };
}

/** The thread ends with its one message, or is ended by the signal. */
async function playInWorker(request: MusicRequest, signal: AbortSignal): Promise<Uint8Array> {
  const worker = new Worker(new URL('./synth-worker.ts', import.meta.url), { workerData: request });
  const onAbort = (): void => void worker.terminate();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(signal.aborted ? signal.reason : new Error(`The synthesiser ended without music (code ${code}).`)));
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
