import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';

/** Path of a usable ffmpeg; installs one when there is none, saying so line by line. Throws MISSING_TOOL. */
export async function ensureFfmpeg(onLine: (line: string) => void): Promise<string> {
  return (await locateFfmpeg({ installWith: { onLine } })).path;
}
