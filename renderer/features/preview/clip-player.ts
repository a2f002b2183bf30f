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
/** A clip that has not come by then is loaded anew: its connection may have been lost. */
const PATIENCE_MS = 10_000;
/** So often in a row; then it is one that this browser cannot play. The export draws it with ffmpeg. */
const ATTEMPTS = 3;
/** A picture that has been sought is there by then. */
const PRESENTED_MS = 1500;
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
  /** Attempts that failed, in a row. */
  private readonly failures = new Map<string, number>();
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
    this.failures.clear();
  }

  private async serve(player: Player, wanted: ClipWanted): Promise<void> {
    player.isBusy = true;
    const isServed = await this.handOver(player.video, wanted);
    player.isBusy = false;
    const key = keyOf(wanted);
    const next = player.next ?? (isServed ? undefined : wanted);
    player.next = undefined;
    if (isServed) this.failures.delete(key);
    else if (this.players.get(key) !== player || !this.mayTryAgain(key)) return;
    if (next) this.want(next);
  }

  private async handOver(video: HTMLVideoElement, wanted: ClipWanted): Promise<boolean> {
    try {
      await within(PATIENCE_MS, wanted.rate > 0 ? playAlong(video, wanted) : stopAt(video, wanted.frame));
      this.deliver(wanted, await createImageBitmap(video));
      return true;
    } catch {
      return false; // whatever it was: tried again, or left to the export
    }
  }

  /** With a new player: one that has failed goes on failing. */
  private mayTryAgain(key: string): boolean {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    this.drop(key);
    return failures < ATTEMPTS;
  }

  private playerOf(wanted: ClipWanted): Player {
    const key = keyOf(wanted);
    const player = this.players.get(key) ?? makePlayer(wanted.hash);
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

const keyOf = ({ sceneId, hash }: ClipWanted): string => `${sceneId} ${hash}`;

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the clip does not come')), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
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
  const shown = presented(video, seconds);
  video.currentTime = seconds;
  await sought;
  await shown;
}

/** A seek may end before its picture is there; till then the one from before would be handed over. */
async function presented(video: HTMLVideoElement, seconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PRESENTED_MS); // the same picture again is not told
    const look = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      if (Math.abs(mediaTime - seconds) > 0.75 / FPS) return void video.requestVideoFrameCallback(look);
      clearTimeout(timer);
      resolve();
    };
    video.requestVideoFrameCallback(look);
  });
}

function heard(video: HTMLVideoElement, event: 'seeked' | 'loadedmetadata'): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(video.error ?? new Error('the clip cannot be played'));
    if (video.error) return fail(); // it has said so before
    video.addEventListener(event, () => resolve(), { once: true });
    for (const end of ['error', 'emptied']) video.addEventListener(end, fail, { once: true });
  });
}
