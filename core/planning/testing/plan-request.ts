/** Plan requests for tests: a real one by default, any part of it replaced. */
import { brandKitSchema, briefSchema, type BrandKit, type Brief, type ProductAnalysis } from '../../project/schema.ts';
import type { PlanRequest } from '../types.ts';

/** A short English brief. */
export const FIZZO = { productName: 'Fizzo', description: 'Blood orange soda, 330 ml', callToAction: 'Taste it' };

/** A longer German brief. */
export const MUG = {
  productName: 'Werkbank Becher',
  description: 'Von Hand gedrehter Steinzeugbecher, in Portugal glasiert, spülmaschinenfest. Serviert von Familie Alves.',
  audience: 'Menschen, die morgens in Ruhe Kaffee trinken',
  message: 'Der Becher, den du behältst',
  callToAction: 'Jetzt ansehen',
};

/** What a test may replace. */
export interface PlanRequestParts {
  readonly brief?: Partial<Brief>;
  readonly brand?: Partial<BrandKit>;
  readonly palette?: readonly string[];
  readonly products?: readonly string[];
  readonly durationFrames?: number;
  readonly fps?: number;
  readonly sceneCount?: number;
  readonly seed?: number;
}

/** A 15 s, four-scene request for an orange soda can unless told otherwise. The brief's lengths are cut to the schema's. */
export function planRequest(parts: PlanRequestParts = {}): PlanRequest {
  const brief = parts.brief ?? FIZZO;
  return {
    brief: { ...briefSchema.parse({}), ...brief },
    brand: brandKitSchema.parse(parts.brand ?? {}),
    products: (parts.products ?? ['product_1']).map((id) => ({ id, name: '', analysis: analysisOf(parts.palette ?? ['#e2601a', '#f6e3c5']) })),
    durationFrames: parts.durationFrames ?? 450,
    fps: parts.fps ?? 30,
    sceneCount: parts.sceneCount ?? 4,
    seed: parts.seed ?? 1,
  };
}

function analysisOf(palette: readonly string[]): ProductAnalysis {
  return {
    photoWidth: 1600, photoHeight: 1600, bounds: { x: 500, y: 300, width: 600, height: 1000 }, base: { left: 520, right: 1080, y: 1300 }, cameraElevationDeg: 8,
    light: { azimuthDeg: 120, elevationDeg: 45, softness: 0.5, tint: '#ffffff', confidence: 0.6 }, palette: [...palette], noiseSigma: 1,
  };
}
