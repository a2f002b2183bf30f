/** The artifact store as worker tasks see it: opened once per thread and data folder. */
import { openArtifactStore } from '#engine/storage/artifact-store.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';

const stores = new Map<string, ArtifactStore>();

/** The store of a data folder. */
export function storeOf(dataDir: string): ArtifactStore {
  let store = stores.get(dataDir);
  if (!store) {
    store = openArtifactStore(dataDir);
    stores.set(dataDir, store);
  }
  return store;
}
