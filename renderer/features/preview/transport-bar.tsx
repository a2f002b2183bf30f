/** Time under the picture: where the playhead is, play and steps, sound, and how well it plays. */
import { ChevronFirst, ChevronLast, Pause, Play, Repeat, StepBack, StepForward, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { cx } from '../../ui/cx.ts';
import { toast } from '../../ui/toast.ts';
import { messageOf } from '../../strings/say.ts';
import { useDropped } from './playback-stats.ts';
import { playbackNow, seek, setInFrame, setOutFrame, step, subscribeFrame, togglePlay, usePlaybackSelector } from './playback.ts';
import { setStage, useStageSettings } from './stage-settings.ts';
import { useSound } from './sound-keeper.ts';
import { formatTimecode, parseTimecode } from './timecode.ts';

/** Stands under the picture. */
export function TransportBar() {
  const { preview } = useStrings();
  const { isPlaying, rate, durationFrames, fps, hasLoop } = usePlaybackSelector(({ inFrame, outFrame, ...playback }) => ({ isPlaying: playback.isPlaying, rate: playback.rate, durationFrames: playback.durationFrames, fps: playback.fps, hasLoop: inFrame !== null || outFrame !== null }));
  return (
    <div className="grid h-10 shrink-0 grid-cols-[1fr_auto_1fr] items-center border-t border-line bg-surface px-2">
      <div className="flex items-center gap-1.5 text-xs text-muted tabular-nums">
        <TimecodeField fps={fps} />
        <span aria-hidden>/</span>
        <span aria-label={preview.duration}>{formatTimecode(durationFrames, fps)}</span>
      </div>
      <div className="flex items-center gap-0.5">
        <IconButton label={preview.toStart} shortcut="home" onClick={() => seek(0)}><ChevronFirst aria-hidden className="size-4" /></IconButton>
        <IconButton label={preview.previousFrame} shortcut="left" onClick={() => step(-1)}><StepBack aria-hidden className="size-3.5" /></IconButton>
        <IconButton label={isPlaying ? preview.pause : preview.play} shortcut="space" onClick={togglePlay} className="bg-raised text-text">{isPlaying ? <Pause aria-hidden className="size-4 fill-current" /> : <Play aria-hidden className="size-4 fill-current" />}</IconButton>
        <IconButton label={preview.nextFrame} shortcut="right" onClick={() => step(1)}><StepForward aria-hidden className="size-3.5" /></IconButton>
        <IconButton label={preview.toEnd} shortcut="end" onClick={() => seek(durationFrames - 1)}><ChevronLast aria-hidden className="size-4" /></IconButton>
      </div>
      <div className="flex items-center justify-end gap-2 text-xs text-muted tabular-nums">
        {isPlaying && rate !== 1 && <span className="font-medium text-text">{preview.rate(rate)}</span>}
        <Dropped />
        {hasLoop && <IconButton label={preview.clearLoop} isPressed onClick={clearLoop}><Repeat aria-hidden className="size-4" /></IconButton>}
        <Loudspeaker />
      </div>
    </div>
  );
}

/** A quiet word on how well it plays. */
function Dropped() {
  const { preview } = useStrings();
  const { count } = useDropped();
  if (count === 0) return null;
  return <Tooltip label={preview.dropped(count)} side="top"><span tabIndex={0} role="img" aria-label={preview.dropped(count)} className="flex items-center gap-1"><span aria-hidden className="size-1.5 rounded-full bg-warning" />{count}</span></Tooltip>;
}

function clearLoop(): void {
  setInFrame(null);
  setOutFrame(null);
}

/** Shows the playhead's time without being drawn for every frame, and takes one that is typed. */
function TimecodeField({ fps }: { readonly fps: number }) {
  const { preview } = useStrings();
  const field = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const show = (): void => {
    if (field.current) field.current.value = formatTimecode(playbackNow().frame, fps);
  };
  useEffect(() => {
    show();
    return subscribeFrame(() => document.activeElement !== field.current && show());
  });
  const take = (): void => {
    const frame = parseTimecode(field.current?.value ?? '', fps, playbackNow().frame);
    setWrong(frame === undefined);
    if (frame === undefined) return toast.info(preview.badTimecode);
    seek(frame);
    show();
  };
  return (
    <input
      ref={field} type="text" inputMode="numeric" aria-label={preview.timecode} aria-invalid={isWrong || undefined} spellCheck={false} maxLength={12}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => { setWrong(false); show(); }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') event.currentTarget.blur();
        else setWrong(false);
      }}
      className={cx('h-7 w-[74px] rounded-md border bg-field px-2 text-center text-[13px] font-medium text-text tabular-nums hover:border-line-strong', isWrong ? 'border-danger' : 'border-line')}
    />
  );
}

function Loudspeaker() {
  const { preview, common } = useStrings();
  const { volume, isMuted } = useStageSettings();
  const { state, error } = useSound();
  const hint = state === 'failed' ? preview.soundFailed(messageOf(error)) : state === 'updating' ? preview.soundUpdating : undefined;
  return (
    <div className="flex items-center gap-1">
      <IconButton label={hint ?? (isMuted ? preview.unmute : preview.mute)} onClick={() => setStage({ isMuted: !isMuted })} className={cx(state === 'updating' && 'opacity-60', state === 'failed' && 'text-warning')}>{isMuted || volume === 0 ? <VolumeX aria-hidden className="size-4" /> : <Volume2 aria-hidden className="size-4" />}</IconButton>
      <input type="range" min={0} max={1} step={0.05} value={isMuted ? 0 : volume} aria-label={preview.volume} aria-valuetext={common.percent(isMuted ? 0 : volume)} onChange={(event) => setStage({ volume: Number(event.currentTarget.value), isMuted: false })} className="h-1 w-20 accent-accent" />
    </div>
  );
}
