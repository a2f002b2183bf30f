/**
 * How the delivered picture is encoded, and why. All values are pinned, so that a segment has the same bytes whatever
 * machine encodes it (with the same x264), and so that segments of one rendition join by stream copy.
 */
import type { FrameRate } from './frame-rate.ts';

export interface EncodeSettings {
  readonly preset: string;
  readonly crf: number;
  readonly keyframeFrames: number;
  readonly bFrames: number;
  /** x264's frame threads. Pinned: rate control and motion range depend on it, so "auto" would tie the bytes to the core count. */
  readonly threads: number;
  readonly lookaheadFrames: number;
  /** Further `-x264-params`, joined with colons. */
  readonly x264Params: Readonly<Record<string, string | number>>;
}

/**
 * The delivery encode. Measured on a photographed label right after transitions, the hardest place (0.2 Mpx of interior):
 * CRF 17 with chroma 3 steps finer ΔE2000 0.78, 42.8 dB; CRF 16 with chroma 6 steps finer 0.69, 43.7 dB for a quarter more
 * bytes; no encoding loss at all 0.55 (that is 4:2:0 itself). What is lost in a saturated label is chroma, so that is where the
 * bits go; psychovisual options gain nothing here.
 */
export const FINAL_ENCODE: EncodeSettings = {
  preset: 'medium',
  crf: 16,
  keyframeFrames: 60,
  bFrames: 2,
  threads: 4,
  lookaheadFrames: 30,
  x264Params: {
    'chroma-qp-offset': -6,
    // Auto-variance 3 gives dark flat areas their bits, where CRF otherwise bands.
    'aq-mode': 3, 'aq-strength': 0.7,
    // Keeps the dither of smooth walls, which x264 would drop as noise: a fifth more bytes there, half way to true gradients.
    'no-dct-decimate': 1,
    // One lookahead thread and whole frames per thread: what does not depend on the machine.
    'lookahead-threads': 1, 'sliced-threads': 0, 'open-gop': 0,
    // The compositor sites chroma in the middle of its four pixels; saying so keeps decoders from shifting it.
    chromaloc: 1,
  },
};

/** Frames by which decoding runs ahead of showing: two, with B-frames as references (x264's b-pyramid) or more than one in a row. */
export const REORDER_FRAMES = 2;

/** Says what raw frames are, on both sides of the encoder: ffmpeg must not convert, only tag. */
export const BT709_TAGS = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'] as const;

/** The ffmpeg output options of a video encode: codec, rate control, colour tags, nothing that varies between runs. */
export function compileVideoOptions(settings: EncodeSettings, rate: FrameRate): string[] {
  const params = { ...settings.x264Params, 'rc-lookahead': settings.lookaheadFrames, keyint: settings.keyframeFrames };
  return [
    '-c:v', 'libx264', '-profile:v', 'high', '-preset', settings.preset, '-crf', String(settings.crf), '-pix_fmt', 'yuv420p',
    '-bf', String(settings.bFrames), '-threads:v', String(settings.threads),
    '-x264-params', Object.entries(params).map(([name, value]) => `${name}=${value}`).join(':'),
    ...BT709_TAGS, '-flags:v', '+bitexact+cgop', '-video_track_timescale', String(trackTimescale(rate)), ...bitexactMp4(),
  ];
}

/** Container options that keep versions and times out of an MP4. */
export function bitexactMp4(): string[] {
  return ['-fflags', '+bitexact', '-map_metadata', '-1', '-movflags', '+faststart+write_colr', '-f', 'mp4'];
}

/** Ticks per second in which every frame of `rate` begins on a whole tick; 512 per frame leaves room for B-frames' offsets. */
export function trackTimescale(rate: FrameRate): number {
  return rate.num * 512;
}
