/** How somebody likes to look at films: kept in this browser, the same for all projects. */
import { create } from 'zustand';
import { z } from 'zod';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** Canvas pixels per pixel of the film; `auto` follows the size on screen, and gives way while playing is too slow. */
export const RESOLUTIONS = ['auto', 'full', 'half', 'quarter'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

const settingsSchema = z.object({
  ratio: z.enum(RATIOS).catch('9:16'),
  /** All ratios side by side. */
  isSplit: z.boolean().catch(false),
  /** Screen pixels per pixel of the film, or as large as there is room. */
  zoom: z.union([z.literal('fit'), z.number().min(0.05).max(8)]).catch('fit'),
  resolution: z.enum(RESOLUTIONS).catch('auto'),
  /** Id of a safe zone; one of another ratio stands for that ratio's usual one. */
  zone: z.string().max(60).catch('off'),
  hasThirds: z.boolean().catch(false),
  hasGrid: z.boolean().catch(false),
  isSnapping: z.boolean().catch(true),
  volume: z.number().min(0).max(1).catch(1),
  isMuted: z.boolean().catch(false),
});

type StageSettings = z.infer<typeof settingsSchema>;

const KEY = 'adgen-stage';

/** The settings of the moment. */
export const useStageSettings = create<StageSettings>(() => settingsSchema.parse(readKept()));

useStageSettings.subscribe((settings) => localStorage.setItem(KEY, JSON.stringify(settings)));

function readKept(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {};
  } catch {
    return {}; // damaged: the usual settings do as well
  }
}

/** Changes some of them. */
export function setStage(change: Partial<StageSettings>): void {
  useStageSettings.setState(change);
}

/** The ratio that is looked at and edited. */
export function useActiveRatio(): Ratio {
  return useStageSettings((settings) => settings.ratio);
}
