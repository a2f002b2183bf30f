/** Somebody else's server, by its address: it is used as it is, never started, stopped or restarted. */
import { isLoopbackHost } from '#core/lib/loopback.ts';
import type { JobVerdict, SidecarAccess, SidecarListener } from './types.ts';

/** @param url as the user gave it; who answers there is the client's question */
export function externalSidecar(url: string): SidecarAccess {
  const listeners = new Set<SidecarListener>();
  const outOfMemory = new Map<string, number>();
  const tell = (verdict: JobVerdict): void => listeners.forEach((listener) => listener.onJob?.(verdict));
  return {
    kind: 'external',
    needsNetwork: !(URL.canParse(url) && isLoopbackHost(new URL(url).hostname)),
    async connect(signal) {
      signal.throwIfAborted();
      return { url };
    },
    report(report) {
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
