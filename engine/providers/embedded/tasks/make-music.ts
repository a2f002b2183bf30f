/** Worker task: plays the synthesiser. */
import type { AssetRef } from '#core/project/schema.ts';
import { storeOf } from '#engine/compositing/tasks/task-store.ts';
import type { TaskContext } from '#engine/jobs/worker-task.ts';
import { providerCall } from '#engine/providers/provider-call.ts';
import type { MusicRequest } from '#engine/providers/types.ts';
import { createSynthMusicProvider } from '../synth/provider.ts';

export function run({ dataDir, request }: { dataDir: string; request: MusicRequest }, context: TaskContext): Promise<AssetRef> {
  return createSynthMusicProvider().makeMusic(request, providerCall({ store: storeOf(dataDir) }, context));
}
