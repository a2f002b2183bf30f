/** Rules about the words: can they be read in time, and does a film that starts without sound say something soon? */
import type { AdProject, Caption, Scene } from '../../project/schema.ts';
import { sceneSpans } from '../../composition/timeline.ts';
import { framesToSeconds } from '../../time/frames.ts';
import type { Timebase } from '../../time/frames.ts';
import { SOURCES } from '../evidence.ts';
import type { Placement } from '../schema.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { formatSeconds } from './figures.ts';

/** Reading on the move: 180 words a minute, after a moment to see that there are any. Subtitlers allow as much. */
const WORDS_PER_SECOND = 3;
const NOTICING_SECONDS = 0.5;
/** A player that starts muted is passed by within this time. */
const MUTED_SECONDS = 3;

/** Words of a text; scripts without spaces count four letters as one. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).reduce((sum, part) => sum + (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(part) ? Math.ceil([...part].length / 4) : 1), 0);
}

/** Seconds that a reader needs for everything that a scene says. */
export function readingSeconds(captions: readonly Pick<Caption, 'text'>[]): number {
  const words = captions.reduce((sum, { text }) => sum + countWords(text), 0);
  return words === 0 ? 0 : NOTICING_SECONDS + words / WORDS_PER_SECOND;
}

/** Scenes whose words go before they can be read. */
export function checkReadingTime({ scenes, timebase }: Pick<AdProject, 'scenes' | 'timebase'>): Finding[] {
  return sceneSpans({ scenes }).flatMap(({ scene, startFrame }) => {
    const said = scene.captions.filter(({ text }) => countWords(text) > 0);
    const needed = readingSeconds(said);
    const shown = framesToSeconds(shownFrames(said), timebase);
    if (said.length === 0 || shown >= needed) return [];
    return [finding({
      rule: 'reading-time', severity: 'warn', message: `The words of ${nameOf(scene)} are gone before they can be read.`, found: `${said.reduce((sum, { text }) => sum + countWords(text), 0)} words in ${formatSeconds(shown)}`,
      wanted: `at least ${formatSeconds(Math.ceil(needed * 10) / 10)}`, evidence: SOURCES.studio, sceneId: scene.id, frame: startFrame,
      fix: { kind: 'lengthenCaption', label: 'Show them longer', data: { sceneId: scene.id, frames: neededFrames(needed, timebase) } },
    })];
  });
}

function shownFrames(captions: readonly Caption[]): number {
  if (captions.length === 0) return 0;
  return Math.max(...captions.map(({ endFrame }) => endFrame)) - Math.min(...captions.map(({ startFrame }) => startFrame));
}

function neededFrames(seconds: number, { num, den }: Timebase): number {
  return Math.ceil((seconds * num) / den);
}

/** What a scene is called in sentences. */
export function nameOf(scene: Pick<Scene, 'id' | 'name'>): string {
  return scene.name ? `“${scene.name}”` : scene.id.replace('_', ' ');
}

/** Where films start without sound, words must carry them. */
export function checkMutedStart({ scenes, timebase }: Pick<AdProject, 'scenes' | 'timebase'>, { rules, name }: Placement): Finding[] {
  if (!rules.startsMuted) return [];
  const first = sceneSpans({ scenes }).flatMap(({ scene, startFrame }) => scene.captions.filter(({ text }) => countWords(text) > 0).map((caption) => startFrame + caption.startFrame));
  const at = Math.min(...first);
  if (first.length > 0 && framesToSeconds(at, timebase) < MUTED_SECONDS) return [];
  return [finding({ rule: 'muted-start', severity: 'warn', message: `${name} starts without sound, and no words are on screen in the first ${MUTED_SECONDS} seconds.`, found: first.length === 0 ? 'no words' : `first words at ${formatSeconds(framesToSeconds(at, timebase))}`, wanted: 'words in the first scene', evidence: rules.startsMuted })];
}
