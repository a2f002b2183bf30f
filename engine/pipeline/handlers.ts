/** All step handlers of the pipeline, by kind: reading this list tells what a run is made of. */
import type { StepHandler } from '#engine/jobs/types.ts';
import type { Services } from './services.ts';
import { createBackdropHandler } from './steps/backdrop-step.ts';
import { createCaptionsHandler } from './steps/captions-step.ts';
import { createCorrectionHandler } from './steps/correction-step.ts';
import { createCutoutHandler } from './steps/cutout-step.ts';
import { createDeliveryHandler } from './steps/delivery-step.ts';
import { createExportHandler } from './steps/export-step.ts';
import { createFidelityHandler } from './steps/fidelity-step.ts';
import { createFilmHandler } from './steps/film-step.ts';
import { createIngestHandler } from './steps/ingest-step.ts';
import { createMixHandler } from './steps/mix-step.ts';
import { createMusicHandler } from './steps/music-step.ts';
import { createPlanHandler } from './steps/plan-step.ts';
import { createRenditionHandler } from './steps/rendition-step.ts';
import { createSegmentHandler } from './steps/segment-step.ts';
import { createSoundPreviewHandler } from './steps/sound-preview-step.ts';
import { createSpritesHandler } from './steps/sprites-step.ts';
import { createStillHandler } from './steps/still-step.ts';

export function createHandlers(services: Services): Record<string, StepHandler> {
  return {
    ingest: createIngestHandler(services),
    cutout: createCutoutHandler(services),
    correction: createCorrectionHandler(services),
    plan: createPlanHandler(services),
    sprites: createSpritesHandler(services),
    backdrop: createBackdropHandler(services),
    captions: createCaptionsHandler(services),
    music: createMusicHandler(services),
    mix: createMixHandler(services),
    'sound-preview': createSoundPreviewHandler(services),
    segment: createSegmentHandler(services),
    rendition: createRenditionHandler(services),
    fidelity: createFidelityHandler(services),
    still: createStillHandler(services),
    delivery: createDeliveryHandler(services),
    film: createFilmHandler(services),
    export: createExportHandler(services),
  };
}
