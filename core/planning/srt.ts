/**
 * The captions of a whole advert as SubRip text. Captions that stand at the same time become one cue of several lines;
 * a cue ends where the next begins, so no two overlap, which players handle badly.
 */
import type { AdProject } from '../project/schema.ts';
import { formatSrtTime } from '../time/srt-time.ts';

interface Timed {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly text: string;
}

/** SubRip with CRLF line ends, times from the project clock; '' when the advert has no words. */
export function formatSrt(project: Pick<AdProject, 'scenes' | 'timebase' | 'durationFrames'>): string {
  const cues = mergeSimultaneous(absoluteCaptions(project));
  return cues.map((cue, index) => `${index + 1}\r\n${formatSrtTime(cue.startFrame, project.timebase)} --> ${formatSrtTime(cue.endFrame, project.timebase)}\r\n${cue.text}\r\n\r\n`).join('');
}

function absoluteCaptions(project: Pick<AdProject, 'scenes' | 'durationFrames'>): Timed[] {
  const captions: Timed[] = [];
  let sceneStart = 0;
  for (const scene of project.scenes) {
    for (const caption of scene.captions) {
      const text = escapeSrt(caption.text);
      const startFrame = sceneStart + caption.startFrame;
      const endFrame = Math.min(sceneStart + Math.min(caption.endFrame, scene.durationFrames), project.durationFrames);
      if (text !== '' && endFrame > startFrame) captions.push({ startFrame, endFrame, text });
    }
    sceneStart += scene.durationFrames - scene.transition.durationFrames;
  }
  return captions;
}

/** Cuts the time line at every start and end; each piece shows all that stand in it. */
function mergeSimultaneous(captions: readonly Timed[]): Timed[] {
  const edges = [...new Set(captions.flatMap((caption) => [caption.startFrame, caption.endFrame]))].sort((left, right) => left - right);
  const cues: Timed[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const startFrame = edges[i] ?? 0;
    const endFrame = edges[i + 1] ?? 0;
    const text = captions.filter((caption) => caption.startFrame <= startFrame && caption.endFrame >= endFrame).map((caption) => caption.text).join('\r\n');
    if (text !== '') cues.push({ startFrame, endFrame, text });
  }
  return cues;
}

// A blank line ends a cue, "-->" starts one, and many players take <…> and {…} for formatting: the brackets are
// replaced by look-alikes so that the words stay readable.
function escapeSrt(text: string): string {
  return text
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replace(/-->/g, '→')
    .replace(/[<>{}]/g, (bracket) => ({ '<': '‹', '>': '›', '{': '(', '}': ')' })[bracket] ?? bracket)
    .split('\n').map((part) => part.trim()).filter((part) => part !== '').join('\r\n');
}
