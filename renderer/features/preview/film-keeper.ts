/**
 * Keeps the film of one ratio as new as the document. An edit is waited out, saved, and a film asked for; a newer edit gives up the one that
 * is being made. What was there stays until something newer comes, also when the engine has to say no. Ports come in, so a test drives it.
 */
import type { Film } from '#core/composition/film.ts';

/** How the film of a ratio is. */
export interface FilmState {
  readonly film: Film | null;
  /** `loading`: there is none yet. `updating`: the one that is there is older than the document. */
  readonly state: 'loading' | 'ready' | 'updating' | 'failed';
  readonly error: unknown;
  readonly notices: readonly string[];
}

/** What the keeper asks of its surroundings. */
export interface FilmPorts {
  /** Resolves when the engine has journaled everything that was edited. */
  save(): Promise<void>;
  make(signal: AbortSignal): Promise<{ readonly film: Film; readonly notices: readonly string[] }>;
  /** Runs something later; answers how to give it up. */
  later(ms: number, run: () => void): () => void;
  tell(state: FilmState): void;
}

/** A pause in editing that is taken for its end. */
const QUIET_MS = 280;

/** Before the engine has made the first film. */
export const NO_FILM: FilmState = { film: null, state: 'loading', error: undefined, notices: [] };

export class FilmKeeper {
  private readonly ports: FilmPorts;
  private current: FilmState = NO_FILM;
  private giveUpWaiting: (() => void) | undefined;
  private making: AbortController | undefined;

  constructor(ports: FilmPorts) {
    this.ports = ports;
  }

  get state(): FilmState {
    return this.current;
  }

  /** Asks for a film now: at first, after a failure, from a new engine. */
  renew(): void {
    this.stop();
    this.tell({ state: this.current.film ? 'updating' : 'loading', error: undefined });
    void this.make();
  }

  /** The document has changed. */
  documentChanged(): void {
    this.stop();
    if (this.current.film) this.tell({ state: 'updating', error: undefined });
    this.giveUpWaiting = this.ports.later(QUIET_MS, () => {
      this.giveUpWaiting = undefined;
      void this.make();
    });
  }

  /** Asks for nothing more. */
  close(): void {
    this.stop();
  }

  private stop(): void {
    this.giveUpWaiting?.();
    this.giveUpWaiting = undefined;
    this.making?.abort();
    this.making = undefined;
  }

  private async make(): Promise<void> {
    const own = new AbortController();
    this.making = own;
    try {
      await this.ports.save();
      if (own.signal.aborted) return;
      const { film, notices } = await this.ports.make(own.signal);
      if (!own.signal.aborted) this.tell({ film, state: 'ready', error: undefined, notices });
    } catch (error) {
      if (!own.signal.aborted) this.tell({ state: 'failed', error });
    }
  }

  private tell(change: Partial<FilmState>): void {
    this.current = { ...this.current, ...change };
    this.ports.tell(this.current);
  }
}
