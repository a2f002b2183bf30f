import { deleteMarkers, moveMarker, renameMarker } from '../../editor/marker-edits.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { FramesField, InspectorPage } from './inspector-parts.tsx';
import { selectClips } from './timeline-store.ts';
import { useFps } from './use-fps.ts';

/** Words and place of a marker. */
export function MarkerInspector({ markerId }: { readonly markerId: string }) {
  const { timeline, common } = useStrings();
  const fps = useFps();
  const marker = useProjectSelector((document) => document.markers?.find((candidate) => candidate.id === markerId));
  if (!marker) return null;
  return (
    <InspectorPage title={marker.label || timeline.tracks.markers}>
      <TextField label={timeline.label} value={marker.label} maxLength={80} onChange={(event) => { const label = event.currentTarget.value; editProject('renameMarker', (project) => renameMarker(project, markerId, label), { mergeKey: `marker ${markerId}` }); }} />
      <FramesField label={timeline.atFrame} frames={marker.frame} fps={fps} onChange={(frame) => void editProject('moveMarker', (project) => moveMarker(project, markerId, frame), { mergeKey: `place ${markerId}` })} />
      <Button kind="danger" onClick={() => editProject('deleteMarker', (project) => deleteMarkers(project, [markerId])) && selectClips([])}>{common.delete}</Button>
    </InspectorPage>
  );
}
