import { useStrings } from '../../strings/index.ts';
import { CurrentTime } from './current-time.tsx';
import { CAPTION_ROW_PX, HEADER_PX, MARKERS_PX, MUSIC_PX, PRODUCT_PX, RULER_PX, SCENE_PX, VOICE_PX } from './metrics.ts';
import type { TrackTops } from './metrics.ts';

/** Names of the tracks; they stay while the tracks scroll. */
export function TrackHeaders({ tops }: { readonly tops: TrackTops }) {
  const { timeline } = useStrings();
  const rows = [
    { name: timeline.tracks.scenes, top: tops.scenes, height: SCENE_PX, color: 'bg-track-scene' },
    { name: timeline.tracks.product, top: tops.product, height: PRODUCT_PX, color: 'bg-track-product' },
    { name: timeline.tracks.captions, top: tops.captions, height: tops.captionRows * CAPTION_ROW_PX - 2, color: 'bg-track-caption' },
    { name: timeline.tracks.music, top: tops.music, height: MUSIC_PX, color: 'bg-track-music' },
    { name: timeline.tracks.voice, top: tops.voice, height: VOICE_PX, color: 'bg-track-voice' },
  ];
  return (
    <div data-no-drag className="sticky left-0 z-20 shrink-0 border-r border-line bg-surface text-xs" style={{ width: HEADER_PX }}>
      <div className="sticky top-0 z-10 flex items-center border-b border-line bg-surface px-3" style={{ height: RULER_PX }}><CurrentTime /></div>
      <div className="flex items-center border-b border-line px-3 text-[11px] text-muted" style={{ height: MARKERS_PX }}>{timeline.tracks.markers}</div>
      <div className="relative" style={{ height: tops.height }}>
        {rows.map((row) => (
          <div key={row.name} className="absolute inset-x-0 flex items-center gap-2 px-3" style={{ top: row.top, height: row.height }}>
            <span aria-hidden className={`h-full max-h-6 w-[3px] rounded-full ${row.color}`} />
            <span className="truncate text-muted">{row.name}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
