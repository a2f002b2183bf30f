/** What a new advert would take: `adverts.forecast`. Time is a range, from this machine's own history where there is one. */
import type { z } from 'zod';
import type { adverts, forecastSchema } from '#core/contract/adverts.ts';
import { defaultLanes } from '#engine/jobs/step-queue.ts';
import type { HostTools } from '../host/host-tools.ts';
import type { Engine } from '../main.ts';
import { chainOf } from './chains.ts';
import { forecastBought } from './forecast-bought.ts';
import { forecastGeneration } from './forecast-generation.ts';
import type { Generation } from './forecast-generation.ts';
import { recentWork } from './forecast-history.ts';
import { ownSeconds, ratesOf, wallSeconds } from './forecast-parts.ts';

export type ForecastInput = z.output<NonNullable<(typeof adverts.forecast)['~orpc']['inputSchema']>>;
export type AdvertForecast = z.output<typeof forecastSchema>;
type Part = AdvertForecast['parts'][number];

/** Where nobody has planned with a service yet: a few thousand tokens of a small model, rounded up. */
const PLAN_COST_USD = 0.01;
/** How far a generator's time may be off: it grows with the server's other work. */
const GENERATED_MARGIN = { measured: { from: 0.8, to: 1.4 }, estimated: { from: 0.4, to: 4 } } as const;

/** @param host knows how the sidecar is; no server is started for a forecast */
export async function forecastAdvert(input: ForecastInput, engine: Engine, host: Pick<HostTools, 'sidecar'>): Promise<AdvertForecast> {
  const { ratios, durationFrames: frames, sceneCount: scenes, photoCount } = input;
  const size = { ratios: [...new Set(ratios)], frames, scenes, photos: Math.max(1, photoCount) };
  const wish = { ...input, ratios: size.ratios, frames, scenes };
  const [backdrop, music] = await Promise.all([forecastGeneration('backdrop', wish, engine, host), forecastGeneration('music', wish, engine, host)]);
  const bought = forecastBought(wish, { backdrop: isMade(backdrop), music: isMade(music) }, engine.services.providers);
  const history = recentWork(engine.db);
  const rates = ratesOf(history.steps);
  const planner = chainOf(engine.services.providers.plan, { isOffline: input.isOffline })[0]?.id ?? 'embedded';
  const lanes = defaultLanes();
  const bounds = (['from', 'likely', 'to'] as const).map((bound) => {
    const own = ownSeconds(size, rates, lanes, bound);
    const parts = { ...own, backdrop: secondsOf(backdrop, own.backdrop, bound), music: secondsOf(music, own.music, bound) };
    return { parts, total: wallSeconds(parts, isMade(backdrop), scenes) };
  });
  const [quick, likely, slow] = bounds;
  if (!quick || !likely || !slow) throw new Error('a forecast has three bounds');
  const { parts } = likely;
  const part = (capability: Part['capability'], provider: string, seconds: number, reason: string | null = null, name?: string): Part => ({ capability, provider, seconds: round(seconds), reason, reasonName: reason === null ? null : (name ?? null) });
  const isMeasured = rates.segment.isMeasured && rates.cutout.isMeasured && [backdrop, music].every((made) => !isMade(made) || made.isMeasured);
  return {
    seconds: { from: round(quick.total), to: round(Math.max(slow.total, quick.total)) },
    basis: isMeasured ? 'measured' : 'estimated',
    costUsd: (planner === 'embedded' ? 0 : (history.planCostUsd[planner] ?? PLAN_COST_USD)) + bought.costUsd,
    memoryBytes: peakMemory([backdrop, music]),
    parts: [
      part('cutout', 'embedded', parts.cutout),
      part('plan', planner, parts.plan, input.isOffline && engine.services.providers.plan.length > 1 && planner === 'embedded' ? 'Offline: the planning service is not asked.' : null, 'PLAN_OFFLINE'),
      part('backdrop', bought.backdrop ? 'Replicate' : nameOf(backdrop), parts.backdrop, reasonOf(backdrop), backdrop.name),
      part('music', bought.music ? 'Replicate' : nameOf(music), parts.music, reasonOf(music), music.name),
      part('render', 'embedded', parts.render),
    ],
  };
}

type Made = Exclude<Generation, { readonly unavailable: string | null }>;

function isMade(generation: Generation): generation is Made {
  return !('unavailable' in generation);
}

function secondsOf(generation: Generation, own: number, bound: 'from' | 'likely' | 'to'): number {
  if (!isMade(generation)) return own;
  return generation.seconds * (bound === 'likely' ? 1 : GENERATED_MARGIN[generation.isMeasured ? 'measured' : 'estimated'][bound]);
}

function nameOf(generation: Generation): string {
  return isMade(generation) ? generation.title : 'embedded';
}

function reasonOf(generation: Generation): string | null {
  return isMade(generation) ? generation.reason : generation.unavailable;
}

/** One job at a time is on the GPU. Null where nothing is generated. */
function peakMemory(generations: readonly Generation[]): number | null {
  const made = generations.filter(isMade);
  return made.length === 0 ? null : Math.max(...made.map((generation) => generation.memoryBytes));
}

/** Whole seconds from ten on, tenths below. */
function round(seconds: number): number {
  return seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
}
