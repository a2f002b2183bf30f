/**
 * What does our client cost a real ComfyUI? The same graphs once through the client (journal, two on the server at a time, events,
 * files fetched and put in place) and once posted bare, all at once, and polled every 50 ms until the server is done: nothing is
 * fetched there, and the server never waits for anybody. Short blocks of both alternate, and their medians are compared, so that
 * whatever else this machine does for a while falls on neither.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCalls } from '#sidecar/client/calls.ts';
import { createComfyClient } from '#sidecar/client/comfy-client.ts';
import { createHttp } from '#sidecar/client/http.ts';
import { createMemoryJournal } from '#sidecar/client/testing/memory-journal.ts';
import type { ServedTarget } from '#sidecar/contract/case.ts';
import { smokeGraph } from '#sidecar/contract/graphs.ts';
import { prepareGraph } from '#sidecar/protocol/graph.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { historySchema } from '#sidecar/protocol/jobs.ts';
import { percentile } from './kit/percentile.ts';
import { median } from './kit/question.ts';
import type { Question } from './kit/question.ts';
import { whyNoComfy, withComfy } from './kit/real-comfy.ts';

const PROMPTS = 100;
const BLOCK = 10;
const POLL_MS = 50;

export const question: Question = {
  name: 'comfy-overhead',
  figures: [
    { id: 'clientOverhead', asks: '100 smoke prompts through our client ÷ the same posted bare and polled at 50 ms (real server)', unit: 'ratio', reach: { atMost: 1.05 } },
    { id: 'gapP95', asks: 'from the end of one prompt to the start of the next on the server, p95', unit: 'ms', reach: { atMost: 50 } },
  ],
  unavailable: whyNoComfy,
  async sample(workshop, round) {
    return await withComfy(async (target) => {
      const folder = workshop.newPath();
      const smoke = await smokeGraph('smoke-all-outputs', target.nodes, workshop.say);
      const [bare, ours] = [openBare(target), openOurs(target, folder)];
      await bare.run([recolor(smoke, 0)]); // whatever is loaded at first use
      const [bareMs, oursMs]: [number[], number[]] = [[], []];
      let next = 1;
      const block = (): Graph[] => Array.from({ length: BLOCK }, () => recolor(smoke, next++));
      for (let done = 0; done < PROMPTS; done += BLOCK) {
        const isBareFirst = (done / BLOCK + round) % 2 === 0;
        if (isBareFirst) bareMs.push(await timed(() => bare.run(block())));
        oursMs.push(await timed(() => ours.run(block())));
        if (!isBareFirst) bareMs.push(await timed(() => bare.run(block())));
        workshop.say(`round ${round}: ${done + BLOCK} of ${PROMPTS} prompts; the last ${BLOCK} took ${Math.round(oursMs.at(-1) ?? 0)} ms through our client, ${Math.round(bareMs.at(-1) ?? 0)} ms bare`);
      }
      const [gaps, bareGaps] = [await gapsMs(target.url, ours.blocks()), await gapsMs(target.url, bare.blocks())];
      await ours.close();
      await rm(folder, { recursive: true, force: true });
      return { clientOverhead: median(oursMs) / median(bareMs), gapP95: percentile(gaps, 0.95), gapMedian: percentile(gaps, 0.5), gapMost: Math.max(...gaps), gapP95Bare: percentile(bareGaps, 0.95), msPerPrompt: median(oursMs) / BLOCK, msPerPromptBare: median(bareMs) / BLOCK };
    });
  },
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
};

/** Another picture each time: the server would answer an equal one from its cache. */
function recolor(graph: Graph, index: number): Graph {
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, id === 'bg' ? { ...node, inputs: { ...node.inputs, color: index * 1009 } } : node]));
}

function openBare({ url }: ServedTarget) {
  const calls = createCalls(createHttp(url));
  const blocks: string[][] = [];
  return {
    blocks: (): readonly (readonly string[])[] => blocks,
    async run(graphs: readonly Graph[]): Promise<void> {
      const ids = graphs.map(() => crypto.randomUUID());
      blocks.push(ids);
      await Promise.all(graphs.map(async (graph, index) => {
        const promptId = ids[index] ?? '';
        const reply = await calls.prompt({ promptId, graph: prepareGraph(graph, promptId) });
        if (reply.kind !== 'accepted') throw new Error(`The server did not take a prompt: ${reply.kind}.`);
      }));
      for (const id of ids) while ((await calls.look(id))?.state !== 'completed') await delay(POLL_MS);
    },
  };
}

function openOurs({ url, nonce }: ServedTarget, folder: string) {
  const journal = createMemoryJournal();
  const client = createComfyClient({ url, nonce, journal });
  const blocks: string[][] = [];
  return {
    blocks: (): readonly (readonly string[])[] => blocks.map((keys) => keys.map((key) => journal.entries.get(key)?.promptIds[0] ?? '')),
    async run(graphs: readonly Graph[]): Promise<void> {
      const keys = graphs.map(() => crypto.randomUUID());
      blocks.push(keys);
      await Promise.all(graphs.map(async (graph, index) => await client.run({ key: keys[index] ?? '', graph, folder: join(folder, keys[index] ?? '') })));
    },
    close: async () => await client.close(),
  };
}

/** By the server's own clock, within each block. */
async function gapsMs(url: string, blocks: readonly (readonly string[])[]): Promise<number[]> {
  const http = createHttp(url);
  const gaps: number[] = [];
  for (const ids of blocks) {
    const spans = await Promise.all(ids.map(async (id) => await readSpan(http, id)));
    const inOrder = spans.toSorted((a, b) => a.startMs - b.startMs);
    inOrder.slice(1).forEach(({ startMs }, index) => gaps.push(startMs - (inOrder[index]?.endMs ?? Number.NaN)));
  }
  return gaps;
}

/** When the server began and ended a prompt. */
async function readSpan(http: ReturnType<typeof createHttp>, promptId: string): Promise<{ readonly startMs: number; readonly endMs: number }> {
  const answer = await http.request('GET', `api/history/${promptId}`, { timeoutMs: 10_000 });
  const messages = historySchema.parse(answer.body)[promptId]?.status?.messages ?? [];
  const at = (name: string): number => Number((messages.find(([it]) => it === name)?.[1] as { timestamp?: unknown } | undefined)?.timestamp);
  const span = { startMs: at('execution_start'), endMs: at('execution_success') };
  if (Number.isNaN(span.startMs + span.endMs)) throw new Error(`The server does not say when prompt ${promptId} began and ended.`);
  return span;
}
