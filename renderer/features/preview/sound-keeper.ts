/** Keeps the preview's sound as new as the document: asks the engine for the mix when something that is heard has changed. */
import { totalFrames } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';
import { create } from 'zustand';
import { engine } from '../../api/connection.ts';
import { mediaUrl } from '../../api/media-url.ts';
import { flushProject } from '../project/project-store.ts';
import { decodeSound, setMix } from './sound-player.ts';

/** How the sound is; `failed` with the reason. */
interface SoundState {
  readonly state: 'none' | 'updating' | 'ready' | 'failed';
  readonly error: unknown;
}

/** For the stage's loudspeaker. */
export const useSound = create<SoundState>(() => ({ state: 'none', error: undefined }));

/** A pause in editing that is taken for its end. Mixing takes seconds, so it is longer than the picture's. */
const QUIET_MS = 900;
/** The picture comes first. */
const FIRST_MS = 250;

let heard = '';
let mixHash = '';
let timer: ReturnType<typeof setTimeout> | undefined;
let making: AbortController | undefined;

/** Takes note of the newest document. */
export function followSound(projectId: string, document: AdProject): void {
  const key = JSON.stringify([projectId, document.soundtrack, totalFrames(document), document.timebase]);
  if (key === heard) return;
  const isFirst = heard === '';
  heard = key;
  clearTimeout(timer);
  making?.abort();
  timer = setTimeout(() => void load(projectId), isFirst ? FIRST_MS : QUIET_MS);
}

/** Lets the sound go. */
export function closeSound(): void {
  clearTimeout(timer);
  making?.abort();
  heard = '';
  mixHash = '';
  setMix(undefined);
  useSound.setState({ state: 'none', error: undefined });
}

async function load(projectId: string): Promise<void> {
  const own = new AbortController();
  making = own;
  useSound.setState({ state: 'updating' });
  try {
    await flushProject();
    const { mix } = await engine.previews.sound({ projectId }, { signal: own.signal });
    if (mix.hash !== mixHash) {
      const response = await fetch(mediaUrl(mix.hash), { signal: own.signal });
      if (!response.ok) throw new Error(`The sound could not be read (${response.status}).`);
      const buffer = await decodeSound(await response.arrayBuffer());
      if (own.signal.aborted) return;
      mixHash = mix.hash;
      setMix(buffer);
    }
    useSound.setState({ state: 'ready', error: undefined });
  } catch (error) {
    if (!own.signal.aborted) useSound.setState({ state: 'failed', error });
  }
}
