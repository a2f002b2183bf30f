/**
 * Compiles a mix into ffmpeg's filter language: pure, and golden text in its test. Numbers only; no file name and no
 * text of a user ever stands in a graph. `mix-soundtrack.ts` decides the numbers.
 */

/** Whatever comes in (mono, 5.1, 44.1 kHz, 8 bit) is floating-point stereo at 48 kHz from here on. */
export const STEREO_48K = 'aresample=48000,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';

export const SAMPLE_RATE = 48_000;

export interface AudioPlan {
  readonly durationSeconds: number;
  /** `isLooped`: input 0 is the first pass, the next input its endless continuation (see `loop-unit.ts`). */
  readonly music?: { readonly gainDb: number; readonly isLooped: boolean; readonly fadeOutSeconds: number; /** Left out of the beginning. */ readonly trimSeconds?: number };
  /** The input after the music. */
  readonly voice?: { readonly gainDb: number; readonly duckingDb: number; readonly trimSeconds?: number; /** When it begins. */ readonly startSeconds?: number };
  /** Over the whole mix, in front of the limiter. */
  readonly gainDb: number;
  readonly ceilingDbtp: number;
  /** Over the whole mix; missing = none. */
  readonly fadeInSeconds?: number;
  readonly fadeOutSeconds?: number;
}

/** The graph of a mix; its result is labelled `[out]`. A plan without music and voice gives silence. */
export function compileAudioGraph(plan: AudioPlan): string {
  const samples = Math.round(plan.durationSeconds * SAMPLE_RATE);
  const exact = `apad=whole_len=${samples},atrim=end_sample=${samples},asetpts=PTS-STARTPTS`;
  const chains = [...musicChains(plan, exact), ...voiceChains(plan, exact)];
  const mixed = joinChains(plan);
  if (chains.length === 0) return `anullsrc=channel_layout=stereo:sample_rate=${SAMPLE_RATE},${exact}[out]`;
  return [...chains, ...mixed.chains, `[${mixed.label}]${masterChain(plan, exact)}[out]`].join(';');
}

function musicChains(plan: AudioPlan, exact: string): string[] {
  if (plan.music === undefined) return [];
  const { gainDb, isLooped, fadeOutSeconds, trimSeconds = 0 } = plan.music;
  const source = isLooped ? `[0:a:0]${STEREO_48K}[pass];[1:a:0]${STEREO_48K}[loop];[pass][loop]concat=n=2:v=0:a=1` : `[0:a:0]${STEREO_48K}`;
  const fadeStart = Math.max(0, plan.durationSeconds - fadeOutSeconds);
  const fadeOut = fadeOutSeconds > 0 ? `,afade=t=out:st=${number(fadeStart)}:d=${number(fadeOutSeconds)}:curve=qsin` : '';
  return [`${source}${trimmed(trimSeconds)},${exact}${fadeOut},volume=${number(gainDb)}dB[music]`];
}

/**
 * The voice opens its own way through the music. Its copy for the compressor's side chain is limited hard first, so that
 * loud and soft syllables push equally and the depth is `duckingDb`, whatever the speaker's dynamics.
 */
function voiceChains(plan: AudioPlan, exact: string): string[] {
  if (plan.voice === undefined) return [];
  const input = plan.music === undefined ? 0 : plan.music.isLooped ? 2 : 1;
  const { gainDb, trimSeconds = 0, startSeconds = 0 } = plan.voice;
  const voice = `[${input}:a:0]${STEREO_48K}${trimmed(trimSeconds)}${delayed(startSeconds)},${exact},volume=${number(gainDb)}dB`;
  if (!isDucked(plan)) return [`${voice}[voice]`];
  return [
    `${voice},asplit=2[voice][speech]`,
    `[speech]volume=${KEY_BOOST_DB}dB,alimiter=limit=${linear(KEY_LIMIT_DB)}:attack=5:release=120:level=disabled[key]`,
    `[music][key]sidechaincompress=threshold=${linear(duckThresholdDb(plan.voice.duckingDb))}:ratio=20:attack=60:release=450:knee=2:detection=rms:makeup=1[ducked]`,
  ];
}

/** Counted in samples, so that a trim of so many frames is just that. */
function trimmed(seconds: number): string {
  return seconds > 0 ? `,atrim=start_sample=${Math.round(seconds * SAMPLE_RATE)},asetpts=PTS-STARTPTS` : '';
}

function delayed(seconds: number): string {
  const samples = Math.round(seconds * SAMPLE_RATE);
  return samples > 0 ? `,adelay=${samples}S|${samples}S` : '';
}

const KEY_BOOST_DB = 26;
const KEY_LIMIT_DB = -12;
/** Mean level of limited speech, as the compressor's RMS detector sees it; measured on speech-like noise. */
const KEY_LEVEL_DB = -15;

/** A compressor of ratio 20 takes off 95 % of what exceeds its threshold. */
function duckThresholdDb(duckingDb: number): number {
  return KEY_LEVEL_DB - duckingDb / 0.95;
}

function isDucked(plan: AudioPlan): boolean {
  return plan.music !== undefined && plan.voice !== undefined && plan.voice.duckingDb > 0;
}

function joinChains(plan: AudioPlan): { chains: string[]; label: string } {
  if (plan.music === undefined || plan.voice === undefined) return { chains: [], label: plan.music === undefined ? 'voice' : 'music' };
  const music = isDucked(plan) ? 'ducked' : 'music';
  // amix divides by the number of its inputs (its switch for that is younger than ffmpeg 4.4); the factor undoes it.
  return { chains: [`[${music}][voice]amix=inputs=2:duration=first:dropout_transition=0,volume=2[mix]`], label: 'mix' };
}

/**
 * One gain for the whole piece, so that its dynamics stay as they were made; only peaks are held. The limiter runs at
 * four times the rate, where sample peaks are true peaks.
 */
function masterChain(plan: AudioPlan, exact: string): string {
  return [
    ...fades(plan),
    `volume=${number(plan.gainDb)}dB`,
    'aresample=192000',
    `alimiter=limit=${linear(plan.ceilingDbtp)}:attack=4:release=80:level=disabled`,
    STEREO_48K,
    exact,
  ].join(',');
}

function fades({ durationSeconds, fadeInSeconds = 0, fadeOutSeconds = 0 }: AudioPlan): string[] {
  const out = Math.min(fadeOutSeconds, durationSeconds);
  return [
    ...(fadeInSeconds > 0 ? [`afade=t=in:st=0:d=${number(Math.min(fadeInSeconds, durationSeconds))}:curve=qsin`] : []),
    ...(out > 0 ? [`afade=t=out:st=${number(durationSeconds - out)}:d=${number(out)}:curve=qsin`] : []),
  ];
}

function linear(db: number): string {
  return (10 ** (db / 20)).toFixed(6);
}

function number(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** AAC-LC 192 kbit/s, 48 kHz stereo. */
export function compileAudioOptions(): string[] {
  return ['-map', '[out]', '-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '192k', '-ar', String(SAMPLE_RATE), '-ac', '2', '-flags:a', '+bitexact'];
}
