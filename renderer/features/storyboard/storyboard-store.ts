/** What is chosen in the storyboard; kept while other views are shown. */
import { create } from 'zustand';
import type { Ratio } from '#core/project/ratio.ts';

interface StoryboardState {
  /** Chosen scenes; the last one chosen is shown in the panel. */
  readonly sceneIds: readonly string[];
  readonly currentId: string | null;
  readonly ratio: Ratio | null;
  readonly panel: 'scene' | 'look' | 'brief';
}

/** The storyboard's own state. */
export const useStoryboard = create<StoryboardState>(() => ({ sceneIds: [], currentId: null, ratio: null, panel: 'scene' }));

/** Chooses a scene; `toggle` adds or drops it, `range` takes all from the current one (in `order`). */
export function chooseScene(sceneId: string, how: 'only' | 'toggle' | 'range' = 'only', order: readonly string[] = []): void {
  useStoryboard.setState(({ sceneIds, currentId, panel }) => {
    if (how === 'only') return { sceneIds: [sceneId], currentId: sceneId, panel: 'scene' };
    if (how === 'toggle') return toggled(sceneIds, currentId, sceneId);
    const [from, to] = [order.indexOf(currentId ?? sceneId), order.indexOf(sceneId)].sort((a, b) => a - b);
    return { sceneIds: order.slice(from, (to ?? 0) + 1), currentId: currentId ?? sceneId, panel };
  });
}

function toggled(sceneIds: readonly string[], currentId: string | null, sceneId: string): Pick<StoryboardState, 'sceneIds' | 'currentId'> {
  if (!sceneIds.includes(sceneId)) return { sceneIds: [...sceneIds, sceneId], currentId: sceneId };
  const rest = sceneIds.filter((id) => id !== sceneId);
  return { sceneIds: rest, currentId: currentId === sceneId ? (rest.at(-1) ?? null) : currentId };
}

/** Chooses these scenes. */
export function chooseScenes(sceneIds: readonly string[]): void {
  useStoryboard.setState({ sceneIds, currentId: sceneIds.at(-1) ?? null });
}
