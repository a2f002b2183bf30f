/** What lists of runs and exports tell from one look to the next: how far all the work is, and what has ended meanwhile. Pure. */
export interface RunGlance {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';
  readonly progress: number;
  readonly projectName: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
}

/** An export has no start of its own: it counts from when it was ordered. */
export function glanceAtExport({ createdMs, ...row }: Omit<RunGlance, 'startedMs'> & { readonly createdMs: number }): RunGlance {
  return { ...row, startedMs: createdMs };
}

/** Worth a notification: somebody may have gone to do something else. */
const LONG_MS = 20_000;

/** 0..1 over everything under way; null when nothing is. */
export function progressOf(runs: readonly RunGlance[]): number | null {
  const active = runs.filter(({ state }) => state === 'running' || state === 'queued');
  return active.length === 0 ? null : active.reduce((sum, { progress }) => sum + progress, 0) / active.length;
}

/** Long runs that were under way and have ended, well or badly; who cancels one knows. */
export function endedSince(before: readonly RunGlance[], now: readonly RunGlance[]): RunGlance[] {
  const active = new Set(before.filter(({ state }) => state === 'running' || state === 'queued').map(({ id }) => id));
  return now.filter((run) => active.has(run.id) && (run.state === 'succeeded' || run.state === 'failed') && (run.endedMs ?? 0) - (run.startedMs ?? run.endedMs ?? 0) >= LONG_MS);
}
