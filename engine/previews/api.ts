/** The `previews` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';
import { makePreviewFilm, makePreviewSound } from './make-film.ts';
import type { PreviewFilm } from './make-film.ts';
import { createSharedWork } from './share-work.ts';

/** The `previews` procedures of the contract. */
export function previewsApi({ engine }: ApiTools) {
  const films = createSharedWork<PreviewFilm>();
  const sounds = createSharedWork<Awaited<ReturnType<typeof makePreviewSound>>>();
  return {
    film: os.previews.film.handler(async ({ input: { projectId, ratio }, signal }) => {
      const { document, revision } = readStoredDocument(engine.db, projectId);
      return { ...(await films(`${projectId} ${ratio} ${revision}`, signal, (until) => makePreviewFilm(document, ratio, engine, until))), revision };
    }),
    sound: os.previews.sound.handler(async ({ input: { projectId }, signal }) => {
      const { document, revision } = readStoredDocument(engine.db, projectId);
      return { ...(await sounds(`${projectId} ${revision}`, signal, (until) => makePreviewSound(document, engine, until))), revision };
    }),
  };
}
