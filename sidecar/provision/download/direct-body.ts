/**
 * Bodies without detours: Node's HTTP client allocates and copies every body twice on its way through the parser, which costs more than
 * the network and the disk together. Where the length of a body is known, its bytes are read from the socket straight into the slabs of
 * the part, and the parser sees the head only. Bodies in chunks, and those that come through a proxy, go the usual way.
 */
import type { IncomingMessage } from 'node:http';
import type { OnReadOpts, Socket } from 'node:net';

export interface BodySink {
  /** Where the next bytes may be put; not empty. */
  space(): Buffer;
  /** So many bytes were put there. False = no more for now. */
  took(bytes: number): boolean;
}

export interface DirectBody {
  /** For the connection, which is not to be used again. */
  readonly onread: OnReadOpts;
  /** The connection, as soon as there is one. */
  attach(socket: Socket): void;
  /** Can this answer's body be read directly? */
  isPossible(response: IncomingMessage): boolean;
  /** From now on all bytes go to the sink. Resolves when `bytes` have, or the connection has gone; gives how many came. */
  pour(response: IncomingMessage, bytes: number, sink: BodySink): Promise<number>;
  /** Goes on after the sink had no more room. */
  resume(): void;
}

const HEAD_BYTES = 64 * 1024;

export function createDirectBody(): DirectBody {
  let scratch = Buffer.allocUnsafe(HEAD_BYTES);
  let socket: Socket | undefined;
  let sink: BodySink | undefined;
  let [left, came] = [0, 0];
  let ended = (): void => {};

  const take = (bytes: number): boolean => {
    [left, came] = [left - bytes, came + bytes];
    const hasRoom = sink?.took(bytes) ?? true;
    if (left === 0) ended();
    return hasRoom && left > 0;
  };
  const copy = (piece: Buffer): boolean => {
    let hasRoom = true;
    for (let rest = piece.subarray(0, left); sink !== undefined && rest.length > 0; ) {
      const bytes = rest.copy(sink.space());
      hasRoom = take(bytes);
      rest = rest.subarray(bytes);
    }
    return hasRoom;
  };
  return {
    onread: {
      // A sink's space shrinks with what is left, so that nothing behind the body ends up in it.
      buffer: () => (sink === undefined || left === 0 ? scratch : sink.space().subarray(0, left)),
      callback(bytes, buffer) {
        if (sink === undefined) {
          socket?.emit('data', Buffer.from(buffer.subarray(0, bytes))); // the parser keeps parts of it
          return true;
        }
        return buffer.buffer === scratch.buffer ? copy(scratch.subarray(0, bytes)) : take(bytes);
      },
    },
    attach: (connection) => void (socket = connection),
    isPossible: ({ headers }) => socket !== undefined && headers['transfer-encoding'] === undefined && /^[1-9]\d*$/.test(headers['content-length'] ?? ''),
    pour(response, bytes, target) {
      return new Promise((resolve) => {
        [sink, left] = [target, bytes];
        ended = () => resolve(came);
        response.on('error', () => {}); // what it says is said by the connection as well
        // What came with the head has gone through the parser; it may be all.
        const first = response.read() as Buffer | null;
        const hasRoom = first === null || copy(first);
        if (socket === undefined || socket.destroyed) return resolve(came);
        socket.once('close', ended);
        if (!hasRoom) socket.pause();
      });
    },
    resume: () => void socket?.resume(),
  };
}
