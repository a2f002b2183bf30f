/**
 * Frames of clips for the painting worker, which cannot play films itself. Paused, the wanted frame is sought and handed over exactly; while
 * the preview plays, the clip plays along and its picture of the moment is handed over. One `<video>` per scene that shows a clip.
 */
import { mediaUrl } from '../../api/media-url.ts';
import type { PainterReply } from './painter/messages.ts';

type ClipWanted = Extract<PainterReply, { type: 'clipWanted' }>;

/** How far a clip may be from where it should be before it is sought again. */
const TOLERANCE_SECONDS = 0.15;
const FPS = 30;
/** As many clips as can be on screen in three ratios, and their neighbours. */
const MAX_PLAYERS = 6;

interface Player {
  readonly video: HTMLVideoElement;
  readonly hash: string;
  isBusy: boolean;
  next: ClipWanted | undefined;
}

/** Players of clips by scene. `deliver` takes each picture. */
export class ClipPlayers {
  private readonly players = new Map<string, Player>();
  private readonly deliver: (wanted: ClipWanted, picture: ImageBitmap) => void;

  constructor(deliver: (wanted: ClipWanted, picture: ImageBitmap) => void) {
    this.deliver = deliver;
  }

  /** Asks for a frame; while one is being read, only the newest that is asked for waits. */
  want(wanted: ClipWanted): void {
    const player = this.playerOf(wanted);
    if (player.isBusy) player.next = wanted;
    else void this.serve(player, wanted);
  }

  /** Stops what plays along. */
  pause(): void {
    for (const { video } of this.players.values()) video.pause();
  }

  private async serve(player: Player, wanted: ClipWanted): Promise<void> {
    player.isBusy = true;
    try {
      await (wanted.rate > 0 ? playAlong(player.video, wanted) : stopAt(player.video, wanted.frame));
      this.deliver(wanted, await createImageBitmap(player.video));
    } catch {
      // A clip that this browser cannot decode stays away from the preview; the export draws it with ffmpeg.
    }
    player.isBusy = false;
    const { next } = player;
    player.next = undefined;
    if (next) void this.serve(player, next);
  }

  private playerOf({ sceneId, hash }: ClipWanted): Player {
    const known = this.players.get(sceneId);
    if (known?.hash === hash) return known;
    known?.video.removeAttribute('src');
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.src = mediaUrl(hash);
    const player = { video, hash, isBusy: false, next: undefined };
    this.players.delete(sceneId);
    this.players.set(sceneId, player);
    const [oldest] = this.players.keys();
    if (this.players.size > MAX_PLAYERS && oldest !== undefined) {
      this.players.get(oldest)?.video.removeAttribute('src');
      this.players.delete(oldest);
    }
    return player;
  }
}

async function playAlong(video: HTMLVideoElement, { frame, rate }: ClipWanted): Promise<void> {
  const seconds = frame / FPS;
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return await stopAt(video, frame);
  video.playbackRate = rate;
  if (Math.abs(video.currentTime - seconds) > TOLERANCE_SECONDS) video.currentTime = seconds;
  if (video.paused && !video.ended) await video.play();
}

/** The middle of a frame's time, so that rounding cannot show its neighbour. */
async function stopAt(video: HTMLVideoElement, frame: number): Promise<void> {
  video.pause();
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) await heard(video, 'loadedmetadata');
  const seconds = Math.min((frame + 0.5) / FPS, Math.max(0, video.duration - 0.5 / FPS));
  if (Math.abs(video.currentTime - seconds) < 1e-3 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return;
  const sought = heard(video, 'seeked');
  video.currentTime = seconds;
  await sought;
}

function heard(video: HTMLVideoElement, event: 'seeked' | 'loadedmetadata'): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(video.error ?? new Error('the clip cannot be played')), { once: true });
  });
}
