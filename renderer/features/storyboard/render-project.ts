/** Asking the engine to render the open project, or to make a new take of a scene. */
import { create } from 'zustand';
import { pendingChanges, renderedParts } from '#core/project/rendered-parts.ts';
import type { AdProject } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { flushProject, projectNow, refreshProject } from '../project/project-store.ts';
import { followRun } from '../run/run-store.ts';

/** Who makes the backdrops. */
export type EngineWish = 'auto' | 'comfyui' | 'embedded';

/** What the render that was asked for last is of, so that it is not asked for twice. */
const useAsked = create<{ readonly runId: string | null; readonly document: AdProject | null }>(() => ({ runId: null, document: null }));

/** Whether a run is known to render just this document. */
export function useIsRenderOf(runId: string | null, document: AdProject): boolean {
  const asked = useAsked();
  const isSame = runId !== null && asked.runId === runId && asked.document !== null;
  return isSame && (asked.document === document || !pendingChanges(renderedParts(asked.document ?? document), document).isAny);
}

/** Renders the project as it stands. A run that renders an earlier state is canceled: what it has finished is kept and used. */
export async function renderProject(projectId: string): Promise<void> {
  const isOffline = await begin();
  const document = projectNow() ?? null;
  const { runId } = await engine.adverts.render({ projectId, isOffline });
  await follow(projectId, runId, document);
}

/** A new take of a scene, and its render. */
export async function makeTake(projectId: string, sceneId: string, wish: EngineWish): Promise<void> {
  const isOffline = await begin();
  const { runId } = await engine.adverts.regenerate({ projectId, sceneId, engine: wish, isOffline });
  refreshProject();
  await follow(projectId, runId, null);
}

async function begin(): Promise<boolean> {
  await flushProject();
  return (await engine.settings.get()).isOffline;
}

async function follow(projectId: string, runId: string, document: AdProject | null): Promise<void> {
  useAsked.setState({ runId, document });
  followRun(runId);
  const runs = await engine.runs.list({ projectId, limit: 10 });
  await Promise.all(runs.filter(({ id, endedMs }) => endedMs === null && id !== runId).map(({ id }) => engine.runs.cancel({ runId: id })));
}
