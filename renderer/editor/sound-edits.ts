/** Edits of the music and the voice. A figure that is what it would be anyway is not written down. */
import type { AdProject, AssetRef, Soundtrack } from '#core/project/schema.ts';
import { clamp, LIMITS } from './rules.ts';

/** Leaves so much of the music's beginning out. */
export function trimMusic(project: AdProject, frames: number): AdProject {
  return withSound(project, 'musicTrimFrames', clamp(frames, 0, LIMITS.maxFilmFrames));
}

/** Lets the voice begin at a frame of the project clock. */
export function moveVoice(project: AdProject, frame: number): AdProject {
  return withSound(project, 'voiceStartFrame', clamp(frame, 0, project.durationFrames - 1));
}

/** Leaves so much of the voice's beginning out; what is left stays where it is. */
export function trimVoice(project: AdProject, frames: number): AdProject {
  const { voiceStartFrame = 0, voiceTrimFrames = 0 } = project.soundtrack;
  const by = clamp(frames, -Math.min(voiceTrimFrames, voiceStartFrame), LIMITS.maxFilmFrames - voiceTrimFrames);
  const start = clamp(voiceStartFrame + by, 0, project.durationFrames - 1);
  return withSound(withSound(project, 'voiceTrimFrames', voiceTrimFrames + start - voiceStartFrame), 'voiceStartFrame', start);
}

/** Louder or softer, dB. */
export function setGain(project: AdProject, track: 'music' | 'voice', gainDb: number): AdProject {
  const gain = clamp(gainDb, -60, 12);
  if (track === 'voice') return withSound(project, 'voiceGainDb', gain);
  return { ...project, soundtrack: { ...project.soundtrack, musicGainDb: gain } };
}

/** Frames in which the music comes in or goes out. */
export function setFade(project: AdProject, end: 'in' | 'out', frames: number): AdProject {
  return withSound(project, end === 'in' ? 'fadeInFrames' : 'fadeOutFrames', clamp(frames, 0, 300));
}

/** Another music, or none: then the embedded synthesiser plays. */
export function setMusic(project: AdProject, music: AssetRef | undefined): AdProject {
  const { music: _, musicTrimFrames: _trim, ...rest } = project.soundtrack;
  return { ...project, soundtrack: { ...rest, ...(music ? { music } : {}) } };
}

/** A voice from a frame on, or none. */
export function setVoice(project: AdProject, voice: AssetRef | undefined, frame = 0): AdProject {
  const { voice: _, voiceStartFrame: _start, voiceTrimFrames: _trim, voiceGainDb: _gain, ...rest } = project.soundtrack;
  const next = { ...project, soundtrack: { ...rest, ...(voice ? { voice } : {}) } };
  return voice ? moveVoice(next, frame) : next;
}

type Optional = 'musicTrimFrames' | 'voiceStartFrame' | 'voiceTrimFrames' | 'voiceGainDb' | 'fadeInFrames' | 'fadeOutFrames';

function withSound(project: AdProject, field: Optional, value: number): AdProject {
  const { [field]: _, ...rest } = project.soundtrack;
  const soundtrack: Soundtrack = value === 0 ? rest : { ...rest, [field]: value };
  return { ...project, soundtrack };
}
