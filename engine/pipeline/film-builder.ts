/**
 * Builds the film of one ratio scene by scene: backdrop first, then the words on it. A segment can be drawn as soon as the
 * scenes that it shows are ready, so compositing overlaps the making of later scenes.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { captionKey } from '#core/composition/facts.ts';
import type { CaptionBlock, CompositionFacts, ProductFacts, ProductPart } from '#core/composition/facts.ts';
import { layoutOf } from '#core/composition/evaluate.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, AssetRef, Scene } from '#core/project/schema.ts';
import type { Film } from '#core/composition/film.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { backdropPrompts } from '#workflows/backdrop-prompt.ts';
import { chooseGeneration, NO_COMFY } from './choose-generation.ts';
import type { Generation } from './choose-generation.ts';
import type { RunContext } from './run-context.ts';
import { backdropStep } from './steps/backdrop-step.ts';
import { captionsStep } from './steps/captions-step.ts';
import type { CaptionsData } from './steps/captions-step.ts';
import type { WorkOrder } from './work-order.ts';

/** What is known about products before any ratio is laid out. */
export interface ProductPictures {
  readonly facts: Readonly<Record<string, ProductFacts>>;
  readonly parts: Readonly<Record<string, Readonly<Partial<Record<ProductPart, AssetRef>>>>>;
  readonly logoAspect?: number;
}

interface ReadyScene {
  readonly manifest: BackdropManifest;
  /** By `captionKey`. */
  readonly captions: CaptionsData['captions'];
}

/** Makes scenes on demand, each once. */
export interface FilmBuilder {
  /** A film that knows at least these scenes (by index). */
  filmOf(sceneIndexes: readonly number[]): Promise<Film>;
}

export function createFilmBuilder(project: AdProject, ratio: Ratio, order: WorkOrder, pictures: ProductPictures, run: RunContext): FilmBuilder {
  const ready = new Map<number, Promise<ReadyScene>>();
  const base = { ratio, products: project.products, grain: project.style.grade.grain, parts: pictures.parts, ...(project.brand.logo ? { logo: project.brand.logo } : {}) };
  const facts = (scenes: readonly (readonly [Scene, ReadyScene])[]): CompositionFacts => ({
    products: pictures.facts,
    backdrops: Object.fromEntries(scenes.map(([scene, { manifest }]) => [scene.id, manifest])),
    captions: Object.fromEntries(scenes.flatMap(([, { captions }]) => Object.entries(captions).map(([key, made]): [string, CaptionBlock] => [key, made.block]))),
    ...(pictures.logoAspect === undefined ? {} : { logoAspect: pictures.logoAspect }),
  });

  const makeScene = async (index: number): Promise<ReadyScene> => {
    const scene = sceneAt(project, index);
    const request = await withGeneration(backdropRequest(project, scene, index, ratio, pictures), project, scene, run);
    const output = await run.step({ ...backdropStep(request, run.policy, run.services), order: order.scene(index) });
    const manifest = output.data as BackdropManifest;
    if (scene.captions.length === 0) return { manifest, captions: {} };
    const film: Film = { ...base, scenes: project.scenes, facts: facts([[scene, { manifest, captions: {} }]]), captions: {} };
    const { data } = await run.step({ ...captionsStep(film, scene.id, project.style, project.brief.language, run.services), order: order.scene(index) });
    const made = Object.entries((data as CaptionsData).captions);
    for (const [, caption] of made) noticesOf(caption).forEach((text) => run.notice(text));
    return { manifest, captions: Object.fromEntries(made.map(([id, caption]) => [captionKey(scene.id, id), caption])) };
  };

  const sceneOf = (index: number): Promise<ReadyScene> => {
    const scene = ready.get(index) ?? makeScene(index);
    ready.set(index, scene);
    return scene;
  };

  return {
    async filmOf(sceneIndexes) {
      const scenes = await Promise.all(sceneIndexes.map(async (index) => [sceneAt(project, index), await sceneOf(index)] as const));
      const captions = Object.fromEntries(scenes.flatMap(([, scene]) => Object.entries(scene.captions).map(([key, made]) => [key, made.picture])));
      return { ...base, scenes: project.scenes, facts: facts(scenes), captions };
    },
  };
}

function sceneAt(project: AdProject, index: number): Scene {
  const scene = project.scenes[index];
  if (!scene) throw new RangeError(`no scene ${index}`);
  return scene;
}

/** Asks for a backdrop that fits the product: where its base stands, how large it is, from how high it was seen. */
function backdropRequest(project: AdProject, scene: Scene, sceneIndex: number, ratio: Ratio, pictures: ProductPictures): BackdropRequest {
  const { id, purpose, durationFrames, seed, camera, isEndCard } = scene;
  const { startFrame: _slip, ...backdrop } = scene.backdrop; // when it is shown, not how it is made
  const rect = layoutOf({ scene }, ratio, { products: pictures.facts, ...(pictures.logoAspect === undefined ? {} : { logoAspect: pictures.logoAspect }) }).product;
  const canvas = canvasSize(ratio);
  const analysis = project.products.find((product) => product.id === scene.placement?.productId)?.analysis;
  const product = rect && analysis && {
    x: (rect.x + rect.width / 2) / canvas.width,
    y: (rect.y + rect.height) / canvas.height,
    height: rect.height / canvas.height,
    width: rect.width / canvas.width,
    cameraElevationDeg: analysis.cameraElevationDeg,
  };
  return { scene: { id, purpose, durationFrames, seed, backdrop, camera, isEndCard }, sceneIndex, style: project.style, ratio, ...(product ? { product } : {}) };
}

/** The same style words stand in every scene's prompts, so that scenes match. */
async function withGeneration(request: BackdropRequest, project: AdProject, scene: Scene, run: RunContext): Promise<BackdropRequest> {
  if (scene.backdrop.media) return request;
  const prompts = { clip: backdropPrompts({ project, scene, medium: 'clip' }), still: backdropPrompts({ project, scene, medium: 'still' }) };
  const requestFor = ({ workflow, usesCloud, links }: Generation): BackdropRequest => (workflow || usesCloud ? { ...request, generation: { prompts, workflow: workflow ?? NO_COMFY, wanted: run.wanted, ...(usesCloud && { usesCloud }), ...(links && { links }) } } : request);
  return requestFor(await chooseGeneration('backdrop', (generation) => backdropStep(requestFor(generation), run.policy, run.services).key, run));
}

function noticesOf({ missing, note }: CaptionsData['captions'][string]): string[] {
  const undrawn = missing.length > 0 ? [`No installed font can draw ${missing.join(' ')}; left out. Install a font for this script (for example Noto Sans CJK) and run again.`] : [];
  return [...undrawn, ...(note ? [note] : [])];
}
