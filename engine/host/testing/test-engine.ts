/** For tests: a real engine on a folder of its own, with its hub, router and HTTP host. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '#engine/main.ts';
import type { Engine } from '#engine/main.ts';
import { serveHttp } from '../http-server.ts';
import type { HttpHost } from '../http-server.ts';
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

export async function openTestEngine(): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'adgen-host-'));
  const bugs: unknown[] = [];
  const hub: RunHub = createRunHub(() => engine, (error) => bugs.push(error));
  const engine: Engine = await openEngine({ dataDir }, (event) => hub.publish(event));
  const router = createRouter(engine, hub);
  const host = await serveHttp(router);
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
