/**
 * The film at the playhead, in one ratio or in all, with the means to look at it closely, to play it and to take hold of what is in it. Fills its
 * parent. Keys of time (space, J K L …) belong to the screen that shows it.
 */
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { RATIOS } from '#core/project/ratio.ts';
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { toast } from '../../ui/toast.ts';
import { useProjectId, useProjectSelector } from '../project/project-store.ts';
import { selectOnCanvas } from './canvas/canvas-selection.ts';
import { FilmView } from './film-view.tsx';
import { fitZoom, STAGE_GAP, STAGE_PADDING } from './fit-zoom.ts';
import { subscribeFailures } from './painter-client.ts';
import type { Painted } from './painter-client.ts';
import { PlaybackStats, useDropped } from './playback-stats.ts';
import { usePlaybackSelector } from './playback.ts';
import { setVolume } from './sound-player.ts';
import { setStage, useStageSettings } from './stage-settings.ts';
import { StageToolbar } from './stage-toolbar.tsx';
import { TransportBar } from './transport-bar.tsx';
import { useElementSize } from './use-element-size.ts';

/** Wheel clicks with the modifier held change the size by this. */
const WHEEL_STEP = 1.1;

/** The stage. */
export function PreviewStage() {
  const { preview } = useStrings();
  const root = useRef<HTMLElement>(null);
  const { isFullscreen, toggle } = useFullscreen();
  const note = usePlaybackStats(root);
  useStageCommands(toggle);
  useOwnRatio();
  useEffect(() => subscribeFailures((message) => toast.error(message)), []);
  const volume = useStageSettings((settings) => (settings.isMuted ? 0 : settings.volume));
  useEffect(() => setVolume(volume), [volume]);
  return (
    <section ref={root} aria-label={preview.stage} className={cx('flex min-h-0 min-w-0 flex-col bg-canvas', isFullscreen ? 'fixed inset-0 z-30' : 'size-full')}>
      <StageToolbar isFullscreen={isFullscreen} onFullscreen={toggle} />
      <StageRoom onPainted={note} />
      <TransportBar />
    </section>
  );
}

/** Another project may deliver other ratios than the one that was looked at last; any can still be chosen. */
function useOwnRatio(): void {
  const projectId = useProjectId();
  const first = useProjectSelector((document) => {
    const { ratio } = useStageSettings.getState();
    return document.renditions.some((rendition) => rendition.ratio === ratio) ? ratio : (document.renditions[0]?.ratio ?? ratio);
  });
  const wanted = useRef(first);
  wanted.current = first;
  useEffect(() => setStage({ ratio: wanted.current }), [projectId]);
}

function StageRoom({ onPainted }: { onPainted(painted: Painted, rate: number): void }) {
  const room = useRef<HTMLDivElement>(null);
  const size = useElementSize(room);
  const ratio = useStageSettings((settings) => settings.ratio);
  const isSplit = useStageSettings((settings) => settings.isSplit);
  const choice = useStageSettings((settings) => settings.zoom);
  const ratios = isSplit ? RATIOS : [ratio];
  const zoom = choice === 'fit' ? fitZoom(ratios, size) : choice;

  useEffect(() => {
    const own = room.current;
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setStage({ zoom: Math.min(8, Math.max(0.05, zoom * WHEEL_STEP ** -Math.sign(event.deltaY))) });
    };
    own?.addEventListener('wheel', wheel, { passive: false }); // React listens passively, and the page itself must not be scaled
    return () => own?.removeEventListener('wheel', wheel);
  }, [zoom]);

  return (
    <div ref={room} className="relative min-h-0 flex-1 overflow-auto" onPointerDown={(event) => event.target === event.currentTarget && selectOnCanvas(null)}>
      {size.width > 0 && (
        <div className="pointer-events-none flex min-h-full w-max min-w-full items-center justify-center" style={{ padding: STAGE_PADDING, gap: STAGE_GAP }}>
          {ratios.map((one) => <div key={one} className="pointer-events-auto"><FilmView ratio={one} zoom={zoom} isNamed={isSplit} onPainted={onPainted} /></div>)}
        </div>
      )}
    </div>
  );
}

function useStageCommands(toggleFullscreen: () => void): void {
  const { preview } = useStrings();
  const { group } = preview;
  const settings = useStageSettings();
  const next = RATIOS[(RATIOS.indexOf(settings.ratio) + 1) % RATIOS.length] ?? settings.ratio;
  useCommands([
    { id: 'preview.fullscreen', label: preview.fullscreen, group, keys: ['f'], run: toggleFullscreen },
    { id: 'preview.nextRatio', label: preview.nextRatio, group, keys: ['r'], run: () => setStage({ ratio: next, isSplit: false }) },
    { id: 'preview.allRatios', label: preview.allRatios, group, keys: ['shift+r'], run: () => setStage({ isSplit: !settings.isSplit }) },
    { id: 'preview.zone', label: preview.toggleZone, group, keys: ['g'], run: () => setStage({ zone: settings.zone === 'off' ? 'usual' : 'off' }) },
    { id: 'preview.thirds', label: preview.toggleThirds, group, keys: ['shift+g'], run: () => setStage({ hasThirds: !settings.hasThirds }) },
    { id: 'preview.fit', label: `${preview.zoom}: ${preview.zoomFit}`, group, keys: ['shift+1'], run: () => setStage({ zoom: 'fit' }) },
    { id: 'preview.mute', label: settings.isMuted ? preview.unmute : preview.mute, group, keys: ['shift+m'], run: () => setStage({ isMuted: !settings.isMuted }) },
  ]);
}

// The whole page goes full screen and the stage covers it: were it the stage alone, no list, tooltip or message could be seen.
function useFullscreen() {
  const [isFullscreen, setFullscreen] = useState(false);
  useEffect(() => {
    const follow = (): void => setFullscreen(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', follow);
    return () => {
      document.removeEventListener('fullscreenchange', follow);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  const toggle = (): void => {
    const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    change.catch(() => undefined); // the browser refuses it outside of a click; nothing is lost
  };
  return { isFullscreen, toggle };
}

/** Counts shown and left-out frames since playing began; the totals stand on the element for whoever measures. */
function usePlaybackStats(root: RefObject<HTMLElement | null>) {
  const stats = useRef(new PlaybackStats());
  const isPlaying = usePlaybackSelector((playback) => playback.isPlaying);
  useEffect(() => {
    if (!isPlaying) return;
    stats.current = new PlaybackStats();
    useDropped.setState({ count: 0 });
    const timer = setInterval(() => useDropped.setState({ count: stats.current.dropped }), TELL_MS);
    return () => {
      clearInterval(timer);
      useDropped.setState({ count: stats.current.dropped });
    };
  }, [isPlaying]);
  return ({ frame }: Painted, rate: number): void => {
    stats.current.note(frame, rate);
    if (root.current) Object.assign(root.current.dataset, { shown: String(stats.current.shown), dropped: String(stats.current.dropped) });
  };
}

/** Telling it more often would itself cost frames. */
const TELL_MS = 500;
