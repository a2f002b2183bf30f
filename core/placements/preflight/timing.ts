/** Rules about length, frame rate, ratio and loudness: what an order and its document settle before anything is drawn, and what a file must keep. */
import { framesToSeconds, secondsToFrames } from '../../time/frames.ts';
import type { Timebase } from '../../time/frames.ts';
import type { Ratio } from '../../project/ratio.ts';
import { preferredRate } from '../placements.ts';
import type { ExportRate, Placement } from '../schema.ts';
import { finding, judgeBounds, saidBy, weightOf } from './finding.ts';
import type { Finding } from './finding.ts';
import { formatLoudness, formatSeconds } from './figures.ts';

/** A frame more or less is no other length. */
const SLACK_SECONDS = 0.07;

/** Too short, too long, not one of the lengths that are sold, or not what works best. */
export function checkLength(seconds: number, { length, name }: Placement, project: Timebase): Finding[] {
  const frames = (target: number): number => secondsToFrames(target, project);
  const found = formatSeconds(seconds);
  const short = judgeBounds(seconds, length.min, (value, least) => value < least - SLACK_SECONDS);
  if (short) {
    const target = Math.max(...length.min.map(({ value }) => value));
    return [finding({ rule: 'length.min', severity: short.severity, message: `The film is too short for ${name}.`, found, wanted: `at least ${saidBy(length.min, formatSeconds)}`, evidence: short.broken, fix: lengthFix('extendTo', frames(target), target) })];
  }
  const long = judgeBounds(seconds, length.max, (value, most) => value > most + SLACK_SECONDS);
  if (long) {
    const target = Math.min(...length.max.map(({ value }) => value));
    const message = long.isDisputed ? `The film may be too long for ${name}: the sources disagree.` : `The film is too long for ${name}.`;
    return [finding({ rule: 'length.max', severity: long.severity, message, found, wanted: `at most ${saidBy(length.max, formatSeconds)}`, evidence: long.broken, fix: lengthFix('trimTo', frames(target), target) })];
  }
  return [...checkExactLength(seconds, length, name, frames), ...checkRecommended(seconds, length, name, frames)];
}

function lengthFix(kind: 'trimTo' | 'extendTo', frames: number, seconds: number) {
  return { kind, label: `${kind === 'trimTo' ? 'Trim' : 'Extend'} to ${formatSeconds(seconds)}`, data: { frames, seconds } };
}

function checkExactLength(seconds: number, { exact }: Placement['length'], name: string, frames: (seconds: number) => number): Finding[] {
  if (!exact) return [];
  const isOne = (values: readonly number[]): boolean => values.some((value) => Math.abs(value - seconds) <= SLACK_SECONDS);
  if (isOne(exact.values)) return [];
  const wanted = `${exact.values.map(formatSeconds).join(' or ')}${exact.inSomeMarkets.length > 0 ? ` (in some markets ${exact.inSomeMarkets.map(formatSeconds).join(' or ')})` : ''}`;
  const found = formatSeconds(seconds);
  if (isOne(exact.inSomeMarkets)) return [finding({ rule: 'length.exact', severity: 'info', message: `${name} takes this length in some markets only; ask which.`, found, wanted, evidence: exact })];
  const target = exact.values.findLast((value) => value <= seconds) ?? exact.values[0] ?? seconds;
  return [finding({ rule: 'length.exact', severity: weightOf(exact), message: `${name} takes only certain lengths.`, found, wanted, evidence: exact, fix: lengthFix(target < seconds ? 'trimTo' : 'extendTo', frames(target), target) })];
}

function checkRecommended(seconds: number, { recommended }: Placement['length'], name: string, frames: (seconds: number) => number): Finding[] {
  if (!recommended || (seconds >= recommended.from - SLACK_SECONDS && seconds <= recommended.to + SLACK_SECONDS)) return [];
  const isLong = seconds > recommended.to;
  const target = isLong ? recommended.to : recommended.from;
  return [finding({
    rule: 'length.recommended', severity: 'info', message: `${name} works best with ${isLong ? 'shorter' : 'longer'} films.`, found: formatSeconds(seconds),
    wanted: `${formatSeconds(recommended.from)} to ${formatSeconds(recommended.to)}`, evidence: recommended, fix: lengthFix(isLong ? 'trimTo' : 'extendTo', frames(target), target),
  })];
}

/** Whether all sources take the rate. `rate` is undefined for a file whose rate is none of ours; `found` says what it is. */
export function checkRate(rate: ExportRate | undefined, found: string, placement: Placement): Finding[] {
  const against = placement.rates.filter(({ values }) => rate === undefined || !values.includes(rate));
  const worst = against.find(({ confidence }) => confidence === 'official') ?? against[0];
  if (!worst) return [];
  const isDisputed = against.length < placement.rates.length;
  const better = preferredRate(placement);
  return [finding({
    rule: 'rate', severity: isDisputed ? 'warn' : weightOf(worst), found: `${found} frames/s`,
    message: isDisputed ? `${placement.name} may turn this frame rate down: the sources disagree.` : `${placement.name} does not take this frame rate.`,
    wanted: placement.rates.map(({ values, source }) => `${values.join(' or ')}${placement.rates.length > 1 ? ` (${source})` : ''}`).join(', '),
    evidence: worst, fix: { kind: 'useRate', label: `Use ${better} frames/s`, data: { rate: better } },
  })];
}

/** Whether the placement takes the ratio at all. */
export function checkRatio(ratio: Ratio, { ratios, notDelivered, name }: Placement): Finding[] {
  const best = ratios.values[0];
  if (best === undefined || ratios.values.includes(ratio)) return [];
  const wanted = [...ratios.values, ...notDelivered.map((format) => `${format}, which the studio does not deliver`)].join(', ');
  return [finding({ rule: 'ratio', severity: weightOf(ratios), message: `${name} does not show ${ratio}.`, found: ratio, wanted, evidence: ratios, fix: { kind: 'useRatio', label: `Use ${best}`, data: { ratio: best } } })];
}

/** Whether the loudness of an order, or of a file, is what the placement asks for. Null = silence. */
export function checkLoudness(lufs: number | null, { loudness, name }: Placement): Finding[] {
  if (!loudness || lufs === null || Math.abs(lufs - loudness.lufs) <= loudness.tolerance) return [];
  const isLoud = lufs > loudness.lufs;
  return [finding({
    rule: 'loudness', severity: weightOf(loudness), message: `The sound is too ${isLoud ? 'loud' : 'quiet'} for ${name}.`, found: formatLoudness(lufs), wanted: `${formatLoudness(loudness.lufs)} ± ${loudness.tolerance}`,
    evidence: loudness, fix: { kind: 'useLoudness', label: `Use ${formatLoudness(loudness.lufs)}`, data: { lufs: loudness.lufs } },
  })];
}

/** Seconds of a document. */
export function secondsOf(frames: number, timebase: Timebase): number {
  return framesToSeconds(frames, timebase);
}
