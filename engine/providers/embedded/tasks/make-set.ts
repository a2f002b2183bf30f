/** Worker task: paints a studio set. */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { storeOf } from '#engine/compositing/tasks/task-store.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { providerCall } from '#engine/providers/provider-call.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';
import { createSetBackdropProvider } from '../sets/provider.ts';

export function run({ dataDir, request }: { dataDir: string; request: BackdropRequest }, context: TaskContext): Promise<BackdropManifest> {
  return createSetBackdropProvider().makeBackdrop(request, providerCall({ store: storeOf(dataDir) }, context));
}
