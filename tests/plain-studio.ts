/** An engine with its contract, in the test's own process: what a page asks, without a page. */
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { z } from 'zod';
import { vi } from 'vitest';
import type { exportSchema } from '#core/contract/exports.ts';
import type { contract } from '#core/contract/index.ts';
import { createPlainHostTools } from '#engine/host/plain-host-tools.ts';
import { createRouter } from '#engine/host/router.ts';
import { createRunHub } from '#engine/host/run-hub.ts';
import { openEngine } from '#engine/main.ts';
import type { Engine } from '#engine/main.ts';

type Client = ContractRouterClient<typeof contract>;

export interface PlainStudio {
  readonly engine: Engine;
  readonly client: Client;
}

export async function openPlainStudio(dataDir: string): Promise<PlainStudio> {
  const bugs: unknown[] = [];
  const hub = createRunHub(() => engine, (error) => bugs.push(error));
  const engine: Engine = await openEngine({ dataDir }, (event) => hub.publish(event));
  const client = createRouterClient(createRouter({ engine, hub, host: createPlainHostTools({}), mediaKey: 'k' })) as Client;
  return { engine, client };
}

/** The export once it has ended. */
export async function endOfExport(client: Client, exportId: string): Promise<z.infer<typeof exportSchema>> {
  return await vi.waitFor(async () => {
    const found = (await client.exports.list({})).find(({ id }) => id === exportId);
    if (!found || ['queued', 'running'].includes(found.state)) throw new Error(`still ${found?.state}`);
    return found;
  }, { timeout: 120_000, interval: 200 });
}
