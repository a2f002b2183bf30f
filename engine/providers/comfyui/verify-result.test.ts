import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindOf } from '#sidecar/protocol/outputs.ts';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { makeMedia } from './testing/media.ts';
import { verifyResult } from './verify-result.ts';

const never = new AbortController().signal;

let folder: string;
let ffmpegPath: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-verify-'));
  ffmpegPath = (await locateFfmpeg()).path;
  const noise = sharp({ create: { width: 96, height: 64, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
  await noise.clone().png().toFile(join(folder, 'still.png'));
  await noise.clone().jpeg().toFile(join(folder, 'still.jpg'));
  await makeMedia('testsrc2=size=96x64:rate=24:duration=1', join(folder, 'clip.mp4'), ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart']);
  await makeMedia('sine=frequency=440:sample_rate=48000:duration=1', join(folder, 'sound.flac'), ['-ac', '2']);
  await makeMedia('sine=frequency=440:sample_rate=48000:duration=1', join(folder, 'sound.wav'), ['-ac', '2']);
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

/** Under another name while it is looked at, as the client does it. */
async function verify(bytes: Uint8Array, name: string): Promise<void> {
  const path = join(folder, `${name}.part`);
  await writeFile(path, bytes);
  await verifyResult({ path, kind: kindOf(name) }, { ffmpegPath, signal: never });
}

const names = ['still.png', 'still.jpg', 'clip.mp4', 'sound.flac', 'sound.wav'];

test.each(names)('%s is good', async (name) => {
  await expect(verify(await readFile(join(folder, name)), name)).resolves.toBeUndefined();
});

test.each(names.flatMap((name) => [[name, 0.95], [name, 0.5], [name, 0.02]] as const))('%s is not, with only the first %d of it', async (name, share) => {
  const bytes = await readFile(join(folder, name));
  await expect(verify(bytes.subarray(0, Math.floor(bytes.length * share)), name)).rejects.toThrow();
});

test.each([['a web page', 'still.png', '<html><body>502</body></html>'], ['a sentence', 'clip.mp4', 'Out of memory'], ['nothing but zeros', 'sound.flac', '\0'.repeat(5000)]])('%s named %s is refused', async (_, name, text) => {
  await expect(verify(Buffer.from(text), name)).rejects.toThrow();
});

test('a sound is no clip, a picture is no sound, and a table is nothing', async () => {
  await expect(verify(await readFile(join(folder, 'sound.wav')), 'clip.mp4')).rejects.toThrow();
  await expect(verify(await readFile(join(folder, 'still.png')), 'sound.flac')).rejects.toThrow();
  await expect(verify(Buffer.from('a,b'), 'table.csv')).rejects.toThrow('neither picture, clip nor sound');
});
