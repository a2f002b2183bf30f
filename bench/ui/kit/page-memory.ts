/** What a page has in memory, once everything that can go is gone. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';
import { z } from 'zod';

/** What is decoded or painted just now is no memory that stays: the least of so many readings counts. */
const READINGS = 6;
const BETWEEN_MS = 2000;

const snapshotSchema = z.object({
  snapshot: z.object({ meta: z.object({ node_fields: z.array(z.string()), node_types: z.tuple([z.array(z.string())]).rest(z.unknown()) }) }),
  nodes: z.array(z.number()),
});

/** What scripts and document hold, in bytes. */
export interface HeldMemory {
  /** The heap as a snapshot sees it, without the machine code that V8 makes of what runs often. */
  readonly held: number;
  readonly code: number;
}

/** Weighs the heap. The snapshot itself takes memory that the process keeps: weigh the process before. */
export async function weighHeap(page: Page): Promise<HeldMemory> {
  const session = await page.context().newCDPSession(page);
  try {
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    await collectGarbage(session);
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    const { snapshot: { meta }, nodes } = snapshotSchema.parse(JSON.parse(chunks.join('')));
    const [type, size, width] = [meta.node_fields.indexOf('type'), meta.node_fields.indexOf('self_size'), meta.node_fields.length];
    const codeType = meta.node_types[0].indexOf('code');
    const weight = { held: 0, code: 0 };
    for (let at = 0; at < nodes.length; at += width) weight[nodes[at + type] === codeType ? 'code' : 'held'] += nodes[at + size] ?? 0;
    return weight;
  } finally {
    await session.detach();
  }
}

/** Bytes of all of the page's process: scripts, document, pictures, canvases, workers; what it shares with other processes by its share (PSS). Linux only. */
export async function weighProcess(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    const readings: number[] = [];
    for (let reading = 0; reading < READINGS; reading++) {
      await collectGarbage(session);
      readings.push(await processMemory(page));
      await setTimeout(BETWEEN_MS);
    }
    return Math.min(...readings);
  } finally {
    await session.detach();
  }
}

async function collectGarbage(session: CDPSession): Promise<void> {
  for (let pass = 0; pass < 2; pass++) await session.send('HeapProfiler.collectGarbage');
}

/** Of all renderer processes that one which has most: the others are spare. */
async function processMemory(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser of its own.');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return Math.max(...(await Promise.all(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => proportionalBytes(id)))));
}

async function proportionalBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1]) * 1024;
}
