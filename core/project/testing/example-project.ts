/** Documents for tests. */
import { adProjectSchema, type AdProject } from '../schema.ts';

/** A sound two-scene AdProject, fresh on each call. */
export function exampleProject(): AdProject {
  const scene = { seed: 1, backdrop: { set: 'podium' }, camera: { move: 'drift' }, placement: { productId: 'can' } };
  const light = { azimuthDeg: 120, elevationDeg: 45, softness: 0.5, tint: '#ffffff', confidence: 0.5 };
  return adProjectSchema.parse({
    schemaVersion: 1, id: 'advert', name: 'Fizzo', createdMs: 0, seed: 1, durationFrames: 165,
    brief: { productName: 'Fizzo' }, brand: {},
    products: [{ id: 'can', name: 'Fizzo', photo: { hash: 'a'.repeat(64), name: 'can.jpg', mime: 'image/jpeg' } }],
    style: {
      lighting: '', cameraStyle: '', texture: '', mood: '', palette: ['#102030', '#405060', '#708090'], accent: '#e2601a', textOnDark: '#ffffff', textOnLight: '#000000',
      fonts: { heading: 'Inter', body: 'Inter' }, grade: { contrast: 0, warmth: 0, vignette: 0, grain: 0 }, light,
    },
    scenes: [
      { ...scene, id: 'scene_1', purpose: 'product', durationFrames: 90, captions: [{ id: 'a', role: 'headline', text: 'Fizzo', startFrame: 5, endFrame: 70 }, { id: 'b', role: 'support', text: 'Soda', startFrame: 15, endFrame: 70 }], transition: { kind: 'dissolve', durationFrames: 15 } },
      { ...scene, id: 'scene_2', purpose: 'callToAction', durationFrames: 90, captions: [{ id: 'a', role: 'callToAction', text: 'Taste it', startFrame: 20, endFrame: 90 }], transition: { kind: 'cut', durationFrames: 0 }, isEndCard: true },
    ],
    soundtrack: { mood: 'calm', tempoBpm: 90, seed: 1 },
    renditions: [{ id: 'v', kind: 'video', ratio: '9:16' }],
  });
}
