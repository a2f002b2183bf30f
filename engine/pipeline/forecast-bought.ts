/** What an advert would cost at Replicate: what no ComfyUI makes, when a key is there and the user leaves it to the studio who makes things. */
import { MUSIC_MODEL, STILL_MODEL } from '#engine/providers/replicate/prices.ts';
import { forbiddenFor, sellsTo } from './chains.ts';
import type { GenerationWish } from './forecast-generation.ts';
import type { ProviderRegistry } from './services.ts';

export interface Bought {
  readonly costUsd: number;
  readonly backdrop: boolean;
  readonly music: boolean;
}

/** @param isMade by a ComfyUI */
export function forecastBought(wish: GenerationWish, isMade: { readonly backdrop: boolean; readonly music: boolean }, providers: Pick<ProviderRegistry, 'backdrop' | 'music'>): Bought {
  const policy = { isOffline: wish.isOffline, forbidden: forbiddenFor(wish.engine, true) };
  const backdrop = !isMade.backdrop && sellsTo(policy, providers.backdrop);
  const music = !isMade.music && sellsTo(policy, providers.music);
  return { backdrop, music, costUsd: (backdrop ? wish.scenes * wish.ratios.length * STILL_MODEL.costUsd : 0) + (music ? MUSIC_MODEL.costUsd : 0) };
}
