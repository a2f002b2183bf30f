/** Names of what can be selected on the timeline, as text: `scene:<id>`, `caption:<scene>:<id>`, `keyframe:<scene>:<ratio>:<frame>` … */
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** The text form; stable while the thing is. */
export type ClipKey = string;

/** What a key names. `transition` is the one that leads out of its scene. */
export type Clip =
  | { readonly kind: 'scene'; readonly sceneId: string }
  | { readonly kind: 'caption'; readonly sceneId: string; readonly captionId: string }
  | { readonly kind: 'transition'; readonly sceneId: string }
  | { readonly kind: 'keyframe'; readonly sceneId: string; readonly ratio: Ratio; readonly frame: number }
  | { readonly kind: 'marker'; readonly markerId: string }
  | { readonly kind: 'music' }
  | { readonly kind: 'voice' };

/** Makes keys. */
export const keyOf = {
  scene: (sceneId: string): ClipKey => `scene:${sceneId}`,
  caption: (sceneId: string, captionId: string): ClipKey => `caption:${sceneId}:${captionId}`,
  transition: (sceneId: string): ClipKey => `transition:${sceneId}`,
  keyframe: (sceneId: string, ratio: Ratio, frame: number): ClipKey => `keyframe:${sceneId}:${ratio.replace(':', 'x')}:${frame}`,
  marker: (markerId: string): ClipKey => `marker:${markerId}`,
  music: (): ClipKey => 'music',
  voice: (): ClipKey => 'voice',
};

/** Reads a key; undefined for what is none. */
export function parseClipKey(key: ClipKey): Clip | undefined {
  const [kind, first = '', second = '', third = ''] = key.split(':');
  switch (kind) {
    case 'scene':
    case 'transition':
      return { kind, sceneId: first };
    case 'caption':
      return { kind, sceneId: first, captionId: second };
    case 'keyframe': {
      const ratio = RATIOS.find((candidate) => candidate === second.replace('x', ':'));
      return ratio && { kind, sceneId: first, ratio, frame: Number(third) };
    }
    case 'marker':
      return { kind, markerId: first };
    case 'music':
    case 'voice':
      return { kind };
    default:
      return undefined;
  }
}
