/** Gestures that change no document: the playhead follows the pointer, or a rectangle selects. */
import type { ClipKey } from '../clip-key.ts';
import { Snapper, snapPoints } from '../snapping.ts';
import { NOTHING } from './gesture.ts';
import type { Gesture, GestureHost, Pointer } from './gesture.ts';

/** The playhead follows the pointer. */
export class Scrubbing implements Gesture {
  readonly cursor = 'ew-resize';
  readonly #host: GestureHost;
  readonly #from: number;
  readonly #snapper: Snapper;

  constructor(host: GestureHost, pointer: Pointer) {
    this.#host = host;
    this.#from = host.playhead;
    this.#snapper = new Snapper(host.isSnapping ? snapPoints(host.project).filter((point) => point.kind !== 'second') : []);
    this.move(pointer);
  }

  move(pointer: Pointer): void {
    this.#host.seek(this.#snapper.snap(pointer.frame - 0.5, pointer.pxPerFrame, pointer.isSnappingOff).frame);
  }

  finish(): void {
    this.#host.show(NOTHING);
  }

  cancel(): void {
    this.#host.seek(this.#from);
  }
}

/** A rectangle selects what it touches; with shift it adds. */
export class Marqueeing implements Gesture {
  readonly cursor = 'crosshair';
  readonly #host: GestureHost;
  readonly #origin: Pointer;
  readonly #before: readonly ClipKey[];

  constructor(host: GestureHost, origin: Pointer, selected: readonly ClipKey[]) {
    this.#host = host;
    this.#origin = origin;
    this.#before = selected;
    if (!origin.isExtending) host.select([]);
  }

  move(pointer: Pointer): void {
    const marquee = { left: Math.min(this.#origin.x, pointer.x), right: Math.max(this.#origin.x, pointer.x), top: Math.min(this.#origin.y, pointer.y), bottom: Math.max(this.#origin.y, pointer.y) };
    const touched = this.#host.clipsIn(marquee);
    this.#host.select(this.#origin.isExtending ? [...new Set([...this.#before, ...touched])] : touched);
    this.#host.show({ ...NOTHING, marquee });
  }

  finish(): void {
    this.#host.show(NOTHING);
  }

  cancel(): void {
    this.#host.select(this.#before);
    this.#host.show(NOTHING);
  }
}
