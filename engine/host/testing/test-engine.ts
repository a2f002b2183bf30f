/** For tests: a real engine on a folder of its own, with its hub, router and HTTP host. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '#engine/main.ts';
import type { Engine } from '#engine/main.ts';
import { createMediaServer } from '#engine/media/media-server.ts';
import type { HostTools } from '../host-tools.ts';
import { createToken, mediaKeyOf, serveHttp } from '../http-server.ts';
import type { HttpHost } from '../http-server.ts';
import { createPlainHostTools } from '../plain-host-tools.ts';
import { createRouter } from '../router.ts';
import type { EngineRouter } from '../router.ts';
import { createRunHub } from '../run-hub.ts';
import type { RunHub } from '../run-hub.ts';

export interface TestEngine {
  readonly engine: Engine;
  readonly router: EngineRouter;
  readonly host: HttpHost;
  openWatchers(): number;
  close(): Promise<void>;
}

export async function openTestEngine(hostTools: HostTools = createPlainHostTools({})): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'adgen-host-'));
  const bugs: unknown[] = [];
  const hub: RunHub = createRunHub(() => engine, (error) => bugs.push(error));
  const engine: Engine = await openEngine({ dataDir }, (event) => hub.publish(event));
  const token = createToken();
  const router = createRouter({ engine, hub, host: hostTools, mediaKey: mediaKeyOf(token) });
  const host = await serveHttp(router, { token, media: createMediaServer(engine) });
  return {
    engine, router, host,
    openWatchers: hub.openWatchers,
    async close() {
      await hub.settle();
      await host.close();
      await engine.close();
      await rm(dataDir, { recursive: true, force: true });
      if (bugs.length > 0) throw new AggregateError(bugs, 'runs ended with errors that nobody expected');
    },
  };
}
