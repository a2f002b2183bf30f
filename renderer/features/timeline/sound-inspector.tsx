import type { AdProject } from '#core/project/schema.ts';
import { moveVoice, setFade, setGain, setMusic, setVoice, trimMusic, trimVoice } from '../../editor/sound-edits.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Slider } from '../../ui/controls.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import type { EditLabel } from '../project/project-store.ts';
import { FramesField, InspectorPage } from './inspector-parts.tsx';
import { pickSound } from './sound-import.ts';
import { selectClips } from './timeline-store.ts';
import { useFps } from './use-fps.ts';

const MAX_FADE_FRAMES = 300;

function change(label: EditLabel, mergeKey: string, edit: (project: AdProject) => AdProject): void {
  editProject(label, edit, { mergeKey: `sound ${mergeKey}` });
}

/** Volume, fades and beginning of the music. */
export function MusicInspector() {
  const { timeline, common } = useStrings();
  const fps = useFps();
  const { music, mood, musicGainDb, musicTrimFrames = 0, fadeInFrames = 0, fadeOutFrames = 0, voice, duckingDb } = useProjectSelector((document) => document.soundtrack);
  const seconds = (frames: number): string => common.seconds(frames / fps);
  return (
    <InspectorPage title={music?.name ?? `${timeline.tracks.music}: ${timeline.moods[mood]}`}>
      <p className="-mt-3 text-xs text-muted">{music ? timeline.ownMusic : timeline.embeddedMusic}</p>
      <Slider label={timeline.gain} value={musicGainDb} min={-36} max={12} step={0.5} format={timeline.decibel} onChange={(value) => change('gain', 'music gain', (project) => setGain(project, 'music', value))} />
      <Slider label={timeline.fadeIn} value={fadeInFrames} min={0} max={MAX_FADE_FRAMES} step={1} format={seconds} onChange={(value) => change('fade', 'fade in', (project) => setFade(project, 'in', value))} />
      <Slider label={timeline.fadeOut} value={fadeOutFrames} min={0} max={MAX_FADE_FRAMES} step={1} format={seconds} onChange={(value) => change('fade', 'fade out', (project) => setFade(project, 'out', value))} />
      {voice && <Slider label={timeline.ducking} value={duckingDb} min={0} max={30} step={0.5} format={(value) => timeline.decibel(-value)} onChange={(value) => change('gain', 'ducking', (project) => ({ ...project, soundtrack: { ...project.soundtrack, duckingDb: value } }))} />}
      <FramesField label={timeline.leftOut} frames={musicTrimFrames} fps={fps} onChange={(frames) => change('trimMusic', 'music trim', (project) => trimMusic(project, frames))} />
      <div className="flex gap-2">
        <Button onClick={() => pickSound('music')}>{music ? timeline.replaceMusic : timeline.addMusic}</Button>
        {music && <Button kind="quiet" onClick={() => editProject('music', (project) => setMusic(project, undefined))}>{timeline.removeMusic}</Button>}
      </div>
    </InspectorPage>
  );
}

/** Volume and place of the voice. */
export function VoiceInspector() {
  const { timeline } = useStrings();
  const fps = useFps();
  const { voice, voiceStartFrame = 0, voiceTrimFrames = 0, voiceGainDb = 0 } = useProjectSelector((document) => document.soundtrack);
  if (!voice) return null;
  return (
    <InspectorPage title={voice.name}>
      <Slider label={timeline.gain} value={voiceGainDb} min={-36} max={12} step={0.5} format={timeline.decibel} onChange={(value) => change('gain', 'voice gain', (project) => setGain(project, 'voice', value))} />
      <div className="grid grid-cols-2 items-end gap-3">
        <FramesField label={timeline.startsAt} frames={voiceStartFrame} fps={fps} onChange={(frame) => change('moveVoice', 'voice start', (project) => moveVoice(project, frame))} />
        <FramesField label={timeline.leftOut} frames={voiceTrimFrames} fps={fps} onChange={(frames) => change('trimVoice', 'voice trim', (project) => trimVoice(project, frames - voiceTrimFrames))} />
      </div>
      <div className="flex gap-2">
        <Button onClick={() => pickSound('voice')}>{timeline.replaceVoice}</Button>
        <Button kind="quiet" onClick={() => editProject('voice', (project) => setVoice(project, undefined)) && selectClips([])}>{timeline.removeVoice}</Button>
      </div>
    </InspectorPage>
  );
}
