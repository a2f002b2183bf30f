/** The newest frame of each clip that is on screen. A scene has a clip of its own in each ratio, so scene and file name it together. */
import type { Picture } from './picture-cache.ts';

/** Which frame of which clip; scenes may share a file at different times. */
export interface ClipFrameName {
  readonly sceneId: string;
  readonly hash: string;
  readonly frame: number;
}

/** Two scenes in three ratios are on screen at most. */
const MAX_KEPT = 8;

export class ClipFrames<P extends Picture> {
  /** In order of use, oldest first. */
  private readonly kept = new Map<string, { readonly frame: number; readonly picture: P }>();

  /** The frame that is there, whichever it is; counts as use. */
  find(clip: Omit<ClipFrameName, 'frame'>): P | undefined {
    const key = keyOf(clip);
    const known = this.kept.get(key);
    if (!known) return undefined;
    this.kept.delete(key);
    this.kept.set(key, known);
    return known.picture;
  }

  /** Whether exactly this frame is there. */
  has(name: ClipFrameName): boolean {
    return this.kept.get(keyOf(name))?.frame === name.frame;
  }

  /** Takes the place of an earlier frame of the same clip; the clip that was used longest ago goes when there are too many. */
  put({ frame, ...clip }: ClipFrameName, picture: P): void {
    const key = keyOf(clip);
    this.drop(key);
    this.kept.set(key, { frame, picture });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.drop(oldest);
  }

  private drop(key: string): void {
    this.kept.get(key)?.picture.close();
    this.kept.delete(key);
  }
}

const keyOf = ({ sceneId, hash }: Omit<ClipFrameName, 'frame'>): string => `${sceneId} ${hash}`;
