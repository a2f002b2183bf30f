/** One answer's body into the part: no faster than the disk, and given up when nothing comes. */
import type { IncomingMessage } from 'node:http';
import { provisionError } from '../failures.ts';
import { cutShort, stalled, toNetworkError } from './network-errors.ts';
import type { Route } from './network-errors.ts';
import type { PartFile } from './part-file.ts';

export interface Receiving {
  readonly response: IncomingMessage;
  readonly route: Route;
  readonly part: PartFile;
  readonly stallMs: number;
  /** More than that is not the file that was asked for. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** Called with every piece; a promise holds up the next one. */
  onBytes(bytes: number): Promise<void> | undefined;
}

/** Ends when the body has ended. Throws NET_CUT, NET_STALL, NET_HASH for a body that is too long, AbortError, or what the disk says. */
export async function receive({ response, route, part, stallMs, mostBytes, signal, onBytes }: Receiving): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const watch = (): void => void (timer = setTimeout(() => response.destroy(stalled(route.host, stallMs)), stallMs));
  const unwatch = (): void => clearTimeout(timer);
  const hold = async (reason: Promise<void>): Promise<void> => {
    unwatch();
    await reason;
    watch();
  };
  watch();
  try {
    for await (const piece of piecesOf(response, route, signal)) {
      timer?.refresh();
      if (part.position + piece.length > mostBytes) throw provisionError('NET_HASH', `${route.host} sends more than the ${mostBytes} bytes that the file has.`, { data: { host: route.host } });
      if (!part.write(piece)) await hold(part.hasRoom());
      const pause = onBytes(piece.length);
      if (pause) await hold(pause);
    }
    if (!response.complete) throw cutShort(route.host);
  } finally {
    unwatch();
    response.destroy();
  }
}

/** Errors of the body, and of nothing else, told as those of the network. */
async function* piecesOf(response: IncomingMessage, route: Route, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const piece of response) yield piece as Buffer;
  } catch (error) {
    signal.throwIfAborted();
    throw toNetworkError(error, route);
  }
}
