/**
 * Tries which H.264 encoders really encode on this machine, for `adgen doctor`. A list of compiled-in encoders or the
 * presence of a GPU proves nothing (data-centre GPUs have no NVENC block), so each one encodes a few frames.
 */
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';

export interface EncoderProbe {
  readonly name: string;
  readonly isHardware: boolean;
  readonly works: boolean;
  /** Why not, in ffmpeg's words or ours. */
  readonly reason?: string;
  readonly durationMs: number;
}

interface EncoderTrial {
  readonly name: string;
  readonly isHardware: boolean;
  readonly options: readonly string[];
}

const TRIALS: readonly EncoderTrial[] = [
  { name: 'libx264', isHardware: false, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_nvenc', isHardware: true, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_videotoolbox', isHardware: true, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_amf', isHardware: true, options: ['-pix_fmt', 'yuv420p'] },
  { name: 'h264_qsv', isHardware: true, options: ['-pix_fmt', 'nv12'] },
  { name: 'h264_vaapi', isHardware: true, options: ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload'] },
];

/** A driver that hangs must not hang us. */
const TIMEOUT_MS = 15_000;

/** Tries all encoders, one after the other; in the order software, then hardware. */
export async function probeEncoders(options: { readonly ffmpegPath?: string; readonly signal?: AbortSignal } = {}): Promise<EncoderProbe[]> {
  const probes: EncoderProbe[] = [];
  for (const trial of TRIALS) probes.push(await tryEncoder(trial, options));
  return probes;
}

async function tryEncoder(trial: EncoderTrial, options: { readonly ffmpegPath?: string; readonly signal?: AbortSignal }): Promise<EncoderProbe> {
  let bytes = 0;
  const result = await runFfmpeg({
    ...options,
    inputs: [{ lavfi: 'testsrc2=size=320x240:rate=30:duration=0.3' }],
    outputOptions: [...trial.options, '-c:v', trial.name, '-f', 'h264'],
    output: 'pipe',
    timeoutMs: TIMEOUT_MS,
    read: async (stdout) => {
      for await (const chunk of stdout) bytes += (chunk as Buffer).length;
    },
  });
  options.signal?.throwIfAborted();
  const works = result.exitCode === 0 && bytes > 0;
  const reason = works ? undefined : result.timedOut ? `no answer within ${TIMEOUT_MS / 1000} s` : explainFailure(result.stderrTail);
  return { name: trial.name, isHardware: trial.isHardware, works, reason, durationMs: result.durationMs };
}

/** The line of ffmpeg's log that says most; the last ones only repeat that something went wrong. */
export function explainFailure(stderr: string): string {
  if (/Unknown encoder/.test(stderr)) return 'this ffmpeg was built without it';
  const lines = stderr.split('\n').map((line) => line.replace(/^\[[^\]]*\] /, '').trim()).filter(Boolean);
  const telling = lines.find((line) => /cannot|no .*device|failed|not (available|supported|found)|unable|error/i.test(line));
  return telling ?? lines.at(-1) ?? 'it wrote nothing';
}
