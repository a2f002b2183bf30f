/** What the owner of the server's process decides about jobs: which are not sent again, and what becomes of one that ran out of memory. */
import type { JobVerdict, SidecarAccess } from '#sidecar/access/types.ts';
import { unlessAborted } from '#sidecar/access/unless-aborted.ts';

/** An owner decides at once; one that says nothing has other worries. */
const VERDICT_MS = 10_000;

export function createVerdicts(access: Pick<SidecarAccess, 'report'>) {
  const held = new Set<string>();
  const waiting = new Map<string, (action: JobVerdict['action']) => void>();
  return {
    take({ jobId, action }: JobVerdict): void {
      if (action === 'hold') held.add(jobId);
      waiting.get(jobId)?.(action);
    },
    isHeld: (jobId: string): boolean => held.has(jobId),
    /** Reports it, and waits for what the owner says. */
    async afterOutOfMemory(jobId: string, signal: AbortSignal): Promise<JobVerdict['action']> {
      const answer = Promise.withResolvers<JobVerdict['action']>();
      const timer = setTimeout(() => answer.resolve('ask-smaller'), VERDICT_MS);
      waiting.set(jobId, answer.resolve);
      access.report({ type: 'job-out-of-memory', jobId });
      try {
        return await unlessAborted(answer.promise, signal);
      } finally {
        clearTimeout(timer);
        waiting.delete(jobId);
      }
    },
  };
}
