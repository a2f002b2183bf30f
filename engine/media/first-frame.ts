import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';

/** The first frame of a clip as PNG. Throws TOOL_FAILED when none can be decoded. */
export async function firstFrame(path: string, ffmpegPath: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const result = await runFfmpeg({
    ffmpegPath, inputs: [{ path, options: ['-protocol_whitelist', 'file'] }], outputOptions: ['-map', '0:V:0', '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'], output: 'pipe', timeoutMs: 60_000,
    read: async (stdout) => {
      for await (const chunk of stdout) chunks.push(chunk as Buffer);
    },
  });
  assertSucceeded(result, 'looking at the first frame of a clip');
  return Buffer.concat(chunks);
}
