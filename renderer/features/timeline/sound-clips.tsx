/** Music and voice: their waveforms, fades and where the voice begins. */
import { useQuery } from '@tanstack/react-query';
import { Mic } from 'lucide-react';
import type { ReactNode } from 'react';
import { engine } from '../../api/connection.ts';
import { frameToX, xToFrame } from '../../editor/geometry.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { formatTimecode } from '../preview/timecode.ts';
import { flushProject, useProjectId, useProjectSelector } from '../project/project-store.ts';
import { clipFace, EDGE } from './clip-face.ts';
import { clipRef, PLACE, WIDTH } from './clip-elements.ts';
import { useShownSoundtrack } from './draft-elsewhere.ts';
import { MUSIC_PX, VOICE_PX } from './metrics.ts';
import { pickSound } from './sound-import.ts';
import { useIsSelected } from './timeline-store.ts';
import { useDrawing } from './use-drawing.ts';
import { useFps } from './use-fps.ts';
import { fadeAt, peakBetween, secondAt } from './waveform.ts';
import type { SoundPlace } from './waveform.ts';

/** Of what takes a file that is held over it. */
const TAKES_DROP = 'data-[over]:outline-2 data-[over]:outline-focus data-[over]:outline-dashed data-[over]:-outline-offset-2';

interface TrackProps {
  readonly top: number;
  readonly durationFrames: number;
}

/** The music bed under the whole film. */
export function MusicClip({ top, durationFrames }: TrackProps) {
  const { timeline } = useStrings();
  const key = keyOf.music();
  const isSelected = useIsSelected(key);
  const soundtrack = useShownSoundtrack();
  const fps = useFps();
  const { musicTrimFrames = 0, fadeInFrames = 0, fadeOutFrames = 0 } = soundtrack;
  const hash = useMusicHash();
  const label = soundtrack.music?.name ?? `${timeline.moods[soundtrack.mood]} · ${Math.round(soundtrack.tempoBpm)} BPM`;
  return (
    <div ref={clipRef(key)} data-clip={key} data-sound="music" role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={`${timeline.musicClip}: ${label}`} className={cx(clipFace('music', isSelected), TAKES_DROP, 'left-0')} style={{ '--d': durationFrames, top, height: MUSIC_PX, width: WIDTH }}>
      <Waveform hash={hash} height={MUSIC_PX - 2} className="text-track-music" place={{ startFrame: 0, endFrame: durationFrames, trimSeconds: musicTrimFrames / fps, fps }} fadeInFrames={fadeInFrames} fadeOutFrames={fadeOutFrames} />
      <ClipLabel>{label}</ClipLabel>
      <FadeHandle edge="fadeIn" frames={fadeInFrames} label={timeline.fadeIn} />
      <FadeHandle edge="fadeOut" frames={fadeOutFrames} label={timeline.fadeOut} />
    </div>
  );
}

/** The voice, when there is one. */
export function VoiceClip({ top, durationFrames }: TrackProps) {
  const { timeline } = useStrings();
  const key = keyOf.voice();
  const isSelected = useIsSelected(key);
  const { voice, voiceStartFrame = 0, voiceTrimFrames = 0 } = useShownSoundtrack();
  const fps = useFps();
  const sound = useWaveform(voice?.hash);
  if (!voice) return <NoVoice top={top} />;
  const heardFrames = sound.data ? Math.max(1, Math.round(sound.data.durationSeconds * fps) - voiceTrimFrames) : durationFrames - voiceStartFrame;
  const frames = Math.max(1, Math.min(heardFrames, durationFrames - voiceStartFrame));
  return (
    <div ref={clipRef(key)} data-clip={key} data-sound="voice" role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={`${timeline.voiceClip(formatTimecode(voiceStartFrame, fps))}: ${voice.name}`} className={cx(clipFace('voice', isSelected), TAKES_DROP, 'left-0')} style={{ '--s': voiceStartFrame, top, height: VOICE_PX, transform: PLACE, width: `calc(${frames} * var(--px))` }}>
      <Waveform hash={voice.hash} height={VOICE_PX - 2} className="text-track-voice" originFrame={voiceStartFrame} place={{ startFrame: voiceStartFrame, endFrame: voiceStartFrame + frames, trimSeconds: voiceTrimFrames / fps, fps }} />
      <ClipLabel>{voice.name}</ClipLabel>
      <div data-edge="start" className={cx(EDGE, 'left-0')} />
    </div>
  );
}

function NoVoice({ top }: { readonly top: number }) {
  const { timeline } = useStrings();
  return (
    <div data-sound="voice" className={cx('absolute inset-x-0 flex items-center rounded-[5px]', TAKES_DROP)} style={{ top, height: VOICE_PX }}>
      <button type="button" onClick={() => pickSound('voice')} className="sticky left-[132px] ml-1.5 flex h-6 items-center gap-1.5 rounded px-2 text-[11px] text-muted hover:bg-raised hover:text-text"><Mic aria-hidden className="size-3" />{timeline.addVoice}</button>
    </div>
  );
}

function ClipLabel({ children }: { readonly children: ReactNode }) {
  return <span className="pointer-events-none sticky left-[132px] mt-0.5 ml-4 inline-block max-w-56 truncate rounded bg-surface/80 px-1 text-[11px] leading-4">{children}</span>;
}

function FadeHandle({ edge, frames, label }: { readonly edge: 'fadeIn' | 'fadeOut'; readonly frames: number; readonly label: string }) {
  const side = edge === 'fadeIn' ? 'left' : 'right';
  return <div data-edge={edge} title={label} className="absolute top-0 z-10 size-3 cursor-ew-resize rounded-full border border-surface bg-track-music opacity-70 hover:opacity-100" style={{ [side]: `max(0px, calc(${frames} * var(--px) - 6px))` }} />;
}

interface WaveformProps {
  readonly hash: string | undefined;
  readonly place: SoundPlace;
  readonly height: number;
  readonly className: string;
  /** Where the box begins that it is drawn in. */
  readonly originFrame?: number;
  readonly fadeInFrames?: number;
  readonly fadeOutFrames?: number;
}

function Waveform({ hash, place, height, className, originFrame = 0, fadeInFrames = 0, fadeOutFrames = 0 }: WaveformProps) {
  const { timeline } = useStrings();
  const { data, isError } = useWaveform(hash);
  const canvas = useDrawing((context, view, rows, color) => {
    if (!data) return;
    const middle = rows / 2;
    context.fillStyle = color;
    for (let x = 0; x < view.widthPx; x += 2) {
      const frame = xToFrame(view, x);
      const second = secondAt(place, frame);
      if (second === undefined) continue;
      const peak = peakBetween(data.peaks, data.durationSeconds, second, second + 2 / view.pxPerFrame / place.fps) * fadeAt(frame, place.endFrame, fadeInFrames, fadeOutFrames);
      const half = Math.max(0.5, peak * (middle - 3));
      context.fillRect(x, middle - half, 1.4, half * 2);
    }
    if (fadeInFrames + fadeOutFrames === 0) return;
    context.globalAlpha = 0.8;
    context.beginPath();
    const at = (frame: number): number => frameToX(view, frame);
    context.moveTo(at(0), rows);
    context.lineTo(at(fadeInFrames), 1);
    context.lineTo(at(place.endFrame - fadeOutFrames), 1);
    context.lineTo(at(place.endFrame), rows);
    context.strokeStyle = color;
    context.stroke();
    context.globalAlpha = 1;
  }, height, [data, place.startFrame, place.endFrame, place.trimSeconds, place.fps, fadeInFrames, fadeOutFrames]);
  if (isError) return <span className="absolute inset-0 flex items-center justify-center text-[11px] text-muted">{timeline.waveformFailed}</span>;
  // The canvas lies over what can be seen of the timeline, wherever its own box begins.
  return <div aria-hidden className="pointer-events-none absolute inset-y-0 left-0" style={{ transform: `translateX(calc(${-originFrame} * var(--px)))` }}><canvas ref={canvas} className={className} style={{ height }} /></div>;
}

function useWaveform(hash: string | undefined) {
  return useQuery({ queryKey: ['waveform', hash], queryFn: ({ signal }) => engine.media.waveform({ hash: hash ?? '', buckets: 8000 }, { signal }), enabled: hash !== undefined, staleTime: Number.POSITIVE_INFINITY });
}

// The file of the user's, or what the synthesiser has made for the document.
function useMusicHash(): string | undefined {
  const projectId = useProjectId();
  const { music, mood, tempoBpm, seed } = useProjectSelector((document) => document.soundtrack);
  const durationFrames = useProjectSelector((document) => document.durationFrames);
  const made = useQuery({
    queryKey: ['music', projectId, mood, tempoBpm, seed, durationFrames],
    queryFn: async ({ signal }) => {
      await flushProject();
      return (await engine.previews.sound({ projectId }, { signal })).music?.hash ?? null;
    },
    enabled: music === undefined, placeholderData: (last) => last, staleTime: Number.POSITIVE_INFINITY,
  });
  return music?.hash ?? made.data ?? undefined;
}
