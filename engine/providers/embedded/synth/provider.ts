/** The music provider that needs nothing: the last link of the music chain before silence. */
import { AdgenError } from '#core/contract/errors.ts';
import type { MusicProvider } from '#engine/providers/types.ts';
import { SAMPLE_RATE } from './mix/signal.ts';
import { synthesise } from './synthesise.ts';
import { encodeWav } from './wav.ts';

const MIN_SECONDS = 1;
const MAX_SECONDS = 600;

/** Makes a 48 kHz stereo 16-bit WAV of 1 to 600 seconds; throws BAD_INPUT outside that range. */
export function createSynthMusicProvider(): MusicProvider {
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
      const channels = synthesise(request);
      call.signal.throwIfAborted();
      call.report(0.8, 'Writing');
      return call.putBytes(encodeWav(channels, SAMPLE_RATE), 'music.wav', 'audio/wav');
    },
  };
}
