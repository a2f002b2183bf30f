/** The editor: the picture, what is selected, and the timeline under both. */
import { useEffect } from 'react';
import { useStrings } from '../../strings/index.ts';
import { PreviewStage } from '../preview/preview-stage.tsx';
import { pause } from '../preview/playback.ts';
import { ClipInspector } from './clip-inspector.tsx';
import { useFollowedSelection } from './follow-selection.ts';
import { Resizer, useKeptSize } from './resizable.tsx';
import { useSoundDrop } from './sound-drop.ts';
import { useTimelineCommands } from './timeline-commands.ts';
import { selectClips } from './timeline-store.ts';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { TrackLayout } from './track-layout.tsx';

/** The timeline view of a project. */
export default function TimelineView({ projectId }: { readonly projectId: string }) {
  const { timeline } = useStrings();
  const [tracksPx, setTracksPx] = useKeptSize('adgen-timeline-height', 340);
  const [inspectorPx, setInspectorPx] = useKeptSize('adgen-inspector-width', 288);
  const drop = useSoundDrop();
  useTimelineCommands();
  useFollowedSelection();
  useEffect(() => {
    selectClips([]);
    return pause;
  }, [projectId]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1"><PreviewStage /></div>
        <Resizer label={timeline.resizeInspector} orientation="vertical" value={inspectorPx} min={220} max={480} onChange={setInspectorPx} />
        <aside aria-label={timeline.inspector} className="shrink-0 overflow-y-auto bg-surface" style={{ width: inspectorPx }}><ClipInspector /></aside>
      </div>
      <Resizer label={timeline.resizeTimeline} orientation="horizontal" value={tracksPx} min={200} max={560} onChange={setTracksPx} />
      <section aria-label={timeline.title} className="flex min-h-0 shrink-0 flex-col" style={{ height: `min(${tracksPx}px, 62vh)` }} {...drop}>
        <TimelineToolbar />
        <TrackLayout />
      </section>
    </div>
  );
}
