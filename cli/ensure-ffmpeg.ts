import { hasFfmpegCandidate, locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';

/** Path of a usable ffmpeg; installs one when there is none, saying so line by line. Throws MISSING_TOOL. */
export async function ensureFfmpeg(onLine: (line: string) => void): Promise<string> {
  return (await locateFfmpeg({ installWith: { onLine } })).path;
}

/** Installs an ffmpeg on a machine that has none at all. One that is there is not even started: a step that needs it examines it. */
export async function installMissingFfmpeg(onLine: (line: string) => void): Promise<void> {
  if (!(await hasFfmpegCandidate())) await ensureFfmpeg(onLine);
}
