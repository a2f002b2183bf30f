/**
 * Does a client keep up with events? Eight jobs run at once, each on a fake server that sends twenty previews of ordinary size a
 * second and progress with each; the servers are in a process of their own. Counted is what arrives, measured is how long the main
 * thread is kept from everything else meanwhile.
 */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { createComfyClient } from '#sidecar/client/comfy-client.ts';
import { createMemoryJournal } from '#sidecar/client/testing/memory-journal.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import type { Question } from './kit/question.ts';

const JOBS = 8;
const PER_SECOND = 20;
const SECONDS = 6;
const PREVIEWS = PER_SECOND * SECONDS;
/** A preview of 512 pixels as JPEG. */
const PREVIEW_BYTES = 40_000;
const RESOLUTION_MS = 10;

export const question: Question = {
  name: 'comfy-events',
  figures: [
    { id: 'eventsHeard', asks: `previews and steps of progress that arrive, ${PER_SECOND} a second of ${JOBS} jobs at once (fake servers)`, unit: '%', reach: { atLeast: 100 }, isWorst: true },
    { id: 'blockedP99', asks: 'main thread blocked meanwhile, p99', unit: 'ms', reach: { atMost: 5 } },
  ],
  async sample(workshop, round) {
    workshop.say(`round ${round}: ${JOBS} jobs of ${SECONDS} s with ${PER_SECOND} previews a second each`);
    const folder = workshop.newPath();
    const servers = execa(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'kit', 'fake-servers.ts'), String(JOBS), join(folder, 'servers'), String(PREVIEW_BYTES)], { stdin: 'pipe', reject: false });
    const [line] = (await once(createInterface(servers.stdout), 'line')) as [string];
    const clients = (JSON.parse(line) as string[]).map((url) => createComfyClient({ url, journal: createMemoryJournal() }));
    await Promise.all(clients.map((client) => client.ready()));
    const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delays.enable();
    const heard = await Promise.all(clients.map(async (client, index) => {
      let [previews, steps] = [0, 0];
      await client.run({ key: 'job', graph: graphOf(index), folder: join(folder, `results-${index}`), onPreview: () => void (previews += 1), onProgress: () => void (steps += 1) });
      return { previews, steps };
    }));
    delays.disable();
    await Promise.all(clients.map((client) => client.close()));
    servers.stdin.end();
    await servers;
    await rm(folder, { recursive: true, force: true });
    // Progress is told when it grows: once for each step of the work, whatever else is told.
    const arrived = heard.reduce((sum, { previews, steps }) => sum + Math.min(previews, PREVIEWS) + Math.min(steps, PREVIEWS), 0);
    const previews = heard.reduce((sum, one) => sum + one.previews, 0);
    const msOf = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    return { eventsHeard: (100 * arrived) / (JOBS * PREVIEWS * 2), blockedP99: msOf(delays.percentile(99)), blockedMost: msOf(delays.max), previews, megabytesPerSecond: (previews * PREVIEW_BYTES) / SECONDS / 1e6 };
  },
};

function graphOf(index: number): Graph {
  return {
    base: { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: index } },
    work: { class_type: 'AdgenProbeWork', inputs: { image: ['base', 0], seconds: SECONDS, steps: PREVIEWS } },
    still: { class_type: 'SaveImage', inputs: { images: ['work', 0], filename_prefix: 'still' } },
  };
}
