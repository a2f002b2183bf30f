/** A message port made of a channel that others use as well: just enough of one for the contract's message-port adapter. */
export interface ChannelPort {
  postMessage(data: unknown): void;
  addEventListener(event: string, listener: (event: never) => void): void;
}

/** @param send takes a text to the other end */
export function createChannelPort(send: (data: string) => void) {
  const listeners = new Map<string, ((event: { readonly data: string }) => void)[]>();
  let isClosed = false;
  const emit = (event: string, data = ''): void => listeners.get(event)?.forEach((listener) => listener({ data }));
  const port: ChannelPort = {
    postMessage(data) {
      if (typeof data !== 'string') throw new TypeError('only text goes through this channel'); // files are not handed between host and engine
      if (!isClosed) send(data);
    },
    addEventListener(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener as (event: { readonly data: string }) => void]);
    },
  };
  return {
    port,
    /** A message of the whole channel; only those of type `host` are for this port. */
    onMessage(message: { readonly type: string }): void {
      if (message.type === 'host' && 'data' in message && typeof message.data === 'string' && !isClosed) emit('message', message.data);
    },
    close(): void {
      if (isClosed) return;
      isClosed = true;
      emit('close');
    },
  };
}
