/** Looks at a file that a server made, before it counts: decoded to the last sample, with the kind of content that was asked for. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { AdgenError } from '#core/contract/errors.ts';
import type { CollectedFile } from '#sidecar/client/collect.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';

const MAX_PIXELS = 120_000_000;

/** Throws for a file that is cut, damaged or of another kind; of WebM and MP3, which do not say how long they are, a cut cannot be seen. */
export async function verifyResult({ path, kind }: Pick<CollectedFile, 'path' | 'kind'>, options: { readonly ffmpegPath: string; readonly signal: AbortSignal }): Promise<void> {
  if (kind === 'image') {
    // From bytes: of a file, libvips may remember what stood under that name before.
    await sharp(await readFile(path), { failOn: 'truncated', limitInputPixels: MAX_PIXELS }).stats();
    return;
  }
  if (kind !== 'video' && kind !== 'audio') throw new AdgenError('PROVIDER_REJECTED', `The engine made a file of kind "${kind}", which is neither picture, clip nor sound.`);
  const result = await runFfmpeg({
    ffmpegPath: options.ffmpegPath, signal: options.signal, inputs: [{ path, options: ['-xerror', '-protocol_whitelist', 'file'] }],
    outputOptions: ['-map', kind === 'video' ? '0:v:0' : '0:a:0', '-f', 'null'], output: 'null', logLevel: 'error',
  });
  assertSucceeded(result, `decoding the engine's ${kind}`);
}
