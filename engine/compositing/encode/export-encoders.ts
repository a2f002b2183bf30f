/**
 * The encoders that an export may use, and how each is asked for a picture as good as the master's, or for a certain number of bits where a
 * placement wants one. Pure; `probe-encoders.ts` finds out which of them work on this machine.
 */
import { type FrameRate, formatFrameRate } from './frame-rate.ts';
import { BT709_TAGS, bitexactMp4, compileVideoOptions, FINAL_ENCODE, trackTimescale } from './settings.ts';

export interface ExportEncoder {
  readonly id: string;
  readonly label: string;
  readonly isHardware: boolean;
}

/** In the order in which `auto` prefers them; software, which works everywhere, last. */
export const EXPORT_ENCODERS: readonly ExportEncoder[] = [
  { id: 'h264_nvenc', label: 'NVIDIA NVENC', isHardware: true },
  { id: 'h264_videotoolbox', label: 'Apple VideoToolbox', isHardware: true },
  { id: 'h264_qsv', label: 'Intel Quick Sync', isHardware: true },
  { id: 'h264_amf', label: 'AMD AMF', isHardware: true },
  { id: 'h264_vaapi', label: 'VA-API', isHardware: true },
  { id: 'libx264', label: 'x264 (software)', isHardware: false },
];

/** Near the master's quality; what each calls its constant-quality mode. */
const QUALITY: Readonly<Record<string, readonly string[]>> = {
  h264_nvenc: ['-preset', 'p6', '-tune', 'hq', '-rc', 'vbr', '-cq', '17', '-b:v', '0', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_videotoolbox: ['-q:v', '75', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_qsv: ['-global_quality', '17', '-preset', 'slower', '-profile:v', 'high', '-pix_fmt', 'nv12'],
  h264_amf: ['-quality', 'quality', '-rc', 'cqp', '-qp_i', '16', '-qp_p', '18', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_vaapi: ['-rc_mode', 'CQP', '-qp', '18', '-profile:v', 'high'],
};
const WITH_BITRATE: Readonly<Record<string, readonly string[]>> = {
  h264_nvenc: ['-preset', 'p6', '-tune', 'hq', '-rc', 'cbr', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_videotoolbox: ['-constant_bit_rate', '1', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_qsv: ['-preset', 'slower', '-profile:v', 'high', '-pix_fmt', 'nv12'],
  h264_amf: ['-quality', 'quality', '-rc', 'cbr', '-filler_data', '1', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  h264_vaapi: ['-rc_mode', 'CBR', '-profile:v', 'high'],
};

/** The ffmpeg output options of an export's picture. `bitsPerSecond` missing: constant quality. */
export function compileExportOptions(encoderId: string, rate: FrameRate, bitsPerSecond?: number): string[] {
  if (encoderId === 'libx264') return bitsPerSecond === undefined ? compileVideoOptions(FINAL_ENCODE, rate) : x264WithBitrate(rate, bitsPerSecond);
  const own = (bitsPerSecond === undefined ? QUALITY : WITH_BITRATE)[encoderId];
  if (!own) throw new RangeError(`no encoder ${encoderId}`);
  const device = encoderId === 'h264_vaapi' ? ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload'] : [];
  return [
    ...device, '-c:v', encoderId, ...own, ...(bitsPerSecond === undefined ? [] : bitrateOptions(bitsPerSecond)), '-g', String(FINAL_ENCODE.keyframeFrames), '-r', formatFrameRate(rate),
    ...BT709_TAGS, '-video_track_timescale', String(trackTimescale(rate)), ...bitexactMp4(),
  ];
}

function bitrateOptions(bitsPerSecond: number): string[] {
  const bits = String(Math.round(bitsPerSecond));
  return ['-b:v', bits, '-minrate', bits, '-maxrate', bits, '-bufsize', bits];
}

/** Constant bits, filled up where the picture needs fewer: platforms with a floor count them. */
function x264WithBitrate(rate: FrameRate, bitsPerSecond: number): string[] {
  const options = compileVideoOptions({ ...FINAL_ENCODE, x264Params: { ...FINAL_ENCODE.x264Params, 'nal-hrd': 'cbr', filler: 1 } }, rate);
  const crf = options.indexOf('-crf');
  return [...options.slice(0, crf), ...bitrateOptions(bitsPerSecond), ...options.slice(crf + 2)];
}
