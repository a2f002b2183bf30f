/** How loud a sound is over time: measured once per artifact, kept, and summed up for any width of a waveform. */
import { readFile } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import { soundInput } from '#engine/compositing/audio/sound-input.ts';
import { assertNotStopped } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import type { DerivedFiles } from './derived-files.ts';

/** Loudest sample of each hundredth of a second, 0..1. */
export interface Peaks {
  readonly peaks: Float32Array;
  readonly durationSeconds: number;
}

const RATE = 16_000;
/** Samples of both channels in one peak. */
const PER_PEAK = (RATE / 100) * 2;

/** Undefined when ffmpeg finds no sound that it can decode. Reads `limitSeconds` at most. */
export async function measurePeaks(path: string, { ffmpegPath, limitSeconds, signal }: { readonly ffmpegPath: string; readonly limitSeconds: number; readonly signal?: AbortSignal }): Promise<Peaks | undefined> {
  const peaks: number[] = [];
  let [loudest, inPeak, samples, half] = [0, 0, 0, -1];
  const add = (value: number): void => {
    loudest = Math.max(loudest, Math.abs(value));
    samples++;
    if (++inPeak < PER_PEAK) return;
    peaks.push(loudest / 32_768);
    [loudest, inPeak] = [0, 0];
  };
  const result = await runFfmpeg({
    ffmpegPath, ...(signal ? { signal } : {}),
    inputs: [soundInput(path, limitSeconds)],
    outputOptions: ['-map', '0:a:0', '-ac', '2', '-ar', String(RATE), '-c:a', 'pcm_s16le', '-f', 's16le'],
    output: 'pipe',
    read: async (stdout) => {
      for await (const chunk of stdout as AsyncIterable<Buffer>) {
        let at = 0;
        if (half >= 0 && chunk.length > 0) {
          add(((half | ((chunk[0] ?? 0) << 8)) << 16) >> 16);
          [at, half] = [1, -1];
        }
        for (; at + 1 < chunk.length; at += 2) add(chunk.readInt16LE(at));
        if (at < chunk.length) half = chunk[at] ?? 0;
      }
    },
  });
  assertNotStopped(result, 'listening to a sound');
  if (samples === 0 || result.exitCode !== 0) return undefined;
  if (inPeak > 0) peaks.push(loudest / 32_768);
  return { peaks: Float32Array.from(peaks), durationSeconds: samples / 2 / RATE };
}

/** The peaks of an artifact, from the cache or measured now. Throws NOT_FOUND, and BAD_INPUT for what holds no sound. */
export async function peaksOf(hash: string, path: string, files: DerivedFiles, ffmpegPath: () => Promise<string>): Promise<Peaks> {
  const { path: kept } = await files.get(nameOf(hash), async () => {
    const heard = await measurePeaks(path, { ffmpegPath: await ffmpegPath(), limitSeconds: 3600 });
    if (!heard) throw new AdgenError('BAD_INPUT', 'This file holds no sound that can be read.');
    return encodePeaks(heard);
  });
  return decodePeaks(await readFile(kept));
}

/** Keeps what was measured before the artifact had a name. */
export async function keepPeaks(hash: string, bytes: Uint8Array, files: DerivedFiles): Promise<void> {
  await files.get(nameOf(hash), async () => bytes);
}

const nameOf = (hash: string): unknown => ({ peaks: 1, hash });

/** The length first, then the peaks. */
export function encodePeaks({ peaks, durationSeconds }: Peaks): Uint8Array {
  return new Uint8Array(Float32Array.of(durationSeconds, ...peaks).buffer);
}

function decodePeaks(bytes: Buffer): Peaks {
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { durationSeconds: floats[0] ?? 0, peaks: floats.subarray(1) };
}

/** The loudest of each of `count` equal parts. */
export function summarisePeaks(peaks: Float32Array, count: number): number[] {
  return Array.from({ length: count }, (_, bucket) => {
    const from = Math.floor((bucket * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bucket + 1) * peaks.length) / count));
    let loudest = 0;
    for (let at = from; at < to; at++) loudest = Math.max(loudest, peaks[at] ?? 0);
    return Math.min(1, Math.round(loudest * 1000) / 1000);
  });
}
