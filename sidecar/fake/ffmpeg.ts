/** Runs an ffmpeg: the program named by ADGEN_FFMPEG, the installed package's, or the system's. */
import { execa } from 'execa';

/** Throws with what it said when it fails, ENOENT when there is none at all. */
export async function runFfmpeg(args: readonly string[]): Promise<void> {
  const bundled = await import('ffmpeg-static').then((module) => module.default as unknown as string | null, () => null);
  const candidates = [process.env['ADGEN_FFMPEG'], bundled, 'ffmpeg'].filter((it) => typeof it === 'string' && it !== '');
  let last: unknown;
  for (const file of candidates as string[]) {
    try {
      await execa(file, ['-hide_banner', '-loglevel', 'error', '-y', ...args], { timeout: 60_000 });
      return;
    } catch (error) {
      last = error;
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw last;
}
