/**
 * Puts a scene's words on its clock. Captions stand strictly between the transitions: no caption is on screen while two
 * scenes overlap, so an edited caption never touches a transition's frames. A text that cannot be read in the time there
 * is gives way to a shorter form or is left out.
 */
import type { Caption, CaptionRole } from '../../project/schema.ts';
import { readingFrames } from '../copy/measure-text.ts';

/** One caption before it has times: its forms, longest first. */
export interface CaptionWish {
  readonly role: CaptionRole;
  readonly forms: readonly string[];
  readonly animation: Caption['animation'];
  /** Must be on screen: it needs the time to be read itself, not after the others. */
  readonly isEssential?: boolean;
}

/** Frames of a scene in which captions may stand: after `startFrame`, up to `endFrame`. */
export interface CaptionWindow {
  readonly startFrame: number;
  readonly endFrame: number;
}

/**
 * Window between the transitions of a scene, with a breath before the first caption where there is time. The scene that opens
 * the film takes none: platforms show its first frame as the cover.
 */
export function captionWindow(durationFrames: number, transitionInFrames: number, transitionOutFrames: number, opensFilm: boolean): CaptionWindow {
  const room = durationFrames - transitionInFrames - transitionOutFrames;
  const breath = opensFilm ? 0 : Math.max(1, Math.min(6, Math.floor(room * 0.06)));
  return { startFrame: transitionInFrames + breath, endFrame: durationFrames - transitionOutFrames };
}

/** Captions with times; the first wish starts at the window's start, each further one a little later. All end together. */
export function placeCaptions(wishes: readonly CaptionWish[], window: CaptionWindow, fps: number, idPrefix: string): Caption[] {
  const captions: Caption[] = [];
  for (const wish of wishes) {
    const stagger = captions.length * Math.round(fps * 0.3);
    const text = wish.forms.find((form) => form !== '' && captionFrames(wish.isEssential ? [form] : [...captions.map((caption) => caption.text), form], fps) + stagger <= window.endFrame - window.startFrame);
    if (text === undefined) continue;
    // A support line whose headline did not fit takes its place.
    const lead = captions.length === 0 && wish.role === 'support' ? wishes[0] : wish;
    captions.push({ id: `${idPrefix}_${captions.length + 1}`, role: lead?.role ?? wish.role, text, startFrame: window.startFrame + stagger, endFrame: window.endFrame, animation: lead?.animation ?? wish.animation, position: {} });
  }
  return captions;
}

/** Frames to read several texts that stand together, one after the other. */
export function captionFrames(texts: readonly string[], fps: number): number {
  return texts.length === 0 ? 0 : readingFrames(texts.join(' '), fps);
}
