/** An engine that serves: opened, with a hub for its runs and an HTTP host in front. Used by `process-entry.ts` and by tests. */
import { openEngine } from '../main.ts';
import type { Engine, EngineOptions } from '../main.ts';
import type { EngineSettings } from '../settings.ts';
import { createMediaServer } from '#engine/media/media-server.ts';
import { applySettings } from '#engine/settings/apply-settings.ts';
import type { HostTools } from './host-tools.ts';
import { createToken, mediaKeyOf, serveHttp } from './http-server.ts';
import type { HttpHost, HttpHostOptions } from './http-server.ts';
import { createPlainHostTools } from './plain-host-tools.ts';
import { createRouter } from './router.ts';
import type { EngineRouter } from './router.ts';
import { createRunHub } from './run-hub.ts';

export interface ServingEngine {
  readonly engine: Engine;
  readonly host: HttpHost;
  readonly router: EngineRouter;
  /** Stops serving, leaves unfinished runs resumable, closes the engine. */
  close(): Promise<void>;
}

/** @param onNews told about errors that nobody else will see; `tools.hostTools`: missing = an engine that no host helps */
export async function serveEngine(settings: EngineSettings, options: HttpHostOptions, onNews: (error: unknown) => void, tools: EngineOptions & { readonly hostTools?: HostTools } = {}): Promise<ServingEngine> {
  const hub = createRunHub(() => engine, onNews);
  const engine: Engine = await openEngine(settings, (event) => hub.publish(event), tools);
  const token = options.token ?? createToken();
  const hostTools = tools.hostTools ?? createPlainHostTools();
  await applySettings(engine, hostTools).catch(onNews); // what was set can no longer be used: the studio opens, and says so
  const router = createRouter({ engine, hub, host: hostTools, mediaKey: mediaKeyOf(token) });
  const host = await serveHttp(router, { ...options, token, media: createMediaServer(engine) }).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  for (const run of engine.queue.resumeInterrupted()) if (run.purpose === 'advert') hub.start(run.id);
  return {
    engine,
    host,
    router,
    async close() {
      await host.close();
      await Promise.all([engine.close(), hub.settle()]);
    },
  };
}
