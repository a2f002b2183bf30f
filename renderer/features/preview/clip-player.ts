/**
 * Frames of clips for the painting worker, which cannot play films itself. Paused, the wanted frame is sought and handed over exactly; while
 * the preview plays, the clip plays along and its picture of the moment is handed over. One `<video>` per scene and file: a scene
 * has a clip of its own in each ratio.
 */
import { mediaUrl } from '../../api/media-url.ts';
import type { PainterReply } from './painter/messages.ts';

type ClipWanted = Extract<PainterReply, { type: 'clipWanted' }>;

/** How far a clip may be from where it should be before it is sought again. */
const TOLERANCE_SECONDS = 0.15;
const FPS = 30;
/** Nobody has asked for so long: the film has gone on to another scene. */
const IDLE_MS = 500;
/** As many clips as can be on screen: two scenes in three ratios. */
const MAX_PLAYERS = 6;

interface Player {
  readonly video: HTMLVideoElement;
  isBusy: boolean;
  next: ClipWanted | undefined;
  askedMs: number;
}

/** Players of clips. `deliver` takes each picture. */
export class ClipPlayers {
  /** In order of use, oldest first. */
  private readonly players = new Map<string, Player>();
  private readonly deliver: (wanted: ClipWanted, picture: ImageBitmap) => void;

  constructor(deliver: (wanted: ClipWanted, picture: ImageBitmap) => void) {
    this.deliver = deliver;
  }

  /** Asks for a frame; while one is being read, only the newest that is asked for waits. */
  want(wanted: ClipWanted): void {
    const player = this.playerOf(wanted);
    player.askedMs = performance.now();
    for (const other of this.players.values()) if (player.askedMs - other.askedMs > IDLE_MS) other.video.pause();
    if (player.isBusy) player.next = wanted;
    else void this.serve(player, wanted);
  }

  /** Stops what plays along. */
  pause(): void {
    for (const { video } of this.players.values()) video.pause();
  }

  /** Lets go of all of them: after another start of the engine their addresses are not answered any more. */
  reset(): void {
    for (const key of this.players.keys()) this.drop(key);
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
    const key = `${sceneId} ${hash}`;
    const player = this.players.get(key) ?? makePlayer(hash);
    this.players.delete(key);
    this.players.set(key, player);
    const [oldest] = this.players.keys();
    if (this.players.size > MAX_PLAYERS && oldest !== undefined) this.drop(oldest);
    return player;
  }

  private drop(key: string): void {
    const player = this.players.get(key);
    this.players.delete(key);
    if (!player) return;
    player.next = undefined;
    player.video.pause();
    player.video.removeAttribute('src');
    player.video.load();
  }
}

function makePlayer(hash: string): Player {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.src = mediaUrl(hash);
  return { video, isBusy: false, next: undefined, askedMs: performance.now() };
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
    const fail = (): void => reject(video.error ?? new Error('the clip cannot be played'));
    if (video.error) return fail(); // it has said so before
    video.addEventListener(event, () => resolve(), { once: true });
    for (const end of ['error', 'emptied']) video.addEventListener(end, fail, { once: true });
  });
}
