/** One random course of faults, told by its seed: each job must come out once, with its own result, whatever happens on the way. */
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom } from '#core/lib/random.ts';
import type { FaultName } from '../../fake/faults.ts';
import { colorOf, decode, openBench, pictureGraph } from './harness.ts';

const AT_ONCE = 6;
const JOBS = 4;
/** Far above what the limits of the client add up to. */
const SCHEDULE_MS = 40_000;

/** Faults after which a good result must come; each happens a limited number of times, as the limits on attempts allow. */
const SURVIVABLE: readonly (readonly [FaultName, number])[] = [
  ['slow', 3], ['drop-ws', 3], ['lose-reply', 3], ['duplicate', 3], ['jobs-404', 5], ['truncated-json', 3],
  ['huge-preview', 3], ['die-mid-job', 1], ['history-gone', 1], ['cut-file', 2], ['file-gone', 1], ['silent', 2],
];

/** Four jobs under the faults that follow from the seed. Sentences about what went wrong; none when all is well. */
async function runFaultSchedule(seed: number): Promise<string[]> {
  const random = createRandom(seed, 'faults');
  const bench = await openBench({ stepMs: 2, steps: 4, slowMs: 150, rebootMs: 10 + random.below(60), hugePreviewBytes: 1_200_000, version: random.pick(['0.3.64', '0.8.0', '0.33.0', '0.38.1']) });
  const chosen = Array.from({ length: 1 + random.below(4) }, () => random.pick(SURVIVABLE));
  const timers = chosen.map(([fault, most]) => setTimeout(() => bench.server.faults.arm(fault, 1 + random.below(most)), random.below(120)));
  const label = `seed ${seed} (${chosen.map(([name]) => name).join(', ')})`;
  const deliveries = new Map<string, number>();
  // Losing the engine more often than a job is allowed to is not what this test is about.
  const limits = { answerMs: 400, postMs: 400, lossesMost: 3, postsMost: 8, collectsMost: 6, silentMs: 4000, deafMs: 6000, unreachableMs: 20_000 };
  let client = bench.client({ limits });
  const isRestarting = random.next() < 0.3;
  const restart = isRestarting ? setTimeout(() => {
    const old = client;
    client = bench.client({ limits });
    void old.close();
  }, 20 + random.below(150)) : undefined;

  const deliver = async (key: string, color: number): Promise<string[]> => {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const files = await client.run({ key, graph: pictureGraph(color), folder: bench.folder(key), verify: decode });
        deliveries.set(key, (deliveries.get(key) ?? 0) + 1);
        const colors = await Promise.all(files.map(colorOf));
        return colors.length === 1 && colors[0] === color ? [] : [`${label}: ${key} should be ${color}, is ${colors.join()}`];
      } catch (error) {
        // Only our own restart may end a job here; its owner then asks the next client.
        if (!isRestarting || (error as Error).name !== 'AbortError') return [`${label}: ${key}: ${(error as Error).message}`];
      }
    }
    return [`${label}: ${key} was never delivered`];
  };

  const limit = new AbortController();
  const jobs = Array.from({ length: JOBS }, async (_, i) => await deliver(`job-${i}`, seed * 1000 + i));
  const tooLong = delay(SCHEDULE_MS, undefined, { signal: limit.signal }).then(() => [`${label}: not over after ${SCHEDULE_MS / 1000} s`], () => []);
  const found = (await Promise.race([Promise.all(jobs), tooLong])).flat();
  limit.abort();
  timers.forEach(clearTimeout);
  clearTimeout(restart);
  const doubled = [...deliveries].filter(([, count]) => count !== 1).map(([key, count]) => `${label}: ${key} came ${count} times`);
  const isSteady = chosen.every(([name]) => !['die-mid-job', 'history-gone', 'duplicate', 'file-gone', 'slow', 'silent'].includes(name));
  const extra = isSteady && bench.server.started().length !== JOBS ? [`${label}: the server worked ${bench.server.started().length} times for ${JOBS} jobs`] : [];
  await bench.close();
  return [...found, ...doubled, ...extra];
}

/** Several at a time; each seed is one schedule. */
export async function runFaultSchedules(seeds: readonly number[]): Promise<string[]> {
  const waiting = [...seeds];
  const wrong: string[] = [];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) wrong.push(...(await runFaultSchedule(seed)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return wrong;
}
