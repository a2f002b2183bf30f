/**
 * Proof that the bundle is whole: its engine is started under plain Node, as the shell starts it, and makes a short advert through the
 * contract. Whatever was not bundled or not found beside its script (migrations, kernels, workers, fonts) fails here.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { EngineMessage, HostMessage } from '#engine/host/engine-starter.ts';
import { createToken } from '#engine/host/http-server.ts';
import type { EngineClient } from '#engine/host/message-port.ts';
import { APP_FOLDER } from './bundle-app.ts';

/** @param appFolder a bundle, or an unpacked application. Resolves with a sentence; throws with the run's own error. */
export async function proveBundle(appFolder = APP_FOLDER): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'adgen-bundle-'));
  const engine = fork(join(appFolder, 'engine', 'host', 'process-entry.js'), { execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] });
  const exited = once(engine, 'exit');
  try {
    const token = createToken();
    const port = await new Promise<number>((resolve, reject) => {
      engine.on('message', (message: EngineMessage) => (message.type === 'ready' ? resolve(message.port) : message.type === 'failed' ? reject(new Error(message.error.message)) : undefined));
      engine.on('exit', (code) => reject(new Error(`The bundled engine ended with code ${code}.`)));
      engine.send({ type: 'start', dataDir, port: 0, token, beatMs: 5000 } satisfies HostMessage);
    });
    const client: EngineClient = createORPCClient(new RPCLink({ url: `http://127.0.0.1:${port}/rpc`, headers: { authorization: `Bearer ${token}` } }));
    return await makeAdvert(client, join(appFolder, 'resources', 'samples', 'soda-can.jpg'));
  } finally {
    if (engine.connected) engine.send({ type: 'close' } satisfies HostMessage);
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeAdvert(client: EngineClient, photoPath: string): Promise<string> {
  const { runId } = await client.adverts.make({ photoPaths: [photoPath], brief: { productName: 'Fizzo', description: 'Blood orange soda', callToAction: 'Taste it' }, ratios: ['1:1'], durationFrames: 180, sceneCount: 3, isOffline: true });
  for await (const event of await client.runs.watch({ runId })) {
    if (event.type === 'run' && event.error) throw new Error(`The bundled engine could not make an advert: ${event.error.message}`);
  }
  const { state, renditions, durationMs } = await client.runs.show({ runId });
  if (state !== 'succeeded') throw new Error(`The bundled engine's run ended as ${state}.`);
  return `The bundled engine made an advert in ${(durationMs / 1000).toFixed(1)} s: ${renditions.map(({ file }) => file).join(', ')}.`;
}
