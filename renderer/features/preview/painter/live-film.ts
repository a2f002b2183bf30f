/**
 * The newest film of the engine under the newest document. An edit shows at once with the pictures that are there; the engine makes the missing ones
 * meanwhile. Scenes and words that were split, copied or moved have new ids: they borrow the pictures of what they came from. Pure.
 */
import { captionKey } from '#core/composition/facts.ts';
import type { Film } from '#core/composition/film.ts';
import type { AdProject, Caption, Scene } from '#core/project/schema.ts';

type Document = Pick<AdProject, 'scenes' | 'products' | 'style'>;

/** What can be drawn of a document with a film that may be older. */
export function liveFilm(film: Film, document: Document): Film {
  return {
    ...withScenes(film, document.scenes),
    products: document.products.map((product) => (product.cutout ? product : (film.products.find(({ id }) => id === product.id) ?? product))),
    grain: document.style.grade.grain,
  };
}

/** The film with other scenes. */
export function withScenes(film: Film, scenes: readonly Scene[]): Film {
  const backdrops = { ...film.facts.backdrops };
  const blocks = { ...film.facts.captions };
  const captions = { ...film.captions };
  for (const scene of scenes) {
    const model = backdrops[scene.id] ? undefined : modelOf(film, scene);
    const backdrop = model && film.facts.backdrops[model.id];
    if (backdrop) backdrops[scene.id] = backdrop;
    for (const caption of scene.captions) {
      const key = captionKey(scene.id, caption.id);
      const from = blocks[key] ? undefined : captionModel(film, caption);
      const [block, picture] = from ? [film.facts.captions[from], film.captions[from]] : [];
      if (block && picture) [blocks[key], captions[key]] = [block, picture];
    }
  }
  return { ...film, scenes: [...scenes], facts: { ...film.facts, backdrops, captions: blocks }, captions };
}

/** The scene of the film whose backdrop looks the same. */
function modelOf(film: Film, scene: Scene): Scene | undefined {
  const look = lookOf(scene);
  return film.scenes.find((candidate) => lookOf(candidate) === look && film.facts.backdrops[candidate.id] !== undefined);
}

function lookOf({ backdrop, seed, isEndCard }: Scene): string {
  const { startFrame: _startFrame, ...rest } = backdrop;
  return JSON.stringify([rest, seed, isEndCard]);
}

/** The same words in the same look, wherever they stood. */
function captionModel(film: Film, caption: Caption): string | undefined {
  for (const scene of film.scenes) {
    const same = scene.captions.find(({ id, text, role, look }) => text === caption.text && role === caption.role && JSON.stringify(look) === JSON.stringify(caption.look) && film.captions[captionKey(scene.id, id)]);
    if (same) return captionKey(scene.id, same.id);
  }
  return undefined;
}
