/**
 * Finds out which encoders work here, by using them: a second of film is encoded with the very options of an export, decoded again and
 * compared with what went in. A list of compiled-in encoders proves nothing, nor does a GPU; some encoders even succeed and write grey.
 */
import { rm } from 'node:fs/promises';
import type { Services } from '#engine/pipeline/services.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { explainFailure } from './encoders.ts';
import { compileExportOptions, EXPORT_ENCODERS } from './export-encoders.ts';
import type { ExportEncoder } from './export-encoders.ts';

export interface EncoderVerdict extends ExportEncoder {
  readonly works: boolean;
  /** Why not. */
  readonly reason: string | null;
}

const RATE = { num: 30, den: 1 };
const SOURCE = 'testsrc2=size=640x640:rate=30:duration=1,format=yuv420p';
/** A driver that hangs must not hang us. */
const TIMEOUT_MS = 20_000;
/** Below this the picture is another one; constant quality gives 35 and more. */
const LEAST_PSNR_DB = 28;

/** Tries all, in the order in which `auto` prefers them. */
export async function tryEncoders({ store, ffmpegPath }: Pick<Services, 'store' | 'ffmpegPath'>, signal?: AbortSignal): Promise<EncoderVerdict[]> {
  const ffmpeg = await ffmpegPath();
  const verdicts: EncoderVerdict[] = [];
  for (const encoder of EXPORT_ENCODERS) verdicts.push({ ...encoder, ...(await tryEncoder(encoder.id, ffmpeg, store.tempPath('mp4'), signal)) });
  return verdicts;
}

async function tryEncoder(id: string, ffmpegPath: string, path: string, signal: AbortSignal | undefined): Promise<Pick<EncoderVerdict, 'works' | 'reason'>> {
  const common = { ffmpegPath, timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) };
  try {
    const encoded = await runFfmpeg({ ...common, inputs: [{ lavfi: SOURCE }], outputOptions: compileExportOptions(id, RATE), output: { path } });
    signal?.throwIfAborted();
    if (encoded.timedOut) return { works: false, reason: `no answer within ${TIMEOUT_MS / 1000} s` };
    if (encoded.exitCode !== 0) return { works: false, reason: explainFailure(encoded.stderrTail) };
    const lines: string[] = [];
    const compared = await runFfmpeg({
      ...common, inputs: [{ path }, { lavfi: SOURCE }], filterGraph: '[0:v][1:v]psnr=shortest=1', outputOptions: [], output: 'null', logLevel: 'info', onLogLine: (line) => lines.push(line),
    });
    signal?.throwIfAborted();
    if (compared.exitCode !== 0) return { works: false, reason: 'what it writes cannot be decoded' };
    const psnr = parsePsnr(lines);
    return psnr !== undefined && psnr >= LEAST_PSNR_DB ? { works: true, reason: null } : { works: false, reason: 'what it writes is not the picture that it was given' };
  } finally {
    await rm(path, { force: true });
  }
}

/** From `[Parsed_psnr_0 …] PSNR y:41.2 … average:42.1 min:…`; `inf` is no difference at all. */
export function parsePsnr(lines: readonly string[]): number | undefined {
  const average = lines.map((line) => /PSNR .*average:(inf|[\d.]+)/.exec(line)?.[1]).findLast((found) => found !== undefined);
  return average === undefined ? undefined : average === 'inf' ? Infinity : Number(average);
}
