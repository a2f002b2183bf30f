import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AssetRef } from '#core/project/schema.ts';
import { createSynthMusicProvider } from './provider.ts';
import { MOODS, type MoodName } from './score/moods.ts';
import { synthesise } from './synthesise.ts';
import { encodeWav } from './wav.ts';

const moods = Object.keys(MOODS) as MoodName[];
const request = (mood: MoodName, durationSeconds: number, seed = 1) => ({ soundtrack: { mood, tempoBpm: 100, seed }, durationSeconds, cutsSeconds: [durationSeconds / 2] });

function levelDb(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
}

describe('synthesise', () => {
  it.each(moods)('%s: whole samples, no offset, no clipping, room between the sides', (mood) => {
    const [left, right] = synthesise(request(mood, 5)) as [Float32Array, Float32Array];
    expect([left.length, right.length]).toEqual([5 * 48_000, 5 * 48_000]);
    let [peak, sum, difference] = [0, 0, 0];
    for (let i = 0; i < left.length; i++) {
      const [l, r] = [left[i] as number, right[i] as number];
      peak = Math.max(peak, Math.abs(l), Math.abs(r));
      sum += l + r;
      difference += Math.abs(l - r);
    }
    expect(peak).toBeGreaterThan(0.3);
    expect(peak).toBeLessThanOrEqual(0.8901);
    expect(Math.abs(sum / left.length / 2)).toBeLessThan(1e-3);
    expect(difference / left.length).toBeGreaterThan(0.005);
  });

  it.each(moods)('%s: begins and ends at zero, rings until shortly before the end, never falls silent', (mood) => {
    for (const duration of [2.5]) {
      const [left] = synthesise(request(mood, duration)) as [Float32Array];
      expect(Math.abs(left[0] as number)).toBeLessThan(1e-4);
      expect(Math.abs(left.at(-1) as number)).toBeLessThan(1e-4);
      expect(levelDb(left.subarray(-48_000 * 0.6, -48_000 * 0.3))).toBeGreaterThan(-45);
      expect(levelDb(left.subarray(-480))).toBeLessThan(-60);
      for (let at = 0.3 * 48_000; at < left.length - 24_000; at += 12_000) expect(levelDb(left.subarray(at, at + 12_000))).toBeGreaterThan(-45);
    }
  });

  it.each([1, 2, 3.337, 9.97])('is exactly %d s long', (duration) => {
    expect(synthesise(request('elegant', duration))[0]).toHaveLength(Math.round(duration * 48_000));
  });

  it('is bit-exact per seed, across the block boundary too', () => {
    const hash = (seed: number) => createHash('sha256').update(encodeWav(synthesise(request('upbeat', 4.5, seed)), 48_000)).digest('hex');
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
  });
});

describe('encodeWav', () => {
  it('writes a plain 44-byte header and one frame per sample', () => {
    const wav = encodeWav([Float32Array.of(0, 0.5, -2), Float32Array.of(0, -0.5, 2)], 48_000);
    const view = new DataView(wav.buffer);
    expect(Buffer.from(wav.subarray(0, 4)).toString()).toBe('RIFF');
    expect(wav.length).toBe(44 + 3 * 4);
    expect([view.getUint32(24, true), view.getUint16(22, true), view.getUint32(40, true)]).toEqual([48_000, 2, 12]);
    expect([view.getInt16(44, true), view.getInt16(46, true)]).toEqual([0, 0]);
    expect(Math.abs(view.getInt16(48, true) - 16_384)).toBeLessThanOrEqual(2);
    expect([view.getInt16(52, true), view.getInt16(54, true)]).toEqual([-32_768, 32_767]);
  });
});

describe('createSynthMusicProvider', () => {
  const stored: { bytes: Uint8Array; name: string; mime: string }[] = [];
  const call = (signal: AbortSignal) => ({
    signal,
    report: () => {},
    putBytes: async (bytes: Uint8Array, name: string, mime: string): Promise<AssetRef> => {
      stored.push({ bytes, name, mime });
      return { hash: createHash('sha256').update(bytes).digest('hex'), name, mime };
    },
    putFile: async (): Promise<AssetRef> => { throw new Error('not used'); },
    pathOf: () => '',
  });

  it('stores one WAV of the asked length', async () => {
    const asset = await createSynthMusicProvider().makeMusic(request('calm', 2), call(new AbortController().signal));
    expect(asset.mime).toBe('audio/wav');
    expect(stored.at(-1)?.bytes.length).toBe(44 + 2 * 48_000 * 4);
  });

  it.each([0, -1, Number.NaN, 36_000])('refuses %d s in words', async (duration) => {
    await expect(createSynthMusicProvider().makeMusic(request('calm', duration), call(new AbortController().signal))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('stops when it is canceled, before and in the middle', async () => {
    await expect(createSynthMusicProvider().makeMusic(request('calm', 2), call(AbortSignal.abort()))).rejects.toMatchObject({ name: 'AbortError' });
    const controller = new AbortController();
    const music = createSynthMusicProvider().makeMusic(request('calm', 600), call(controller.signal));
    setTimeout(() => controller.abort(), 150);
    await expect(music).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('stores what the pure function plays', async () => {
    const asset = await createSynthMusicProvider().makeMusic(request('bold', 2, 9), call(new AbortController().signal));
    expect(asset.hash).toBe(createHash('sha256').update(encodeWav(synthesise(request('bold', 2, 9)), 48_000)).digest('hex'));
  });
});
