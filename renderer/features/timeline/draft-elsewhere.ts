/** What a drag makes of the document beside moving clips: the picture on the canvases, and the rows of music and voice. */
import { create } from 'zustand';
import type { AdProject, Soundtrack } from '#core/project/schema.ts';
import { viewDraft } from '../preview/draft-view.ts';
import { useProjectSelector } from '../project/project-store.ts';

const useDraftSound = create<{ readonly soundtrack: Soundtrack | null }>(() => ({ soundtrack: null }));

/** Shows a draft of a document; null = the drag is over. `lookAt` is the frame where the change is seen. */
export function showElsewhere(document: AdProject, draft: AdProject | null, lookAt: number | undefined): void {
  const isOfScenes = draft !== null && (draft.scenes !== document.scenes || lookAt !== undefined);
  viewDraft(isOfScenes ? { scenes: draft.scenes, frame: lookAt ?? null } : null);
  const soundtrack = draft && draft.soundtrack !== document.soundtrack ? draft.soundtrack : null;
  if (useDraftSound.getState().soundtrack !== soundtrack) useDraftSound.setState({ soundtrack });
}

/** Music and voice as they are shown: kept, or dragged. */
export function useShownSoundtrack(): Soundtrack {
  const kept = useProjectSelector((document) => document.soundtrack);
  return useDraftSound((state) => state.soundtrack) ?? kept;
}
