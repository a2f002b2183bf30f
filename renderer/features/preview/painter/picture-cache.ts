/**
 * Decoded pictures, as many as fit a budget of bytes; what was used longest ago goes first. Knows nothing of the network or of canvases: the
 * loader comes in, so that this runs in a worker and in a test. A picture belongs to a family: the same thing in other sizes. While the one that is wanted is
 * on its way, a sibling stands in, so that a product which is being enlarged never vanishes.
 */

/** What the cache keeps; an `ImageBitmap` is one. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** One picture that is wanted. */
export interface PictureRequest {
  readonly key: string;
  readonly family: string;
}

/** Makes a picture. Rejects when it cannot be had. */
export type PictureLoader<P extends Picture> = (request: PictureRequest, signal: AbortSignal) => Promise<P>;

interface Kept<P> {
  readonly picture: P;
  readonly family: string;
  readonly bytes: number;
}

interface Pending {
  readonly request: PictureRequest;
  readonly stopper: AbortController;
  readonly arrived: Promise<void>;
  settle(): void;
  isRunning: boolean;
}

/** As many as a browser has connections to one server. */
const MAX_LOADS = 6;
const BYTES_PER_PIXEL = 4;

export class PictureCache<P extends Picture> {
  private readonly load: PictureLoader<P>;
  private readonly limitBytes: number;
  /** In order of use, oldest first. */
  private readonly kept = new Map<string, Kept<P>>();
  /** In order of urgency. */
  private pending: Pending[] = [];
  private readonly failures = new Map<string, unknown>();
  private keptBytes = 0;

  constructor(load: PictureLoader<P>, limitBytes: number) {
    this.load = load;
    this.limitBytes = limitBytes;
  }

  get usedBytes(): number {
    return this.keptBytes;
  }

  /** The picture if it is there; counts as use. */
  find(key: string): P | undefined {
    const entry = this.kept.get(key);
    if (!entry) return undefined;
    this.kept.delete(key);
    this.kept.set(key, entry);
    return entry.picture;
  }

  /** The sibling of about this width, if the family has any. */
  standIn(family: string, width: number): P | undefined {
    let best: P | undefined;
    for (const entry of this.kept.values()) {
      if (entry.family !== family) continue;
      if (!best || Math.abs(entry.picture.width - width) < Math.abs(best.width - width)) best = entry.picture;
    }
    return best;
  }

  /** Resolves when the picture is there or cannot be had; urgent ones go before what is only fetched ahead. */
  want(request: PictureRequest, isUrgent: boolean): Promise<void> {
    if (this.kept.has(request.key) || this.failures.has(request.key)) return Promise.resolve();
    const known = this.pending.find((pending) => pending.request.key === request.key);
    if (known && (known.isRunning || !isUrgent)) return known.arrived;
    const pending = known ?? this.enter(request);
    if (isUrgent) this.pending = [pending, ...this.pending.filter((other) => other !== pending)];
    this.startLoads();
    return pending.arrived;
  }

  /** Why a picture could not be had. */
  failureOf(key: string): unknown {
    return this.failures.get(key);
  }

  /** What failed may be tried again. */
  forgetFailures(): void {
    this.failures.clear();
  }

  /** Gives up what has not begun and is not wanted any more. */
  dropWaiting(isWanted: (key: string) => boolean): void {
    const dropped = this.pending.filter((pending) => !pending.isRunning && !isWanted(pending.request.key));
    this.pending = this.pending.filter((pending) => !dropped.includes(pending));
    for (const pending of dropped) pending.settle();
  }

  /** Closes everything. */
  clear(): void {
    for (const { stopper, settle } of this.pending) {
      stopper.abort();
      settle();
    }
    this.pending = [];
    for (const { picture } of this.kept.values()) picture.close();
    this.kept.clear();
    this.keptBytes = 0;
    this.failures.clear();
  }

  private enter(request: PictureRequest): Pending {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pending = { request, stopper: new AbortController(), arrived: promise, settle: resolve, isRunning: false };
    this.pending.push(pending);
    return pending;
  }

  private startLoads(): void {
    const running = this.pending.filter((pending) => pending.isRunning).length;
    for (const pending of this.pending.filter((candidate) => !candidate.isRunning).slice(0, MAX_LOADS - running)) void this.run(pending);
  }

  private async run(pending: Pending): Promise<void> {
    const { request, stopper } = pending;
    pending.isRunning = true;
    try {
      const picture = await this.load(request, stopper.signal);
      if (stopper.signal.aborted) picture.close();
      else this.keep(request, picture);
    } catch (error) {
      if (!stopper.signal.aborted) this.failures.set(request.key, error);
    }
    this.pending = this.pending.filter((other) => other !== pending);
    pending.settle();
    this.startLoads();
  }

  private keep({ key, family }: PictureRequest, picture: P): void {
    const bytes = picture.width * picture.height * BYTES_PER_PIXEL;
    this.kept.set(key, { picture, family, bytes });
    this.keptBytes += bytes;
    for (const [oldest, entry] of this.kept) {
      if (this.keptBytes <= this.limitBytes || oldest === key) return;
      this.kept.delete(oldest);
      this.keptBytes -= entry.bytes;
      entry.picture.close();
    }
  }
}
