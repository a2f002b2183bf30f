/**
 * Where an engine process begins: waits for the host's `start`, serves, and closes when the host says so or is gone. Ctrl-C
 * reaches every process of a terminal; here it is the host's business. An error that nobody caught ends the process: the journal
 * is whole at any moment, and the host starts a fresh engine.
 */
import { serializeError } from '#core/contract/errors.ts';
import { readSettings } from '../settings.ts';
import type { EngineMessage, HostMessage } from './engine-starter.ts';
import { openHostChannel } from './host-channel.ts';
import type { HostChannel } from './host-channel.ts';
import { serveMessagePort } from './message-port.ts';
import { remoteHostTools } from './host-link.ts';
import { serveEngine } from './serve-engine.ts';
import { remoteSidecar } from './sidecar-link.ts';
import type { ServingEngine } from './serve-engine.ts';

/** Without a host nobody else would end a process whose closing hangs. */
const CLOSING_MS = 10_000;

const channel = openHostChannel();
if (channel) listenToHost(channel);
else {
  process.stderr.write('This is the engine\'s own process; "adgen open" starts it.\n');
  process.exitCode = 2;
}

function listenToHost(host: HostChannel): void {
  let serving: Promise<ServingEngine> | undefined;
  let beat: NodeJS.Timeout | undefined;
  let sidecar: ReturnType<typeof remoteSidecar> | undefined;
  let lent: ReturnType<typeof remoteHostTools> | undefined;
  const close = async (): Promise<void> => {
    clearInterval(beat);
    if (!host.isOpen()) [sidecar, lent].forEach((end) => end?.close());
    setTimeout(() => process.exit(1), CLOSING_MS).unref();
    await serving?.then((engine) => engine.close(), () => {});
    host.close();
  };
  let closing: Promise<void> | undefined;
  const onEnd = (): void => void (closing ??= close());
  process.on('SIGINT', () => {});
  process.on('SIGTERM', onEnd);
  host.onGone(onEnd);
  host.onMessage((message, [port]) => {
    if (message.type === 'close') return onEnd();
    if (message.type === 'page') return void (port && serving?.then((engine) => serveMessagePort(engine.router, port), () => {}));
    if (message.type !== 'start') return [sidecar, lent].forEach((end) => end?.onMessage(message));
    sidecar ??= message.sidecar && remoteSidecar(message.sidecar, tellHost);
    lent ??= message.host && remoteHostTools(message.host, tellHost);
    serving ??= serve(message, { ...(sidecar ? { sidecar: sidecar.access } : {}), ...(lent ? { hostTools: lent.tools } : {}) });
    serving.then(() => (beat = setInterval(() => tellHost({ type: 'beat' }), message.beatMs)), onEnd);
  });
}

async function serve({ dataDir, port, token }: Extract<HostMessage, { type: 'start' }>, tools: NonNullable<Parameters<typeof serveEngine>[3]>): Promise<ServingEngine> {
  try {
    const serving = await serveEngine(await readSettings(dataDir), { port, token }, (error) => note(serializeError(error).message), tools);
    serving.engine.notices.forEach(note);
    tellHost({ type: 'ready', port: serving.host.port });
    return serving;
  } catch (error) {
    tellHost({ type: 'failed', error: serializeError(error) });
    throw error;
  }
}

function note(text: string): void {
  tellHost({ type: 'note', text });
}

function tellHost(message: EngineMessage): void {
  channel?.send(message);
}
