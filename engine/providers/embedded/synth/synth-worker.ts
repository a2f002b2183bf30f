/** Worker thread of the synthesiser: one request in, the bytes of one WAV out. Started by `provider.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MusicRequest } from '#engine/providers/types.ts';
import { SAMPLE_RATE } from './mix/signal.ts';
import { synthesise } from './synthesise.ts';
import { encodeWav } from './wav.ts';

const wav = encodeWav(synthesise(workerData as MusicRequest), SAMPLE_RATE);
parentPort?.postMessage(wav, [wav.buffer as ArrayBuffer]);
