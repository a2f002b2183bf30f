/** How ComfyUI is, in the words of the page; what only the engine can say comes beside it. */
import { stringsNow } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import type { Said } from '../../strings/say.ts';
import type { SidecarStatus } from './sidecar-store.ts';

/** What the card of a status says. */
export function sayStatus({ state, message, activity, problem, origin }: Pick<SidecarStatus, 'state' | 'message' | 'activity' | 'problem' | 'origin'>): Said {
  const { sidecar: words } = stringsNow();
  if (problem !== null) {
    const { text, detail } = sayProblem(problem, message);
    return detail !== null && state === 'starting' ? { text: `${text} ${words.startedAgain}`, detail } : { text, detail };
  }
  if (activity !== null) return { text: words.startingAt(words.activity[activity] ?? activity), detail: null };
  if (origin === 'shared' || state === 'external') return { text: words.usedFrom[origin] ?? message, detail: null };
  return { text: words.says[state] ?? message, detail: null };
}
