/** Right of the picture: what is selected, in figures and words. What stands on the canvas has an inspector of its own. */
import { parseClipKey } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { CanvasInspector } from '../preview/canvas-inspector.tsx';
import { useCanvasSelection } from '../preview/canvas/canvas-selection.ts';
import { useProjectSelector } from '../project/project-store.ts';
import { MarkerInspector } from './marker-inspector.tsx';
import { SceneInspector } from './scene-inspector.tsx';
import { MusicInspector, VoiceInspector } from './sound-inspector.tsx';
import { useTimeline } from './timeline-store.ts';
import { TransitionInspector } from './transition-inspector.tsx';
import { useFps } from './use-fps.ts';

/** The inspector. */
export function ClipInspector() {
  const { timeline } = useStrings();
  const keys = useTimeline((state) => state.selection.keys);
  const onCanvas = useCanvasSelection();
  const clip = keys.length === 1 ? parseClipKey(keys[0] ?? '') : undefined;
  if (keys.length > 1) return <Note title={timeline.several(keys.length)} text={timeline.severalText} />;
  switch (clip?.kind) {
    case 'scene':
      return <SceneInspector key={clip.sceneId} sceneId={clip.sceneId} />;
    case 'transition':
      return <TransitionInspector key={clip.sceneId} sceneId={clip.sceneId} />;
    case 'marker':
      return <MarkerInspector key={clip.markerId} markerId={clip.markerId} />;
    case 'music':
      return <MusicInspector />;
    case 'voice':
      return <VoiceInspector />;
    case 'caption':
    case 'keyframe':
      return <CanvasInspector />;
    case undefined:
      return onCanvas ? <CanvasInspector /> : <FilmNote />;
  }
}

function FilmNote() {
  const { timeline, common } = useStrings();
  const fps = useFps();
  const durationFrames = useProjectSelector((document) => document.durationFrames);
  const scenes = useProjectSelector((document) => document.scenes.length);
  return <Note title={timeline.filmText(common.seconds(durationFrames / fps), scenes)} text={timeline.nothingSelected} />;
}

function Note({ title, text }: { readonly title: string; readonly text: string }) {
  return <div className="p-4"><h2 className="mb-1 font-semibold">{title}</h2><p className="text-muted">{text}</p></div>;
}
