/** Pre-flight of a project as it is saved: the pure rules of `core/placements/preflight`, with the film and what is measured on its frames. */
import { AdgenError } from '#core/contract/errors.ts';
import { checkDocument } from '#core/placements/preflight/check-document.ts';
import type { CaptionContrast } from '#core/placements/preflight/contrast.ts';
import { byWeight, finding } from '#core/placements/preflight/finding.ts';
import type { ExportOrder, Finding } from '#core/placements/preflight/finding.ts';
import { SOURCES } from '#core/placements/evidence.ts';
import { placementById } from '#core/placements/placements.ts';
import type { Film } from '#core/composition/film.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { Engine } from '#engine/main.ts';
import { taskModule } from '#engine/pipeline/task-module.ts';
import { makePreviewFilm } from '#engine/previews/make-film.ts';
import { readStoredDocument } from '#engine/projects/stored-document.ts';

/** A film and what was measured on it; `problem`: why there is none. */
interface Sight {
  readonly film?: Film;
  readonly contrasts: readonly CaptionContrast[];
  readonly problem?: string;
}

/** Films of the last few states: one is looked at by many placements. */
const KEPT = 6;

/** Returns a function that checks; films are made once per document, ratio and revision. */
export function createPreflight(engine: Engine): (projectId: string, order: ExportOrder, signal?: AbortSignal) => Promise<Finding[]> {
  const sights = new Map<string, Promise<Sight>>();
  const sightOf = (project: AdProject, revision: number, order: ExportOrder): Promise<Sight> => {
    const key = `${project.id} ${revision} ${order.ratio}`;
    const sight = sights.get(key) ?? look(project, order, engine);
    sights.delete(key);
    sights.set(key, sight);
    sight.catch(() => sights.delete(key));
    for (const old of [...sights.keys()].slice(0, -KEPT)) sights.delete(old);
    return sight;
  };
  return async (projectId, order, signal) => {
    const placement = placementById(order.placementId);
    const { document: project, revision } = readStoredDocument(engine.db, projectId);
    const { film, contrasts, problem } = await sightOf(project, revision, order);
    signal?.throwIfAborted();
    const findings = checkDocument({ project, order, placement, contrasts, ...(film ? { film } : {}) });
    if (problem === undefined) return findings;
    return byWeight([...findings, finding({ rule: 'unseen', severity: 'info', message: 'The picture could not be checked yet; length, rate, loudness and words were.', found: problem, evidence: SOURCES.studio })]);
  };
}

async function look(project: AdProject, { ratio }: ExportOrder, engine: Engine): Promise<Sight> {
  const { services } = engine;
  const { signal } = new AbortController();
  try {
    const { film } = await makePreviewFilm(project, ratio, engine, signal);
    const payload = { dataDir: services.dataDir, film, ffmpegPath: await services.ffmpegPath() };
    return { film, contrasts: await services.pool.run<CaptionContrast[]>({ module: taskModule('compositing/tasks/measure-contrast.ts'), payload }, { signal }) };
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    return { contrasts: [], problem: error.message };
  }
}
