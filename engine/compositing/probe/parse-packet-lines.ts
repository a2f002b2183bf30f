/**
 * Counts and times packets from ffmpeg's `framecrc` muxer: one line per packet, `stream, dts, pts, duration, size, crc`.
 * A stream copy into it decodes nothing, and works for every container that ffmpeg opens. Pure; fed line by line.
 */
import type { FrameRate } from '../encode/frame-rate.ts';

export interface PacketSummary {
  readonly packets: number;
  /** Presentation time of the first frame, seconds. */
  readonly startSeconds: number;
  /** End of the last frame, seconds. */
  readonly endSeconds: number;
  readonly sizeBytes: number;
  /** All frames equally far apart, give or take the one tick to which some containers round. */
  readonly isConstantRate: boolean;
  /** Frames per second as the times say; missing for fewer than two packets. */
  readonly rate?: FrameRate;
}

/** Rates that a container with coarse ticks (Matroska: 1 ms) can only approximate. */
const COMMON_RATES: readonly FrameRate[] = [
  { num: 24000, den: 1001 }, { num: 24, den: 1 }, { num: 25, den: 1 }, { num: 30000, den: 1001 }, { num: 30, den: 1 },
  { num: 50, den: 1 }, { num: 60000, den: 1001 }, { num: 60, den: 1 }, { num: 12, den: 1 }, { num: 15, den: 1 }, { num: 120, den: 1 },
];

interface Stream {
  tick: FrameRate;
  media: string;
  times: number[];
  endTicks: number;
  sizeBytes: number;
}

export interface PacketParser {
  push(line: string): void;
  summary(media: 'video' | 'audio'): PacketSummary | undefined;
}

export function createPacketParser(): PacketParser {
  const streams = new Map<string, Stream>();
  const streamOf = (index: string): Stream => {
    const stream = streams.get(index) ?? { tick: { num: 1, den: 1 }, media: '', times: [], endTicks: 0, sizeBytes: 0 };
    streams.set(index, stream);
    return stream;
  };
  return {
    push: (line) => {
      const header = /^#(tb|media_type) (\d+): (\w+)(?:\/(\d+))?/.exec(line);
      if (header?.[1] === 'tb') streamOf(header[2] as string).tick = { num: Number(header[3]), den: Number(header[4]) };
      if (header?.[1] === 'media_type') streamOf(header[2] as string).media = header[3] as string;
      const packet = /^(\d+),\s*-?\d+,\s*(-?\d+),\s*(\d+),\s*(\d+),/.exec(line);
      if (packet) addPacket(streamOf(packet[1] as string), Number(packet[2]), Number(packet[3]), Number(packet[4]));
    },
    summary: (media) => {
      const stream = [...streams.values()].find((candidate) => candidate.media === media && candidate.times.length > 0);
      return stream && summarize(stream);
    },
  };
}

function addPacket(stream: Stream, time: number, duration: number, sizeBytes: number): void {
  stream.times.push(time);
  stream.endTicks = Math.max(stream.endTicks, time + duration);
  stream.sizeBytes += sizeBytes;
}

function summarize(stream: Stream): PacketSummary {
  const times = stream.times.toSorted((a, b) => a - b);
  const first = times[0] as number;
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  const shortest = steps.reduce((least, step) => Math.min(least, step), Infinity);
  const longest = steps.reduce((most, step) => Math.max(most, step), 0);
  const seconds = (ticks: number): number => (ticks * stream.tick.num) / stream.tick.den;
  return {
    packets: times.length, startSeconds: seconds(first), endSeconds: seconds(stream.endTicks), sizeBytes: stream.sizeBytes,
    isConstantRate: shortest > 0 && longest - shortest <= (shortest === longest ? 0 : 1),
    rate: steps.length === 0 ? undefined : rateOf(((times.at(-1) as number) - first) / steps.length, stream.tick),
  };
}

/** One frame each `step` ticks: exact when the step is whole, else the nearest usual rate. */
function rateOf(step: number, tick: FrameRate): FrameRate {
  const perSecond = tick.den / (step * tick.num);
  const usual = COMMON_RATES.find((rate) => Math.abs(rate.num / rate.den / perSecond - 1) < 0.0004);
  if (Number.isInteger(step)) return reduce(tick.den, step * tick.num);
  return usual ?? reduce(Math.round(perSecond * 1000), 1000);
}

function reduce(num: number, den: number): FrameRate {
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
