/**
 * A stretch of wire between a client and a server that can be cut where it hurts. It passes bytes, and looks only at how a request
 * begins; so it works the same in front of the fake and of a real ComfyUI.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface ChaosProxy {
  readonly url: string;
  /** WebSockets that were opened so far. */
  sockets(): number;
  /** Cuts every WebSocket that is open. */
  cutSockets(): void;
  /** The next so many prompts reach the server; their answers reach nobody. */
  loseReplies(times: number): void;
  /** Replies that were lost so far. */
  lost(): number;
  close(): Promise<void>;
}

export async function openChaosProxy(target: string): Promise<ChaosProxy> {
  const { hostname, port } = new URL(target);
  const wires = new Set<{ readonly near: Socket; readonly far: Socket; isWebSocket: boolean }>();
  let [repliesToLose, lost, sockets] = [0, 0, 0];
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const wire = { near, far, isWebSocket: false };
    let losesReply = false;
    wires.add(wire);
    near.on('data', (chunk: Buffer) => {
      const start = chunk.toString('latin1', 0, 40);
      if (/^GET (?:\/api)?\/ws\b/.test(start)) {
        wire.isWebSocket = true;
        sockets += 1;
      }
      if (repliesToLose > 0 && /^POST (?:\/api)?\/prompt /.test(start)) {
        repliesToLose -= 1;
        losesReply = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      if (!losesReply) return void near.write(chunk);
      lost += 1;
      end();
    });
    const end = (): void => {
      wires.delete(wire);
      near.destroy();
      far.destroy();
    };
    for (const side of [near, far]) side.on('close', end).on('error', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets: () => sockets,
    lost: () => lost,
    loseReplies: (times) => void (repliesToLose = times),
    cutSockets: () => wires.forEach((wire) => { if (wire.isWebSocket) wire.near.destroy(); }),
    async close() {
      wires.forEach(({ near, far }) => [near, far].forEach((side) => side.destroy()));
      server.close();
      await once(server, 'close');
    },
  };
}
