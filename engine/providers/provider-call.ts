import type { StepContext } from '#engine/jobs/types.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import type { ProviderCall } from './types.ts';

/** What a provider is handed: the step's signal and progress, and the artifact store. */
export function providerCall({ store }: { readonly store: ArtifactStore }, { signal, report }: Pick<StepContext, 'signal' | 'report'>): ProviderCall {
  return {
    signal,
    report,
    putBytes: (bytes, name, mime) => store.putBytes(bytes, name, mime),
    putFile: (path, name, mime) => store.putFile(path, name, mime, { move: true }),
    pathOf: (asset) => store.pathOf(asset),
  };
}
