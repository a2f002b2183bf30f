import type { GenerationRecord, StepContext } from '#engine/jobs/types.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import type { GeneratorCall, ProviderCall } from './types.ts';

/** What a provider is handed: the step's signal and progress, and the artifact store. */
export function providerCall({ store }: { readonly store: ArtifactStore }, { signal, report }: Pick<StepContext, 'signal' | 'report'>): ProviderCall {
  return {
    signal,
    report,
    putBytes: (bytes, name, mime) => store.putBytes(bytes, name, mime),
    putFile: (path, name, mime, { isKept = false } = {}) => store.putFile(path, name, mime, { move: !isKept }),
    pathOf: (asset) => store.pathOf(asset),
  };
}

/** The same in the process of the queue. `generated` grows with every record. */
export function generatorCall(services: { readonly store: ArtifactStore }, context: StepContext, generated: GenerationRecord[]): GeneratorCall {
  return { ...providerCall(services, context), stepKey: context.step.key, preview: context.preview, record: (record) => void generated.push(record) };
}
