/** Takes a sound of the user's into the film: picked, or dropped on the timeline. */
import { upload } from '../../api/upload.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { setMusic, setVoice } from '../../editor/sound-edits.ts';
import { stringsNow } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { playbackNow } from '../preview/playback.ts';
import { editProject } from '../project/project-store.ts';
import { selectClips } from './timeline-store.ts';

/** Where a sound can go. */
export type SoundTrack = 'music' | 'voice';

/** Lets the user pick a file. */
export function pickSound(track: SoundTrack): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'audio/*,.wav,.mp3,.m4a,.ogg,.flac' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void takeSound(track, file);
  });
  input.click();
}

/** Takes a file in; a voice begins at the playhead. */
export async function takeSound(track: SoundTrack, file: File): Promise<void> {
  const { timeline } = stringsNow();
  const { frame } = playbackNow();
  toast.info(timeline.importing(file.name));
  try {
    const { asset, notices } = await upload(file, track);
    if (editProject(track, (project) => (track === 'music' ? setMusic(project, asset) : setVoice(project, asset, frame)))) selectClips([track === 'music' ? keyOf.music() : keyOf.voice()]);
    for (const notice of notices) toast.info(notice);
    toast.success(timeline.imported(file.name));
  } catch (error) {
    toast.error(error);
  }
}
