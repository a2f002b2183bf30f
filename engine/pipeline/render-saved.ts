/** Rendering the state of a kept project: what `adverts.render` and `adverts.regenerate` do. */
import { regenerateScene } from '#core/project/regenerate-scene.ts';
import type { AdProject } from '#core/project/schema.ts';
import { listRuns } from '#engine/jobs/run-store.ts';
import { canonicalJson } from '#engine/jobs/step-key.ts';
import { journalEdit } from '#engine/projects/project-history.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';
import type { Engine } from '../main.ts';
import { acceptRender, checkRender } from './accept-request.ts';
import type { RenderOptions } from './accept-request.ts';

/** What a client may say about it. */
export interface RenderInput extends RenderOptions {
  readonly projectId: string;
}

/** The run that renders a project as it stands. One that is about to render the very same is that run. Throws NOT_FOUND. */
export async function renderSaved({ projectId, ...options }: RenderInput, engine: Engine): Promise<string> {
  const { document } = readStoredDocument(engine.db, projectId);
  return findSame(document, options, engine) ?? (await acceptRender(document, { ...options, isSaved: true }, engine)).id;
}

/** Puts a new take into a scene, as one edit that can be undone, and renders it. Throws NOT_FOUND for a project or scene that is not there, CONFLICT for a locked scene. */
export async function regenerateSaved({ projectId, sceneId, ...options }: RenderInput & { readonly sceneId: string }, engine: Engine): Promise<{ readonly runId: string; readonly revision: number }> {
  await checkRender(options, engine); // what is refused leaves the document as it was
  const { document, revision } = journalEdit(engine.db, { projectId, label: 'newTake', change: (before) => regenerateScene(before, sceneId) });
  const run = await acceptRender(document, { ...options, isSaved: true }, engine);
  return { runId: run.id, revision };
}

/** A double click, or two windows. */
function findSame(document: AdProject, { isOffline, engine: wish = 'auto', workflows = [] }: RenderOptions, { db }: Engine): string | undefined {
  const wanted = canonicalJson({ document, isOffline, engine: wish, workflows });
  const isSame = (request: unknown): boolean => {
    const { document: other, isOffline: offline, engine: wished, workflows: named } = request as Record<string, unknown>;
    return canonicalJson({ document: other, isOffline: offline, engine: wished, workflows: named }) === wanted;
  };
  return listRuns(db, { projectId: document.id, limit: 5 }).find((run) => run.endedMs === null && isSame(run.request))?.id;
}
