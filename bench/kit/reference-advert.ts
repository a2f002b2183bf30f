/**
 * The reference advert that other renderers were measured with: 1080×1920, 30 fps, four scenes of 4 s with 0.5 s cross-fades
 * (435 frames); each a 1242×2208 still growing from 100 to 110 %, a 620×1000 product moving 80 px, and one caption fading in.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { adProjectSchema, SCHEMA_VERSION } from '#core/project/schema.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import { makeReferencePictures, PRODUCT_SIZE } from './reference-pictures.ts';

const SCENE_FRAMES = 120;
const FADE_FRAMES = 15;
const WORDS = ['Pressed at sunrise', 'Cold from the cellar', 'One glass, two friends', 'Taste the harvest'];

export interface ReferenceAdvert {
  readonly folder: string;
  readonly projectPath: string;
  readonly project: AdProject;
  readonly music: string;
  /** Paths of the four stills. */
  readonly stills: readonly string[];
}

/** Makes pictures, sound and document in `folder`; `adgen render` finds them beside the document. */
export async function makeReferenceAdvert(folder: string): Promise<ReferenceAdvert> {
  const frames = WORDS.length * SCENE_FRAMES - (WORDS.length - 1) * FADE_FRAMES;
  const { stills, product, mask, music } = await makeReferencePictures(folder, WORDS.length, frames / 30);
  const cutout = await refOf(product, 'image/png', PRODUCT_SIZE);
  const project = adProjectSchema.parse({
    schemaVersion: SCHEMA_VERSION, id: 'reference', name: 'Reference advert', createdMs: 0, seed: 1, durationFrames: frames,
    brief: {}, brand: {},
    products: [{ id: 'product_1', name: 'Bottle', photo: cutout, cutout, mask: await refOf(mask, 'image/png', PRODUCT_SIZE), analysis: ANALYSIS }],
    style: STYLE,
    scenes: await Promise.all(stills.map(async (still, index) => sceneOf(index, await refOf(still, 'image/jpeg')))),
    soundtrack: { mood: 'calm', tempoBpm: 90, seed: 1, music: await refOf(music, 'audio/wav') },
    renditions: [{ id: 'video_9x16', kind: 'video', ratio: '9:16' }],
  });
  const projectPath = join(folder, 'adproject.json');
  await writeFile(projectPath, JSON.stringify(project));
  return { folder, projectPath, project, music, stills };
}

const LIGHT = { azimuthDeg: 135, elevationDeg: 45, softness: 0.5, tint: '#ffffff', confidence: 0 };
const ANALYSIS = {
  photoWidth: PRODUCT_SIZE.width, photoHeight: PRODUCT_SIZE.height, bounds: { x: 0, y: 0, ...PRODUCT_SIZE }, base: { left: 10, right: 610, y: 999 },
  cameraElevationDeg: 0, light: LIGHT, palette: ['#1b4f9c'], noiseSigma: 1,
};
const STYLE = {
  lighting: '', cameraStyle: '', texture: '', mood: '', palette: ['#c4966e', '#60828f', '#202428'], accent: '#c9a227', textOnDark: '#ffffff', textOnLight: '#101418',
  fonts: { heading: 'Inter', body: 'Inter' }, grade: { contrast: 0, warmth: 0, vignette: 0, grain: 0 }, light: LIGHT,
};

/** The product's base rises by 80 px over the scene, its size is its own: nothing stands on a whole pixel. */
function sceneOf(index: number, media: AssetRef): unknown {
  const scale = PRODUCT_SIZE.height / 1920;
  const at = (frame: number, y: number): unknown => ({ frame, x: 0.5, y: y / 1920, scale, shadow: 0, reflection: 0, ease: 'linear' });
  return {
    id: `scene_${index + 1}`, purpose: 'product', durationFrames: SCENE_FRAMES, seed: index, backdrop: { set: 'flat', media }, camera: { move: 'static' },
    placement: { productId: 'product_1', keyframes: { '9:16': [at(0, 1610), at(SCENE_FRAMES - 1, 1530)] }, shadow: 0, reflection: 0 },
    captions: [{ id: `caption_${index + 1}`, role: 'headline', text: WORDS[index], startFrame: 15, endFrame: SCENE_FRAMES, animation: 'fade', position: { '9:16': { x: 0.5, y: 0.14, width: 0.8 } } }],
    transition: { kind: 'dissolve', durationFrames: FADE_FRAMES },
  };
}

async function refOf(path: string, mime: string, size: { width?: number; height?: number } = {}): Promise<AssetRef> {
  return { hash: createHash('sha256').update(await readFile(path)).digest('hex'), name: basename(path), mime, ...size };
}
