/** One scene with everything that is in it, carried along as one box: its clip, its product's keyframes, its captions, the transition into it. */
import { Lock } from 'lucide-react';
import { memo } from 'react';
import type { Ratio } from '#core/project/ratio.ts';
import type { Caption, Scene } from '#core/project/schema.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { isSameTarget } from '../preview/canvas/canvas-items.ts';
import { useCanvasSelection } from '../preview/canvas/canvas-selection.ts';
import { formatTimecode } from '../preview/timecode.ts';
import { useProjectSelector } from '../project/project-store.ts';
import { clipFace, EDGE, NARROW_PX } from './clip-face.ts';
import { barRef, clipRef, columnRef, LEFT, PLACE, WIDTH } from './clip-elements.ts';
import { CAPTION_ROW_PX, PRODUCT_PX, rowsOf, SCENE_PX } from './metrics.ts';
import type { TrackTops } from './metrics.ts';
import { SceneStrip } from './scene-strip.tsx';
import { useIsSelected, useTimeline } from './timeline-store.ts';
import { TransitionHandle } from './transition-handle.tsx';
import { useFps } from './use-fps.ts';
import { useSettledZoom } from './use-settled-zoom.ts';

interface SceneColumnProps {
  readonly scene: Scene;
  /** The scene before, for the transition out of it. */
  readonly previous: Scene | undefined;
  readonly index: number;
  readonly startFrame: number;
  /** Frames shared with the scenes before and after: the clip is drawn to the middle of each. */
  readonly overlapIn: number;
  readonly overlapOut: number;
  readonly tops: TrackTops;
  readonly ratio: Ratio;
}

/** From the middle of the transition before to the middle of the one after, with a hair between neighbours. */
const BODY = { left: 'calc(var(--in) * var(--px) / 2 + 0.5px)', right: 'calc(var(--out) * var(--px) / 2 + 0.5px)' } as const;

/** Words in a scene that is shorter would be cut off after a letter or two. */
const SHORT_PX = 64;

interface Overlaps {
  readonly '--in': number;
  readonly '--out': number;
}

/** A scene's column. Drawn again only when the scene itself or its place changes. */
export const SceneColumn = memo(function SceneColumn({ scene, previous, index, startFrame, overlapIn, overlapOut, tops, ratio }: SceneColumnProps) {
  const { timeline } = useStrings();
  const zoom = useSettledZoom();
  const rows = rowsOf(scene);
  const isShort = scene.durationFrames * zoom < SHORT_PX;
  const overlaps = { '--in': overlapIn, '--out': overlapOut };
  return (
    <div ref={columnRef(scene.id)} role="group" aria-label={timeline.scene(index + 1)} className="pointer-events-none absolute top-0 left-0 h-full" style={{ '--s': startFrame, '--d': scene.durationFrames, transform: PLACE, width: WIDTH }}>
      <SceneClip scene={scene} index={index} startFrame={startFrame} top={tops.scenes} ratio={ratio} overlaps={overlaps} isShort={isShort} isNarrow={scene.durationFrames * zoom < NARROW_PX} />
      <ProductBar scene={scene} startFrame={startFrame} top={tops.product} ratio={ratio} overlaps={overlaps} isShort={isShort} />
      {scene.captions.map((caption, at) => <CaptionClip key={caption.id} sceneId={scene.id} caption={caption} sceneStart={startFrame} top={tops.captions + (rows[at] ?? 0) * CAPTION_ROW_PX} isNarrow={(caption.endFrame - caption.startFrame) * zoom < NARROW_PX} />)}
      {previous && <TransitionHandle from={previous} number={index} frames={overlapIn} top={tops.scenes} />}
    </div>
  );
});

function SceneClip({ scene, index, startFrame, top, ratio, overlaps, isShort, isNarrow }: { readonly scene: Scene; readonly index: number; readonly startFrame: number; readonly top: number; readonly ratio: Ratio; readonly overlaps: Overlaps; readonly isShort: boolean; readonly isNarrow: boolean }) {
  const { timeline, common } = useStrings();
  const key = keyOf.scene(scene.id);
  const isSelected = useIsSelected(key);
  const tool = useTimeline((state) => state.tool);
  const fps = useFps();
  const name = scene.name ?? timeline.purposes[scene.purpose];
  const isLocked = scene.isLocked === true;
  return (
    <div
      ref={clipRef(key)} data-clip={key} role="button" tabIndex={-1} aria-pressed={isSelected}
      aria-label={`${timeline.sceneClip(index + 1, name, common.seconds(scene.durationFrames / fps), formatTimecode(startFrame, fps))}${isLocked ? `, ${timeline.locked}` : ''}`}
      className={cx(clipFace('scene', isSelected), tool === 'razor' ? 'cursor-crosshair' : tool === 'slip' ? 'cursor-grab' : '')} style={{ top, height: SCENE_PX, ...overlaps, ...BODY }}
    >
      <SceneStrip startFrame={startFrame} durationFrames={scene.durationFrames} ratio={ratio} />
      <div className="absolute inset-x-0 top-0 flex h-4 items-center gap-1 bg-[color-mix(in_oklab,var(--track-scene)_38%,var(--surface))] px-2 text-[11px] leading-none">
        <span className="shrink-0 font-semibold tabular-nums">{index + 1}</span>{' '}
        {!isShort && <span className="truncate">{name}</span>}
        {isLocked && <Lock aria-hidden className="ml-auto size-2.5 shrink-0" />}
      </div>
      {tool === 'select' && !isLocked && !isNarrow && <><div data-edge="start" className={cx(EDGE, 'left-0')} /><div data-edge="end" className={cx(EDGE, 'right-0')} /></>}
    </div>
  );
}

function ProductBar({ scene, startFrame, top, ratio, overlaps, isShort }: { readonly scene: Scene; readonly startFrame: number; readonly top: number; readonly ratio: Ratio; readonly overlaps: Overlaps; readonly isShort: boolean }) {
  const { timeline } = useStrings();
  const { placement } = scene;
  const name = useProjectSelector((document) => document.products.find((product) => product.id === placement?.productId)?.name ?? '');
  const isSelected = isSameTarget(useCanvasSelection(), { kind: 'product', sceneId: scene.id });
  if (!placement || placement.intent === 'absent') return null;
  const keys = (placement.keyframes[ratio] ?? []).filter((key) => key.frame < scene.durationFrames);
  const words = [name, keys.length === 0 ? timeline.automatic : ''].filter((word) => word !== '').join(' · ');
  return (
    <div className="absolute inset-x-0" style={{ top, height: PRODUCT_PX }}>
      <div ref={barRef(scene.id)} data-product={scene.id} role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={`${timeline.tracks.product}: ${words}`} className="pointer-events-auto absolute inset-y-0 flex items-center" style={{ ...overlaps, ...BODY }}>
        <div className={cx('absolute inset-x-0.5 top-1/2 h-[3px] -translate-y-1/2 rounded-full', isSelected ? 'bg-accent' : 'bg-[color-mix(in_oklab,var(--track-product)_50%,var(--surface))]')} />
        {keys.length === 0 && !isShort && <span className={cx('relative ml-2 max-w-[calc(100%-1rem)] truncate bg-sunken px-1 text-[11px]', isSelected ? 'text-text' : 'text-muted')}>{words}</span>}
      </div>
      {keys.map((key) => <Keyframe key={key.frame} sceneId={scene.id} ratio={ratio} frame={key.frame} startFrame={startFrame} />)}
    </div>
  );
}

function Keyframe({ sceneId, ratio, frame, startFrame }: { readonly sceneId: string; readonly ratio: Ratio; readonly frame: number; readonly startFrame: number }) {
  const { timeline } = useStrings();
  const key = keyOf.keyframe(sceneId, ratio, frame);
  const isSelected = useIsSelected(key);
  const fps = useFps();
  return (
    <div ref={clipRef(key)} data-clip={key} role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={timeline.keyframeClip(formatTimecode(startFrame + frame, fps))} className="pointer-events-auto absolute top-0 -ml-2 flex h-full w-4 items-center justify-center" style={{ '--s': frame, left: LEFT }}>
      <span aria-hidden className={cx('block size-[9px] rotate-45 rounded-[2px] border', isSelected ? 'border-text bg-accent' : 'border-surface bg-track-product')} />
    </div>
  );
}

function CaptionClip({ sceneId, caption, sceneStart, top, isNarrow }: { readonly sceneId: string; readonly caption: Caption; readonly sceneStart: number; readonly top: number; readonly isNarrow: boolean }) {
  const { timeline, common } = useStrings();
  const key = keyOf.caption(sceneId, caption.id);
  const isSelected = useIsSelected(key);
  const fps = useFps();
  const frames = caption.endFrame - caption.startFrame;
  const text = caption.text.trim() || timeline.emptyCaption;
  return (
    <div
      ref={clipRef(key)} data-clip={key} role="button" tabIndex={-1} aria-pressed={isSelected} title={caption.text}
      aria-label={timeline.captionClip(text, common.seconds(frames / fps), formatTimecode(sceneStart + caption.startFrame, fps))}
      className={clipFace('caption', isSelected)} style={{ '--s': caption.startFrame, '--d': frames, top, height: CAPTION_ROW_PX - 2, left: LEFT, width: WIDTH }}
    >
      {!isNarrow && <><span className="block truncate px-2 text-[11px] leading-[18px]">{text}</span><div data-edge="start" className={cx(EDGE, 'left-0')} /><div data-edge="end" className={cx(EDGE, 'right-0')} /></>}
    </div>
  );
}
