/** What a job will need, in words, before it is queued: time from the user's own history, memory from the workflow's manifest. Pure. */
import type { Choice } from '#workflows/choose-workflow.ts';

export interface Forecast {
  /** From earlier jobs on this machine; missing before the first. */
  readonly seconds?: number;
  readonly needsGb: number;
  /** Of the device that the server computes on, rounded; 0 = none. */
  readonly hasGb: number;
  readonly fit: Choice['fit'];
}

export function forecastOf({ manifest, fit }: Choice, vramBytes: number, seconds: number | undefined): Forecast {
  return { needsGb: manifest.vram.tierGb, hasGb: Math.round(vramBytes / 2 ** 30), fit, ...(seconds === undefined ? {} : { seconds }) };
}

/** `Wan 2.2 5B: about 2 min` or `…: wants 12 GB, this GPU has 8: slower, in parts`. */
export function describeForecast(title: string, { seconds, needsGb, hasGb, fit }: Forecast): string {
  const parts = [seconds === undefined ? [] : [`about ${formatSeconds(seconds)}`], describeMemory(fit, needsGb, hasGb)].flat();
  return parts.length === 0 ? title : `${title}: ${parts.join('; ')}`;
}

function describeMemory(fit: Forecast['fit'], needsGb: number, hasGb: number): string[] {
  if (fit === 'comfortable') return [];
  const has = hasGb === 0 ? 'there is no GPU' : `this GPU has ${hasGb}`;
  return [fit === 'offload' ? `wants ${needsGb} GB, ${has}: slower, with weights in main memory` : `wants ${needsGb} GB, ${has}: it may not work at all`];
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
