/**
 * Music and voice → the finished soundtrack of a film: exact length, exact loudness, true peak under its ceiling, both
 * measured on the encoded file. One static gain and a limiter instead of `loudnorm`, which pumps music whenever its
 * linear mode gives up; limiter and encoder change loudness and peak a little, so the gain is corrected until it fits.
 */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Soundtrack } from '#core/project/schema.ts';
import { bitexactMp4 } from '../encode/settings.ts';
import { assertSucceeded } from '../ffmpeg/assert-succeeded.ts';
import type { FfmpegInput } from '../ffmpeg/ffmpeg-job.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { type AudioPlan, compileAudioGraph, compileAudioOptions } from './audio-graph.ts';
import { loopFadeSeconds, MIN_LOOP_SECONDS, writeLoopUnit } from './loop-unit.ts';
import { type MeasuredSound, measureLoudness } from './measure-loudness.ts';
import { soundInput } from './sound-input.ts';

/** What an editor has moved, seconds; missing = as it is. */
export interface MixMoves {
  readonly musicTrimSeconds?: number;
  readonly voiceStartSeconds?: number;
  readonly voiceTrimSeconds?: number;
  readonly voiceGainDb?: number;
  readonly fadeInSeconds?: number;
  /** Takes the place of the fade that music gets when it is cut off. */
  readonly fadeOutSeconds?: number;
}

export interface MixRequest {
  /** Missing, with no voice either: silence. Any format; repeated when it is too short, faded out when it is too long. */
  readonly musicPath?: string;
  readonly voicePath?: string;
  readonly durationSeconds: number;
  readonly soundtrack: Pick<Soundtrack, 'musicGainDb' | 'duckingDb' | 'loudnessLufs' | 'truePeakDbtp'> & MixMoves;
  /** An `.m4a`; appears whole or not at all. */
  readonly outputPath: string;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

export interface MixResult {
  /** As measured on the finished file; null for silence. Further than 0.5 from the target only when the sound has no more in it. */
  readonly lufs: number | null;
  readonly truePeakDbtp: number | null;
  readonly durationSeconds: number;
}

const ROUNDS = 6;
const TOLERANCE_LU = 0.2;
/** AAC raises peaks by about this much. */
const ENCODER_MARGIN_DB = 0.7;
const MAX_GAIN_DB = 60;
/** Both voices of the mix come to this loudness before they meet, so that gain and ducking mean the same for every file. */
const STAGE_LUFS = -20;

/** Writes the soundtrack. Throws AbortError, BAD_INPUT (a file without sound), DISK_FULL or TOOL_FAILED. */
export async function mixSoundtrack(request: MixRequest): Promise<MixResult> {
  const work = workPaths(request.outputPath);
  try {
    const stage = await setStage(request, work.loop);
    if (stage.plan.music === undefined && stage.plan.voice === undefined) return await writeSilence(request);
    return await approachTarget(request, stage, work.attempt);
  } finally {
    await Promise.all(Object.values(work).map((file) => rm(file, { force: true })));
  }
}

interface Stage {
  readonly inputs: readonly FfmpegInput[];
  readonly plan: AudioPlan;
}

function workPaths(outputPath: string): { loop: string; attempt: string } {
  const base = path.join(path.dirname(outputPath), `.${path.basename(outputPath, path.extname(outputPath))}`);
  return { loop: `${base}.loop.wav`, attempt: `${base}.attempt.m4a` };
}

/** Listens to the sources and brings them to a common loudness; sources that hold only silence are left out. */
async function setStage(request: MixRequest, loopPath: string): Promise<Stage> {
  const { durationSeconds, soundtrack, musicPath, voicePath } = request;
  const { musicTrimSeconds = 0, voiceTrimSeconds = 0, voiceStartSeconds = 0, voiceGainDb = 0, fadeInSeconds, fadeOutSeconds } = soundtrack;
  const options = (trimSeconds: number) => ({ ffmpegPath: request.ffmpegPath, signal: request.signal, limitSeconds: durationSeconds + trimSeconds + 0.5 });
  const music = musicPath === undefined ? undefined : await measureLoudness(musicPath, options(musicTrimSeconds));
  const isHeard = voicePath !== undefined && voiceStartSeconds < durationSeconds;
  const voice = isHeard ? await measureLoudness(voicePath, options(voiceTrimSeconds)) : undefined;
  const inputs: FfmpegInput[] = [];
  let plan: AudioPlan = { durationSeconds, gainDb: 0, ceilingDbtp: soundtrack.truePeakDbtp - ENCODER_MARGIN_DB, ...(fadeInSeconds ? { fadeInSeconds } : {}), ...(fadeOutSeconds ? { fadeOutSeconds } : {}) };
  if (musicPath !== undefined && music !== undefined && music.lufs !== null) {
    const placed = await placeMusic(request, musicPath, music, loopPath);
    inputs.push(...placed.inputs);
    plan = { ...plan, music: { gainDb: STAGE_LUFS - music.lufs + soundtrack.musicGainDb, isLooped: placed.inputs.length > 1, fadeOutSeconds: fadeOutSeconds === undefined ? placed.fadeOutSeconds : 0, ...(musicTrimSeconds ? { trimSeconds: musicTrimSeconds } : {}) } };
  }
  if (voicePath !== undefined && voice !== undefined && voice.lufs !== null) {
    inputs.push(soundInput(voicePath, durationSeconds + voiceTrimSeconds));
    plan = { ...plan, voice: { gainDb: STAGE_LUFS - voice.lufs + voiceGainDb, duckingDb: soundtrack.duckingDb, ...(voiceTrimSeconds ? { trimSeconds: voiceTrimSeconds } : {}), ...(voiceStartSeconds ? { startSeconds: voiceStartSeconds } : {}) } };
  }
  return { inputs, plan };
}

async function placeMusic(request: MixRequest, musicPath: string, music: MeasuredSound, loopPath: string): Promise<{ inputs: FfmpegInput[]; fadeOutSeconds: number }> {
  // What the trim leaves out must be there to be left out: the stretch that is played begins later and ends later.
  const durationSeconds = request.durationSeconds + (request.soundtrack.musicTrimSeconds ?? 0);
  const spare = music.durationSeconds - durationSeconds;
  const fadeOutSeconds = Math.min(1.5, request.durationSeconds / 4);
  // A bed made for this film ends by itself; so does a sound that is too short to be repeated.
  if (Math.abs(spare) < 0.05 || music.durationSeconds < MIN_LOOP_SECONDS) return { inputs: [soundInput(musicPath, durationSeconds)], fadeOutSeconds: 0 };
  if (spare > 0) return { inputs: [soundInput(musicPath, durationSeconds)], fadeOutSeconds };
  await writeLoopUnit({ musicPath, pieceSeconds: music.durationSeconds, outputPath: loopPath, ffmpegPath: request.ffmpegPath, signal: request.signal });
  const firstPass = music.durationSeconds - loopFadeSeconds(music.durationSeconds);
  return { inputs: [soundInput(musicPath, firstPass), soundInput(loopPath, durationSeconds, true)], fadeOutSeconds };
}

/** Encodes, measures, corrects. Keeps the attempt that comes nearest among those under the true-peak ceiling. */
async function approachTarget(request: MixRequest, stage: Stage, attemptPath: string): Promise<MixResult> {
  const { loudnessLufs, truePeakDbtp } = request.soundtrack;
  let { gainDb, ceilingDbtp } = { gainDb: loudnessLufs - STAGE_LUFS, ceilingDbtp: stage.plan.ceilingDbtp };
  let best: MixResult | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    await encode(request, stage.inputs, { ...stage.plan, gainDb, ceilingDbtp }, attemptPath);
    const heard = await measureLoudness(attemptPath, { ffmpegPath: request.ffmpegPath, signal: request.signal, limitSeconds: request.durationSeconds + 1 });
    const tooLoud = (heard.truePeakDbtp ?? -100) - truePeakDbtp;
    const missing = loudnessLufs - (heard.lufs ?? -70);
    const isBetter = best === undefined || (tooLoud <= 0 && Math.abs(missing) < Math.abs(loudnessLufs - (best.lufs ?? -70))) || (best.truePeakDbtp ?? -100) > truePeakDbtp;
    if (isBetter) {
      await rename(attemptPath, request.outputPath);
      best = { lufs: heard.lufs, truePeakDbtp: heard.truePeakDbtp, durationSeconds: request.durationSeconds };
    }
    if (tooLoud <= 0 && Math.abs(missing) <= TOLERANCE_LU) break;
    if (tooLoud > 0) ceilingDbtp -= tooLoud + 0.1;
    // Under a working limiter a decibel of gain gives less than a decibel of loudness.
    gainDb = Math.min(MAX_GAIN_DB, gainDb + missing * (missing > 0 && round > 0 ? 1.6 : 1));
  }
  if (best === undefined) throw new Error('unreachable: at least one round ran');
  return best;
}

async function writeSilence(request: MixRequest): Promise<MixResult> {
  await encode(request, [], { durationSeconds: request.durationSeconds, gainDb: 0, ceilingDbtp: -1 }, request.outputPath);
  return { lufs: null, truePeakDbtp: null, durationSeconds: request.durationSeconds };
}

async function encode(request: MixRequest, inputs: readonly FfmpegInput[], plan: AudioPlan, outputPath: string): Promise<void> {
  const result = await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    signal: request.signal,
    inputs,
    filterGraph: compileAudioGraph(plan),
    outputOptions: [...compileAudioOptions(), ...bitexactMp4()],
    output: { path: outputPath },
  });
  assertSucceeded(result, 'mixing the soundtrack');
}
