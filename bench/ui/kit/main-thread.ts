/** What the page's main thread does while something is dragged: Chromium's own trace, cut into animation frames. */
import type { CDPSession, Page } from 'playwright';

/** Work between the beginning of one animation frame and that of the next. */
export interface FrameWork {
  /** Time that the thread worked, milliseconds. */
  readonly cpuMs: number;
  /** The same by the wall's clock: longer where other processes had the cores meanwhile. */
  readonly wallMs: number;
  /** How often boxes were laid out. */
  readonly layouts: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', '__metadata'];
const TASK = 'ThreadControllerImpl::RunTask';

/** The animation frames of the main thread while `work` goes on. The last one is left out: nobody knows where it ends. */
export async function traceFrames(page: Page, work: () => Promise<void>): Promise<FrameWork[]> {
  const session = await page.context().newCDPSession(page);
  try {
    return cutIntoFrames(await trace(session, work));
  } finally {
    await session.detach();
  }
}

async function trace(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } });
  await work();
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await isComplete;
  return events;
}

function cutIntoFrames(events: readonly TraceEvent[]): FrameWork[] {
  const main = eventsOfPage(events);
  const drawn = main.filter(({ name }) => name === 'FireAnimationFrame');
  const tasks = main.filter(({ name, dur }) => name === TASK && dur !== undefined).sort((a, b) => a.ts - b.ts);
  const begins = tasks.filter((task) => drawn.some(({ ts }) => ts >= task.ts && ts < endOf(task))).map(({ ts }) => ts);
  const layouts = main.filter(({ name }) => name === 'Layout');
  return begins.slice(0, -1).map((from, index) => {
    const isWithin = ({ ts }: TraceEvent): boolean => ts >= from && ts < (begins[index + 1] ?? Infinity);
    const own = tasks.filter(isWithin);
    return {
      cpuMs: own.reduce((sum, { tdur, dur = 0 }) => sum + (tdur ?? dur), 0) / 1000,
      wallMs: own.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000,
      layouts: layouts.filter(isWithin).length,
    };
  });
}

/** Of all renderers' main threads that one which draws. */
function eventsOfPage(events: readonly TraceEvent[]): TraceEvent[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const groups = mains.map((main) => events.filter(({ pid, tid }) => pid === main.pid && tid === main.tid));
  const drawsOf = (group: readonly TraceEvent[]): number => group.filter(({ name }) => name === 'FireAnimationFrame').length;
  const page = groups.toSorted((a, b) => drawsOf(b) - drawsOf(a))[0];
  if (!page || drawsOf(page) === 0) throw new Error('The trace has no animation frame of the page in it.');
  return page;
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}
