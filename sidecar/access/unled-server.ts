/** The part of an access that is the same for every server whose process is not ours: who listens, and what becomes of jobs that run out of memory there. */
import type { ClientReport } from '#sidecar/supervisor/supervisor.ts';
import type { JobVerdict, SidecarAccess, SidecarListener } from './types.ts';

export function unledServer(): Pick<SidecarAccess, 'report' | 'usesTiledVae' | 'subscribe'> {
  const listeners = new Set<SidecarListener>();
  const outOfMemory = new Map<string, number>();
  const tell = (verdict: JobVerdict): void => listeners.forEach((listener) => listener.onJob?.(verdict));
  return {
    report(report: ClientReport) {
      if (report.type === 'job-ended') outOfMemory.delete(report.jobId);
      if (report.type !== 'job-out-of-memory') return;
      // The client has freed its models; once more as it was, and after that only something smaller helps: there is no process to start differently.
      const times = (outOfMemory.get(report.jobId) ?? 0) + 1;
      outOfMemory.set(report.jobId, times);
      tell({ jobId: report.jobId, action: times === 1 ? 'requeue' : 'ask-smaller' });
    },
    usesTiledVae: () => false,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
