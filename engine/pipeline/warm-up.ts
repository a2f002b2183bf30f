/**
 * Makes the threads ready for what comes after a cut-out, while that keeps one core busy and nothing else can start: they load their
 * modules, and ffmpeg is found. Changes no result; what goes wrong here is told by the step that needs it.
 */
import { defaultLanes } from '#engine/jobs/step-queue.ts';
import type { WorkerPool } from '#engine/jobs/worker-pool.ts';
import type { Services } from './services.ts';
import { taskModule } from './task-module.ts';

const PICTURES = ['compositing/tasks/make-sprites.ts', 'providers/embedded/tasks/make-set.ts', 'compositing/tasks/make-captions.ts', 'providers/embedded/tasks/make-music.ts'];
const FILM = ['compositing/tasks/render-segment.ts'];

/** @param signal of the work that it accompanies */
export function warmUp({ pool, renderPool, ffmpegPath }: Services, signal: AbortSignal): void {
  const load = (threads: WorkerPool, paths: readonly string[]): Promise<void> => threads.run({ module: taskModule('pipeline/tasks/load-modules.ts'), payload: { modules: paths.map(taskModule) } }, { signal });
  const works = [...Array.from({ length: defaultLanes().io }, () => load(pool, PICTURES)), load(renderPool, FILM), ffmpegPath()];
  for (const work of works) work.catch(() => undefined);
}
