/** One answer's body into the part: no faster than the disk, and given up when nothing comes. */
import type { IncomingMessage } from 'node:http';
import { provisionError } from '../failures.ts';
import type { DirectBody } from './direct-body.ts';
import { cutShort, stalled, toNetworkError } from './network-errors.ts';
import type { Route } from './network-errors.ts';
import type { PartFile } from './part-file.ts';

export interface Receiving {
  readonly response: IncomingMessage;
  readonly route: Route;
  readonly direct?: DirectBody;
  readonly part: PartFile;
  readonly stallMs: number;
  /** More than that is not the file that was asked for. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** Called after every piece; a promise holds up the next one. */
  onBytes(): Promise<void> | undefined;
}

/** Ends when the body has ended. Throws NET_CUT, NET_STALL, NET_HASH for a body that is too long, AbortError, or what the disk says. */
export async function receive(receiving: Receiving): Promise<void> {
  const { response, route, direct, stallMs, signal } = receiving;
  let stall: Error | undefined;
  const giveUp = (): void => {
    stall = stalled(route.host, stallMs);
    response.destroy(stall);
  };
  let timer: NodeJS.Timeout | undefined = setTimeout(giveUp, stallMs);
  const watch: Watch = {
    sawBytes: () => void timer?.refresh(),
    async hold(reason) {
      clearTimeout(timer);
      await reason;
      timer = setTimeout(giveUp, stallMs);
    },
  };
  try {
    await (direct?.isPossible(response) ? receiveDirectly({ ...receiving, direct }, watch) : receivePieces(receiving, watch));
  } catch (error) {
    signal.throwIfAborted();
    throw stall ?? toNetworkError(error, route);
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}

/** Tells a connection that stands still from one that is held up by us. */
interface Watch {
  sawBytes(): void;
  hold(reason: Promise<unknown>): Promise<void>;
}

async function receivePieces({ response, route, part, mostBytes, onBytes }: Receiving, watch: Watch): Promise<void> {
  for await (const piece of response) {
    watch.sawBytes();
    let rest = piece as Buffer;
    if (part.position + rest.length > mostBytes) throw tooLong(route, mostBytes);
    let hasRoom = true;
    while (rest.length > 0) {
      const bytes = rest.copy(part.space());
      hasRoom = part.took(bytes);
      rest = rest.subarray(bytes);
    }
    if (!hasRoom) await watch.hold(part.hasRoom());
    const pause = onBytes();
    if (pause) await watch.hold(pause);
  }
  if (!response.complete) throw cutShort(route.host);
}

async function receiveDirectly({ response, route, direct, part, mostBytes, onBytes }: Receiving & { readonly direct: DirectBody }, watch: Watch): Promise<void> {
  const bytes = Number(response.headers['content-length']);
  if (part.position + bytes > mostBytes) throw tooLong(route, mostBytes);
  let held: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  const hold = async (reasons: readonly (Promise<void> | undefined)[]): Promise<void> => {
    try {
      await watch.hold(Promise.all(reasons));
      direct.resume();
    } catch (error) {
      failure = { error };
      response.destroy();
    }
  };
  const came = await direct.pour(response, bytes, {
    space: () => part.space(),
    took(more) {
      watch.sawBytes();
      const hasRoom = part.took(more);
      const pause = onBytes();
      if (hasRoom && pause === undefined) return true;
      held = hold([hasRoom ? undefined : part.hasRoom(), pause]);
      return false;
    },
  });
  await held;
  if (failure) throw failure.error;
  if (came < bytes) throw cutShort(route.host);
}

const tooLong = ({ host }: Route, mostBytes: number): Error => provisionError('NET_HASH', `${host} sends more than the ${mostBytes} bytes that the file has.`, { data: { host } });
