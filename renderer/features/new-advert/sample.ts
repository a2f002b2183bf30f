/** The sample product: a photo that comes with the program, and a brief that suits it. */
import { sampleUrl } from '../../api/media-url.ts';
import { stringsNow } from '../../strings/index.ts';
import { changeBrief, changeDraft, clearDraft } from './draft-store.ts';
import { takePhotos } from './photo-intake.ts';

/** Fills the screen in with the sample, in the place of what is there. */
export async function takeSample(): Promise<void> {
  const response = await fetch(sampleUrl('soda-can.jpg'));
  if (!response.ok) throw new Error(stringsNow().newAdvert.sampleLost);
  const photo = new File([await response.blob()], 'soda-can.jpg', { type: 'image/jpeg' });
  clearDraft();
  changeDraft({ isNameOwn: true, seconds: 10, sceneCount: 3 });
  changeBrief(stringsNow().newAdvert.sampleBrief);
  takePhotos([photo]);
}

/** True once when the address asks for the sample (`/new?sample=1`); the question goes out of the address with the answer. */
export function takeSampleWish(): boolean {
  const url = new URL(location.href);
  if (url.searchParams.get('sample') !== '1') return false;
  url.searchParams.delete('sample');
  history.replaceState(history.state, '', url);
  return true;
}
