/**
 * The contract over a message port: two ends, one function each. The desktop shell hands one end of a channel to its window and
 * the other to the engine; worker threads and tests do the same with Node's own ports.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import type { contract } from '#core/contract/index.ts';
import type { EngineRouter } from './router.ts';

/** Everything the engine can be asked, from the asking side; the same over every transport. */
export type EngineClient = ContractRouterClient<typeof contract>;

/** Answers what comes through `port` until the other end closes it. Whoever holds that end may ask anything. */
export function serveMessagePort(router: EngineRouter, port: SupportedMessagePort): void {
  new RPCHandler(router).upgrade(port, { context: {} });
  open(port);
}

/** A client that asks through `port`. Open calls end with an error when the other end closes it. */
export function connectMessagePort(port: SupportedMessagePort): EngineClient {
  const client: EngineClient = createORPCClient(new RPCLink({ port }));
  open(port);
  return client;
}

/** Ports with listeners added by `addEventListener` hold messages back until they are started. */
function open(port: SupportedMessagePort): void {
  if ('start' in port && typeof port.start === 'function') port.start();
}
