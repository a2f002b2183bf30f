/** Small clips and sounds for tests, made by ffmpeg, and what is in them. */
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';

/** @param source of ffmpeg's lavfi */
export async function makeMedia(source: string, path: string, outputOptions: readonly string[] = []): Promise<void> {
  assertSucceeded(await runFfmpeg({ inputs: [{ lavfi: source }], outputOptions, output: { path } }), `making ${path}`);
}

async function decode(path: string, outputOptions: readonly string[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const read = async (stdout: AsyncIterable<unknown>): Promise<void> => {
    for await (const chunk of stdout) chunks.push(chunk as Buffer);
  };
  assertSucceeded(await runFfmpeg({ inputs: [{ path }], outputOptions, output: 'pipe', read }), `decoding ${path}`);
  return Buffer.concat(chunks);
}

/** The brightness of each frame's middle, 0..255. */
export async function brightnessOfFrames(path: string): Promise<number[]> {
  return [...(await decode(path, ['-map', '0:v:0', '-vf', 'scale=1:1:flags=area', '-pix_fmt', 'gray', '-fps_mode', 'passthrough', '-f', 'rawvideo']))];
}

/** Samples of the left channel, −32768..32767, as they are in the file. */
export async function samplesOf(path: string): Promise<Int16Array> {
  const bytes = await decode(path, ['-map', '0:a:0', '-f', 's16le', '-c:a', 'pcm_s16le']);
  return Int16Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt16LE(index * 4));
}
