/** A small film for tests of composition: three scenes, one product, layered backdrops, captions of known size. */
import { adProjectSchema } from '../../project/schema.ts';
import type { AdProject, Scene } from '../../project/schema.ts';
import type { BackdropManifest } from '../backdrop-manifest.ts';
import { captionKey } from '../facts.ts';
import type { CaptionBlock, CompositionFacts } from '../facts.ts';

const HASH = 'a'.repeat(64);
const LIGHT = { azimuthDeg: 120, elevationDeg: 50, softness: 0.5, tint: '#ffffff', confidence: 0.5 };

/** A scene with everything at its plainest; `change` overrides. */
export function sampleScene(id: string, change: Partial<Scene> = {}): Scene {
  const caption = { id: 'c1', role: 'headline' as const, text: 'Blood orange soda', startFrame: 14, endFrame: 80, animation: 'rise' as const, position: {} };
  return {
    id, purpose: 'product', durationFrames: 100, seed: 7,
    backdrop: { set: 'cyclorama', prompt: '', focus: { x: 0.5, y: 0.5 } },
    camera: { move: 'pushIn', amount: 0.8 },
    placement: { productId: 'product_1', keyframes: {}, intent: 'hero', entrance: 'settle', shadow: 1, reflection: 0 },
    captions: [caption],
    transition: { kind: 'dissolve', durationFrames: 12 },
    isEndCard: false,
    ...change,
  };
}

/** A document with these scenes. */
export function sampleProject(scenes: readonly Scene[] = [sampleScene('scene_1'), sampleScene('scene_2'), sampleScene('scene_3', { isEndCard: true })]): AdProject {
  const analysis = {
    photoWidth: 1000, photoHeight: 1000, bounds: { x: 300, y: 100, width: 400, height: 800 }, base: { left: 310, right: 690, y: 899 },
    cameraElevationDeg: 12, light: LIGHT, palette: ['#cc3322'], noiseSigma: 0,
  };
  return adProjectSchema.parse({
    schemaVersion: 1, id: 'p_test', name: 'Test', createdMs: 0, seed: 1, durationFrames: 276,
    brief: {}, brand: {},
    products: [{ id: 'product_1', photo: { hash: HASH, name: 'photo.jpg', mime: 'image/jpeg' }, cutout: { hash: HASH, name: 'cutout.png', mime: 'image/png' }, analysis }],
    style: {
      lighting: '', cameraStyle: '', texture: '', mood: '', palette: ['#113355', '#225577', '#ddeeff'], accent: '#ffaa00', textOnDark: '#ffffff', textOnLight: '#101010',
      fonts: { heading: 'Inter', body: 'Inter' }, grade: { contrast: 0, warmth: 0, vignette: 0.2, grain: 0 }, light: LIGHT,
    },
    scenes,
    soundtrack: { mood: 'calm', tempoBpm: 90, seed: 1 },
    renditions: [{ id: 'video', kind: 'video', ratio: '9:16' }],
  });
}

/** Facts that fit `sampleProject`: a far wall, a floor, a product half as wide as high, captions of 600 × 120. */
export function sampleFacts(project: AdProject, change: Partial<BackdropManifest> = {}): CompositionFacts {
  const motion = { kind: 'none' as const, x: 0, y: 0, periodFrames: 300, phase: 0 };
  const picture = { hash: HASH, name: 'layer.png', mime: 'image/png' };
  const manifest: BackdropManifest = {
    kind: 'layers',
    layers: [
      { picture, rect: { x: -0.1, y: -0.1, width: 1.2, height: 1.2 }, depth: 0.4, blend: 'normal', isForeground: false, motion, opacity: 1 },
      { picture, rect: { x: -0.1, y: 0.6, width: 1.2, height: 0.5 }, depth: 1, blend: 'normal', isForeground: false, motion, opacity: 1 },
    ],
    horizon: 0.6, gloss: 0.3, shadowColor: '#101020', ambient: '#8899aa', hasFloor: true, isFlat: false,
    ...change,
  };
  const block: CaptionBlock = { width: 620, height: 140, ink: { x: 10, y: 10, width: 600, height: 120 }, fontPx: 90 };
  return {
    products: { product_1: { aspect: 0.5, parts: { contact: { x: -0.1, y: 0.9, width: 0.7, height: 0.2 }, wrap: { x: 0, y: 0, width: 0.5, height: 1 } } } },
    backdrops: Object.fromEntries(project.scenes.map((scene) => [scene.id, manifest])),
    captions: Object.fromEntries(project.scenes.flatMap((scene) => scene.captions.map((caption) => [captionKey(scene.id, caption.id), block]))),
  };
}
