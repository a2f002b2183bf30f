import type { Marker } from '#core/project/schema.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { formatTimecode } from '../preview/timecode.ts';
import { useProjectSelector } from '../project/project-store.ts';
import { clipRef, PLACE } from './clip-elements.ts';
import { MARKERS_PX } from './metrics.ts';
import { useIsSelected } from './timeline-store.ts';
import { useFps } from './use-fps.ts';

const NONE: readonly Marker[] = [];

/** Named frames, under the ruler. */
export function MarkersLane() {
  const { timeline } = useStrings();
  const markers = useProjectSelector((document) => document.markers ?? NONE);
  return (
    <div role="group" aria-label={timeline.tracks.markers} data-tracks className="relative overflow-hidden border-b border-line" style={{ height: MARKERS_PX }}>
      {markers.map((marker) => <MarkerFlag key={marker.id} marker={marker} />)}
    </div>
  );
}

function MarkerFlag({ marker }: { readonly marker: Marker }) {
  const { timeline } = useStrings();
  const key = keyOf.marker(marker.id);
  const isSelected = useIsSelected(key);
  const fps = useFps();
  return (
    <div ref={clipRef(key)} data-clip={key} role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={timeline.markerClip(marker.label, formatTimecode(marker.frame, fps))} title={marker.label} className="absolute top-px left-0 flex h-4 max-w-40 items-center" style={{ '--s': marker.frame, transform: PLACE }}>
      <span className={cx('flex h-full items-center truncate rounded-r border-l-2 px-1.5 text-[11px] leading-none', isSelected ? 'border-accent bg-accent text-on-accent' : 'border-focus bg-raised text-text')}>{marker.label || '·'}</span>
    </div>
  );
}
