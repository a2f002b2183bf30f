/** What ffmpeg says about a file when it merely opens it: codecs, size, colour. Reads no packets, so it is quick on long files. */
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { type InputLines, parseInputLines } from './parse-stream-lines.ts';

/** Opens the file with ffmpeg; all fields are missing when ffmpeg cannot read it. */
export async function describeStreams(filePath: string, options: { readonly ffmpegPath?: string; readonly signal?: AbortSignal } = {}): Promise<InputLines> {
  const lines: string[] = [];
  await runFfmpeg({
    ...options,
    inputs: [{ path: filePath }],
    outputOptions: ['-map', '0:V:0?', '-map', '0:a:0?', '-c', 'copy', '-t', '0'],
    output: 'null',
    logLevel: 'info',
    onLogLine: (line) => lines.push(line),
  });
  return parseInputLines(lines);
}
