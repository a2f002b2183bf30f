/** 16-bit PCM WAV (RIFF, Microsoft/IBM 1991), with triangular dither so that fades do not turn into distortion. */
import { createRandom } from '#core/lib/random.ts';

const HEADER_BYTES = 44;

/** Encodes channels of equal length, samples in ±1 (clipped beyond); the dither is seeded, so bytes are repeatable. */
export function encodeWav(channels: readonly Float32Array[], sampleRate: number): Uint8Array {
  const frames = channels[0]?.length ?? 0;
  const blockAlign = channels.length * 2;
  const bytes = new Uint8Array(HEADER_BYTES + frames * blockAlign);
  const view = new DataView(bytes.buffer);
  writeHeader(view, frames * blockAlign, channels.length, sampleRate);
  const random = createRandom(16, 'dither');
  for (let i = 0, at = HEADER_BYTES; i < frames; i++) {
    for (const samples of channels) {
      const value = samples[i] as number;
      // Digital silence stays silence.
      const dither = value === 0 ? 0 : random.next() - random.next();
      view.setInt16(at, Math.max(-32768, Math.min(32767, Math.round(value * 32767 + dither))), true);
      at += 2;
    }
  }
  return bytes;
}

function writeHeader(view: DataView, dataBytes: number, channels: number, sampleRate: number): void {
  const text = (at: number, value: string): void => [...value].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
}
