/** Pre-flight after encoding: what the finished file is, against what the placement asks. Pure; `engine/exports/measure-file.ts` measures. */
import type { Ratio } from '../../project/ratio.ts';
import { canvasSize } from '../../project/ratio.ts';
import type { Timebase } from '../../time/frames.ts';
import { SOURCES } from '../evidence.ts';
import { rateName } from '../rates.ts';
import type { Evidence, Placement } from '../schema.ts';
import { byWeight, finding, judgeBounds, saidBy, weightOf } from './finding.ts';
import type { Finding } from './finding.ts';
import { formatBitrate, formatLoudness, formatSeconds, formatSize } from './figures.ts';
import { checkLength, checkLoudness, checkRate } from './timing.ts';

/** What was measured on a file. */
export interface FileFacts {
  readonly sizeBytes: number;
  readonly durationSeconds: number;
  readonly isFaststart: boolean;
  /** An edit list that does more than say "from the beginning". */
  readonly hasEditList: boolean;
  readonly video: {
    readonly codec: string;
    readonly profile: string;
    readonly pixFmt: string;
    readonly width: number;
    readonly height: number;
    readonly fps: Timebase;
    readonly isConstantRate: boolean;
    readonly bitrate: number;
    readonly matrix: string;
    readonly range: string;
  };
  readonly audio: { readonly codec: string; readonly sampleRate: number; readonly channels: number; readonly bitrate: number; readonly lufs: number | null; readonly truePeakDbtp: number | null } | null;
  /** Black, or the same picture, at either end. */
  readonly isFirstBlack: boolean;
  readonly isLastBlack: boolean;
  readonly frozenStartSeconds: number;
  readonly frozenEndSeconds: number;
  /** Black beams at two opposite sides, pixels each. */
  readonly bars: { readonly horizontal: number; readonly vertical: number };
}

/** A start that stands longer looks broken; an end card may stand. */
const FROZEN = { start: 0.9, end: 4 };
/** Containers and encoders round. */
const SLACK = 0.9;
/** What AAC adds to a peak, and what meters differ by. */
const PEAK_SLACK_DB = 0.3;

/** All findings, the gravest first. */
export function checkFile(facts: FileFacts, placement: Placement, ratio: Ratio): Finding[] {
  return byWeight([...checkNumbers(facts, placement), ...checkVideo(facts, placement, ratio), ...checkSound(facts, placement), ...checkContainer(facts, placement), ...checkSight(facts, placement)]);
}

function checkNumbers({ durationSeconds, sizeBytes, video }: FileFacts, placement: Placement): Finding[] {
  const { name, sizeBytes: size, bitrate } = placement;
  const large = judgeBounds(sizeBytes, size.max, (value, most) => value > most);
  const small = judgeBounds(sizeBytes, size.min, (value, least) => value < least);
  const low = judgeBounds(video.bitrate, bitrate.min, (value, least) => value < least * SLACK);
  return [
    ...checkLength(durationSeconds, placement, { num: 30, den: 1 }).map((each) => ({ ...each, fix: null })),
    ...(large ? [finding({ rule: 'size.max', severity: large.severity, message: `The file is too large for ${name}.`, found: formatSize(sizeBytes), wanted: `at most ${saidBy(size.max, formatSize)}`, evidence: large.broken })] : []),
    ...(small ? [finding({ rule: 'size.min', severity: small.severity, message: `The file is too small for ${name}.`, found: formatSize(sizeBytes), wanted: `at least ${saidBy(size.min, formatSize)}`, evidence: small.broken })] : []),
    ...(low ? [finding({ rule: 'bitrate', severity: low.severity, message: `The picture has fewer bits than ${name} asks for.`, found: formatBitrate(video.bitrate), wanted: `at least ${saidBy(bitrate.min, formatBitrate)}`, evidence: low.broken })] : []),
  ];
}

function checkVideo({ video }: FileFacts, placement: Placement, ratio: Ratio): Finding[] {
  const canvas = canvasSize(ratio);
  const rate = rateName(video.fps);
  const isHigh = video.codec !== 'h264' || /^High$|^Main$|Constrained Baseline|^Baseline$/.test(video.profile);
  return [
    ...(placement.codecs.video.includes(video.codec) ? [] : [wrong('codec', `${placement.name} does not take this video codec.`, video.codec, placement.codecs.video.join(' or '), placement.codecs)]),
    ...(video.width === canvas.width && video.height === canvas.height ? [] : [wrong('frame-size', 'The picture has another size than was asked for.', `${video.width} × ${video.height}`, `${canvas.width} × ${canvas.height}`, SOURCES.studio)]),
    ...(isHigh && video.pixFmt.startsWith('yuv420p') && !video.pixFmt.includes('10') ? [] : [wrong('pixel-format', 'Many players and platforms cannot show this kind of H.264.', `${video.profile}, ${video.pixFmt}`, 'High or below, 8 bit, 4:2:0', SOURCES.youtubeUpload, 'warn')]),
    ...(video.matrix === 'bt709' && video.range !== 'pc' ? [] : [wrong('colour-tags', 'The file does not say that its colours are BT.709, so players guess.', `${video.matrix}, ${video.range}`, 'bt709, tv', SOURCES.studio)]),
    ...(video.isConstantRate ? [] : [wrong('variable-rate', 'Its frames are not equally long.', 'variable frame rate', 'constant frame rate', placement.rates[0] ?? SOURCES.studio, 'warn')]),
    ...checkRate(rate, rate ?? (video.fps.num / video.fps.den).toFixed(2), rate === undefined && placement.rates.length === 0 ? { ...placement, rates: [{ values: ['30', '29.97', '25'], ...SOURCES.studio }] } : placement),
  ];
}

function wrong(rule: string, message: string, found: string, wanted: string, evidence: Evidence, severity = weightOf(evidence)): Finding {
  const { source, confidence, checked } = evidence;
  return finding({ rule, severity, message, found, wanted, evidence: { source, confidence, checked } });
}

function checkSound({ audio }: FileFacts, placement: Placement): Finding[] {
  const { audio: wanted, truePeak, name } = placement;
  if (!audio || audio.lufs === null) return [wrong('silent', wanted.mustSound ? `${name} turns down silent films.` : 'The film has no sound.', audio ? 'silence' : 'no sound track', 'music or voice', wanted.mustSound ?? SOURCES.studio, wanted.mustSound ? 'warn' : 'info')];
  const thin = judgeBounds(audio.bitrate, wanted.minBitrate, (value, least) => value < least * SLACK);
  const rates = wanted.sampleRates;
  return [
    ...checkLoudness(audio.lufs, placement).map((each) => ({ ...each, fix: null })),
    ...((audio.truePeakDbtp ?? -99) > truePeak.dbtp + PEAK_SLACK_DB ? [wrong('true-peak', 'The sound may clip when it is played or encoded again.', `${audio.truePeakDbtp?.toFixed(1)} dBTP`, `at most ${truePeak.dbtp} dBTP`, truePeak)] : []),
    ...(placement.codecs.audio.includes(audio.codec) ? [] : [wrong('audio-codec', `${name} does not take this sound codec.`, audio.codec, placement.codecs.audio.join(' or '), placement.codecs)]),
    ...(rates && !rates.values.includes(audio.sampleRate) ? [wrong('sample-rate', `${name} asks for another sample rate.`, `${audio.sampleRate} Hz`, rates.values.map((value) => `${value} Hz`).join(' or '), rates)] : []),
    ...(audio.channels === 2 ? [] : [wrong('channels', 'The sound is not stereo.', `${audio.channels} channels`, '2 channels', SOURCES.studio)]),
    ...(thin ? [finding({ rule: 'audio-bitrate', severity: thin.severity, message: `The sound has fewer bits than ${name} asks for.`, found: formatBitrate(audio.bitrate), wanted: `at least ${saidBy(wanted.minBitrate, formatBitrate)}`, evidence: thin.broken })] : []),
  ];
}

function checkContainer({ isFaststart, hasEditList }: FileFacts, { rules, name }: Placement): Finding[] {
  return [
    ...(rules.faststart && !isFaststart ? [wrong('faststart', 'The file’s index stands at its end, so nothing plays before all of it has come.', 'moov after mdat', 'moov first', rules.faststart, 'warn')] : []),
    ...(rules.noEditLists && hasEditList ? [wrong('edit-list', `${name} may show a file with an edit list out of step.`, 'edit list', 'none', rules.noEditLists, 'warn')] : []),
  ];
}

function checkSight({ isFirstBlack, isLastBlack, frozenStartSeconds, frozenEndSeconds, bars }: FileFacts, { rules }: Placement): Finding[] {
  const ends = rules.noEmptyEnds ?? SOURCES.studio;
  const black = (which: 'first' | 'last'): Finding => wrong(`black-${which}`, `The ${which} frame is black.`, 'black', 'a picture', ends);
  const isAllBlack = isFirstBlack && isLastBlack;
  return [
    ...(isFirstBlack ? [black('first')] : []),
    ...(isLastBlack ? [black('last')] : []),
    ...(!isFirstBlack && frozenStartSeconds > FROZEN.start ? [wrong('frozen-first', 'Nothing moves at the beginning.', formatSeconds(frozenStartSeconds), `at most ${formatSeconds(FROZEN.start)}`, ends, 'warn')] : []),
    ...(!isLastBlack && frozenEndSeconds > FROZEN.end ? [wrong('frozen-last', 'The end stands still for long.', formatSeconds(frozenEndSeconds), `at most ${formatSeconds(FROZEN.end)}`, ends, 'warn')] : []),
    ...(!isAllBlack && bars.horizontal + bars.vertical > 0 ? [wrong('bars', `There are black bars ${bars.horizontal > 0 ? 'above and below' : 'at the sides of'} the picture.`, `${Math.max(bars.horizontal, bars.vertical)} px each`, 'a picture that fills the frame', rules.noBars ?? SOURCES.studio)] : []),
  ];
}

/** Loudness and peak in one line, for reports. */
export function describeSound({ audio }: Pick<FileFacts, 'audio'>): string {
  if (!audio || audio.lufs === null) return '–';
  return `${formatLoudness(audio.lufs)}, ${(audio.truePeakDbtp ?? 0).toFixed(1).replace('-', '−')} dBTP`;
}
