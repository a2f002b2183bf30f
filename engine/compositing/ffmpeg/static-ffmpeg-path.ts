import { createRequire } from 'node:module';
import path from 'node:path';
import { unpackedPath } from '#core/lib/unpacked-path.ts';

/** Where ffmpeg-static puts its file on this platform; undefined when the optional package is not installed. The file may be missing. */
export function staticFfmpegPath(): string | undefined {
  try {
    const packagePath = createRequire(import.meta.url).resolve('ffmpeg-static/package.json');
    return path.join(unpackedPath(path.dirname(packagePath)), process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
