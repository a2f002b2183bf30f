/** Sounds dropped on the timeline: on the voice's row they become the voice, anywhere else the music. The row that would take them shows it. */
import type { DragEvent } from 'react';
import { useDropMark } from './drop-mark.ts';
import { takeSound } from './sound-import.ts';
import type { SoundTrack } from './sound-import.ts';

/** Some systems do not say what kind of file a sound is. */
const SOUND_NAME = /\.(wav|mp3|m4a|aac|ogg|opus|flac|aiff?)$/i;

/** Handlers for the timeline. */
export function useSoundDrop() {
  const { mark, onDragLeave } = useDropMark();
  const hover = (event: DragEvent<HTMLElement>): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    mark(laneOf(event.currentTarget, trackUnder(event)));
  };
  return {
    onDragEnter: hover,
    onDragOver: hover,
    onDragLeave,
    onDrop: (event: DragEvent<HTMLElement>) => {
      mark(undefined);
      const file = [...event.dataTransfer.files].find(isSound);
      if (!file) return;
      event.preventDefault();
      void takeSound(trackUnder(event), file);
    },
  };
}

function isSound({ type, name }: File): boolean {
  return type.startsWith('audio/') || (type === '' && SOUND_NAME.test(name));
}

function trackUnder({ currentTarget, clientY }: DragEvent<HTMLElement>): SoundTrack {
  const voice = laneOf(currentTarget, 'voice');
  return voice && clientY >= voice.getBoundingClientRect().top ? 'voice' : 'music';
}

function laneOf(timeline: HTMLElement, track: SoundTrack): HTMLElement | undefined {
  return timeline.querySelector<HTMLElement>(`[data-sound=${track}]`) ?? undefined;
}
