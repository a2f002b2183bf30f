/** Above the tracks: tools, switches, what can be added, zoom. */
import { Blend, Captions, Magnet, MapPin, Mic, MousePointer2, MoveHorizontal, Music, Plus, Scissors, SquareSplitHorizontal, Maximize2, UnfoldHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import { Slider as SliderPrimitive } from 'radix-ui';
import { sliderToZoom, zoomToSlider } from '../../editor/geometry.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segments } from '../../ui/controls.tsx';
import { pickSound } from './sound-import.ts';
import * as act from './timeline-actions.ts';
import { setTimeline, useTimeline } from './timeline-store.ts';
import { TransitionList } from './transition-list.tsx';
import { fit, zoom, zoomBy } from './viewport.ts';

const ICON = 'size-4';

/** The toolbar. */
export function TimelineToolbar() {
  const { timeline } = useStrings();
  const { tool, isSnapping, isRippling } = { tool: useTimeline((state) => state.tool), isSnapping: useTimeline((state) => state.isSnapping), isRippling: useTimeline((state) => state.isRippling) };
  return (
    <div role="toolbar" aria-label={timeline.title} className="flex h-10 shrink-0 items-center gap-1 border-y border-line bg-surface px-2">
      <Segments label={timeline.tools.label} value={tool} onChange={(next) => setTimeline({ tool: next })} options={[
        { value: 'select', label: timeline.tools.select, icon: <MousePointer2 aria-hidden className="size-3.5" /> },
        { value: 'razor', label: timeline.tools.razor, icon: <Scissors aria-hidden className="size-3.5" /> },
        { value: 'slip', label: timeline.tools.slip, icon: <MoveHorizontal aria-hidden className="size-3.5" /> },
      ]} />
      <Rule />
      <IconButton label={timeline.snap} shortcut="n" isPressed={isSnapping} onClick={() => setTimeline({ isSnapping: !isSnapping })}><Magnet aria-hidden className={ICON} /></IconButton>
      <IconButton label={isRippling ? timeline.ripple : timeline.rippleOff} shortcut="shift+n" isPressed={isRippling} onClick={() => setTimeline({ isRippling: !isRippling })}><UnfoldHorizontal aria-hidden className={ICON} /></IconButton>
      <Rule />
      <IconButton label={timeline.split} shortcut="s" onClick={act.split}><SquareSplitHorizontal aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.addMarker} shortcut="m" onClick={act.mark}><MapPin aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.addScene} onClick={act.addScene}><Plus aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.addCaption} shortcut="t" onClick={act.writeCaption}><Captions aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.addMusic} onClick={() => pickSound('music')}><Music aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.addVoice} onClick={() => pickSound('voice')}><Mic aria-hidden className={ICON} /></IconButton>
      <TransitionList><button type="button" className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-xs text-muted hover:bg-raised hover:text-text"><Blend aria-hidden className={ICON} />{timeline.transitions}</button></TransitionList>
      <div className="flex-1" />
      <ZoomControls />
    </div>
  );
}

function ZoomControls() {
  const { timeline, common } = useStrings();
  const pxPerFrame = useTimeline((state) => state.pxPerFrame);
  const isFitted = useTimeline((state) => state.isFitted);
  const value = zoomToSlider(pxPerFrame);
  return (
    <div className="flex items-center gap-1">
      <IconButton label={timeline.zoomOut} shortcut="-" onClick={() => zoomBy(1 / 1.3)}><ZoomOut aria-hidden className={ICON} /></IconButton>
      <SliderPrimitive.Root value={[value]} min={0} max={1} step={0.001} onValueChange={([next]) => next !== undefined && zoom(sliderToZoom(next))} className="relative flex h-5 w-28 items-center select-none">
        <SliderPrimitive.Track className="relative h-1 flex-1 rounded-full bg-line"><SliderPrimitive.Range className="absolute h-full rounded-full bg-line-strong" /></SliderPrimitive.Track>
        <SliderPrimitive.Thumb aria-label={timeline.zoom} aria-valuetext={common.percent(value)} className="block size-3 rounded-full border-2 border-line-strong bg-surface" />
      </SliderPrimitive.Root>
      <IconButton label={timeline.zoomIn} shortcut="+" onClick={() => zoomBy(1.3)}><ZoomIn aria-hidden className={ICON} /></IconButton>
      <IconButton label={timeline.fit} shortcut="shift+z" isPressed={isFitted} onClick={fit}><Maximize2 aria-hidden className={ICON} /></IconButton>
    </div>
  );
}

function Rule() {
  return <span aria-hidden className="mx-1 h-5 w-px bg-line" />;
}
