/** The page's side of the painting worker: one worker for all canvases and thumbnails. */
import type { Film } from '#core/composition/film.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { mediaKey } from '../../api/media-url.ts';
import type { NamedScenes } from './painter/draft-scenes.ts';
import { ClipPlayers } from './clip-player.ts';
import type { PainterReply, PainterRequest } from './painter/messages.ts';

/** A frame that stands on a canvas. */
export type Painted = Extract<PainterReply, { type: 'painted' }>;

/** A canvas that the worker draws. */
export interface Surface {
  draw(frame: number, rate: number): void;
  resize(width: number, height: number): void;
  close(): void;
}

let worker: Worker | undefined;
let lastId = 0;
const painted = new Map<number, (painted: Painted) => void>();
const thumbnails = new Map<number, (picture: ImageBitmap | null) => void>();
const failureListeners = new Set<(message: string) => void>();

const clips = new ClipPlayers(({ sceneId, hash, frame }, picture) => send({ type: 'clipFrame', sceneId, hash, frame, picture }, [picture]));

function send(request: PainterRequest, transfer: Transferable[] = []): void {
  worker ??= startWorker();
  worker.postMessage(request, transfer);
}

function startWorker(): Worker {
  const started = new Worker(new URL('./painter/painter-worker.ts', import.meta.url), { type: 'module', name: 'painter' });
  started.addEventListener('message', ({ data }: MessageEvent<PainterReply>) => receive(data));
  started.addEventListener('error', ({ message }) => failed(message));
  return started;
}

function receive(reply: PainterReply): void {
  switch (reply.type) {
    case 'painted':
      return painted.get(reply.surface)?.(reply);
    case 'thumbnail':
      thumbnails.get(reply.id)?.(reply.picture);
      thumbnails.delete(reply.id);
      return;
    case 'clipWanted':
      return clips.want(reply);
    case 'failed':
      return failed(reply.message);
  }
}

function failed(message: string): void {
  for (const listener of failureListeners) listener(message);
}

/** Tells the worker the key of the engine of the moment; pictures that failed are tried again. */
export function renewPainterKey(): void {
  clips.reset();
  send({ type: 'key', key: mediaKey() });
}

/** What is drawn of a ratio from now on. */
export function setPainterFilm(ratio: Ratio, film: Film | null): void {
  send({ type: 'film', ratio, film });
}

/** What canvases of a ratio show of it while a gesture lasts; null = the film again. */
export function setPainterDraft(ratio: Ratio, scenes: NamedScenes | null): void {
  send({ type: 'draft', ratio, scenes });
}

/** Hands a canvas of the page over to the worker, for good. */
export function openSurface(canvas: HTMLCanvasElement, ratio: Ratio, onPainted: (painted: Painted) => void): Surface {
  const surface = ++lastId;
  const offscreen = canvas.transferControlToOffscreen();
  painted.set(surface, onPainted);
  send({ type: 'open', surface, canvas: offscreen, ratio }, [offscreen]);
  return {
    draw: (frame, rate) => {
      if (rate === 0) clips.pause();
      send({ type: 'draw', surface, frame, rate });
    },
    resize: (width, height) => send({ type: 'size', surface, width, height }),
    close: () => {
      painted.delete(surface);
      send({ type: 'close', surface });
    },
  };
}

/** One frame, small; null while there is no film of the ratio. */
export function makeThumbnail(ratio: Ratio, frame: number, width: number): Promise<ImageBitmap | null> {
  const id = ++lastId;
  return new Promise((resolve) => {
    thumbnails.set(id, resolve);
    send({ type: 'thumbnail', id, ratio, frame, width });
  });
}

/** Calls back with a sentence when a picture cannot be had. Answers how to stop. */
export function subscribeFailures(listener: (message: string) => void): () => void {
  failureListeners.add(listener);
  return () => failureListeners.delete(listener);
}
